//! Lies that only pBFT knows: one line and one file each.

mod corrupt_reply;
mod double_vote;
mod equivocate;
mod false_view_change;
mod lying_new_view;
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
    &false_view_change::FALSE_VIEW_CHANGE,
    &lying_new_view::LYING_NEW_VIEW,
    &REPLAY,
    &corrupt_reply::CORRUPT_REPLY,
    &PUPPET,
];
