//! Lies that only pBFT knows: one line and one file each.

mod corrupt_reply;
mod double_vote;
mod equivocate;
mod false_view_change;
mod hiding_view_change;
mod ignored_client;
mod lying_checkpoint;
mod lying_new_view;
mod lying_state;
mod slow_primary;

use crate::behaviours::{DELAY, PUPPET, REPLAY, SILENT, TWO_FACED, WITHHOLD};
use crate::fault::Behaviour;

/// All that a traitor can do here, in the order of menus.
pub(super) const ALL: &[&Behaviour] = &[
    &TWO_FACED,
    &equivocate::EQUIVOCATE,
    &double_vote::DOUBLE_VOTE,
    &SILENT,
    &WITHHOLD,
    &DELAY,
    &slow_primary::SLOW_PRIMARY,
    &ignored_client::IGNORED_CLIENT,
    &false_view_change::FALSE_VIEW_CHANGE,
    &hiding_view_change::HIDING_VIEW_CHANGE,
    &lying_new_view::LYING_NEW_VIEW,
    &lying_checkpoint::LYING_CHECKPOINT,
    &lying_state::LYING_STATE,
    &REPLAY,
    &corrupt_reply::CORRUPT_REPLY,
    &PUPPET,
];
