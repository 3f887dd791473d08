//! What a traitor may do: one line and one file each.

use crate::conditions::{TraitorAct, TraitorRule, Treason};
use crate::fault::{Behaviour, Knob, Scope, Takes};

mod corrupt_reply;
mod delay;
mod double_vote;
mod equivocate;
mod false_view_change;
mod lying_new_view;
mod puppet;
mod replay;
mod silent;
mod slow_primary;
mod two_faced;
mod withhold;

/// Every behaviour of a traitor, in the order of menus.
pub const ALL: &[&Behaviour] = &[
    &two_faced::TWO_FACED,
    &equivocate::EQUIVOCATE,
    &double_vote::DOUBLE_VOTE,
    &silent::SILENT,
    &withhold::WITHHOLD,
    &delay::DELAY,
    &slow_primary::SLOW_PRIMARY,
    &false_view_change::FALSE_VIEW_CHANGE,
    &lying_new_view::LYING_NEW_VIEW,
    &replay::REPLAY,
    &corrupt_reply::CORRUPT_REPLY,
    &puppet::PUPPET,
];

/// The behaviour of this name.
#[must_use]
pub fn find(name: &str) -> Option<&'static Behaviour> {
    ALL.iter().copied().find(|behaviour| behaviour.name == name)
}

const fn knob(name: &'static str, takes: Takes, says: &'static str) -> Knob {
    Knob {
        name,
        takes,
        optional: true,
        says,
    }
}

const TO: Knob = knob("to", Takes::Nodes, "Recipients concerned; all if left out.");
const KINDS: Knob = knob(
    "kinds",
    Takes::Kinds,
    "Kinds of message concerned; all if left out.",
);
const PER_MILLE: Knob = knob(
    "per_mille",
    Takes::Number { min: 0, max: 1000 },
    "In how many of a thousand cases; in all if left out.",
);

/// One rule for the packets that [`TO`], [`KINDS`] and [`PER_MILLE`] name.
fn rule(scope: &Scope<'_>, act: TraitorAct) -> Treason {
    let rule = TraitorRule {
        to: scope.args.nodes("to").to_vec(),
        kinds: scope.kind_mask("kinds"),
        per_mille: scope.args.number("per_mille").unwrap_or(1000) as u32,
        act,
    };
    Treason {
        rules: vec![rule],
        ..Treason::default()
    }
}
