//! What a script may order: one line and one file each.

use crate::conditions::{Conditions, Likeness, LinkEffect, LinkRule};
use crate::fault::{Fault, Scope};
use crate::json::MAX_WHOLE;
use crate::knob::{Among, Knob, Takes};
use crate::protocol::NodeId;

/// The links that [`FROM`], [`TO`] and [`BOTH`] name, within a sentence.
macro_rules! links {
    () => {
        "[ from {from}][ to {to}][{?both} and back]"
    };
}

mod corrupt;
mod crash;
mod cut;
mod dictate;
mod drift;
mod duplicate;
mod event;
mod heal;
mod omit;
mod partition;
mod reorder;
mod request;
mod restart;
mod set_clock;
mod silence;
mod slow;
mod surge;
mod tamper;
mod weaken;
mod wear;

/// Everything that can be ordered, in the order of menus.
pub const ALL: &[&Fault] = &[
    &crash::CRASH,
    &restart::RESTART,
    &wear::WEAR,
    &silence::SILENCE,
    &omit::OMIT,
    &duplicate::DUPLICATE,
    &reorder::REORDER,
    &tamper::TAMPER,
    &slow::SLOW,
    &drift::DRIFT,
    &set_clock::SET_CLOCK,
    &weaken::WEAKEN,
    &partition::PARTITION,
    &cut::CUT,
    &corrupt::CORRUPT,
    &dictate::DICTATE,
    &request::REQUEST,
    &surge::SURGE,
    &event::EVENT,
    &heal::HEAL,
];

/// The fault of this name.
#[must_use]
pub fn find(name: &str) -> Option<&'static Fault> {
    ALL.iter().copied().find(|fault| fault.name == name)
}

const FROM: Knob = Knob::optional(
    "from",
    Takes::NodeOrAll,
    "Sender concerned; all if left out.",
);
const TO: Knob = Knob::optional(
    "to",
    Takes::NodeOrAll,
    "Recipient concerned; all if left out.",
);
const BOTH: Knob = Knob::optional("both", Takes::Flag, "The other direction too.");
const KINDS: Knob = Knob::optional(
    "kinds",
    Takes::Kinds,
    "Kinds of message concerned; all if left out.",
);
const PER_MILLE: Knob = Knob::optional(
    "per_mille",
    Takes::Number { min: 0, max: 1000 },
    "In how many of a thousand cases; in all if left out.",
);

/// Knobs that say of one message what it looks like, so that it is known when its number has changed.
const SENDER: Knob = Knob::optional(
    "from",
    Takes::Node(Among::Any),
    "Who sends the message: it is known by this if its number is another's; anyone if left out.",
);
const KIND: Knob = Knob::optional("kinds", Takes::Kinds, "Its kind; any if left out.");
const VIEW: Knob = Knob::optional(
    "view",
    Takes::Number {
        min: 0,
        max: u32::MAX as i64,
    },
    "The view that it is about; any if left out.",
);
const SEQUENCE: Knob = Knob::optional(
    "sequence",
    Takes::Number {
        min: 0,
        max: MAX_WHOLE,
    },
    "The sequence number that it is about; any if left out.",
);

/// What [`SENDER`], [`KIND`], [`VIEW`] and [`SEQUENCE`] say.
fn likeness(scope: &Scope<'_>) -> Likeness {
    let number = |name| scope.args.number(name).map(i64::unsigned_abs);
    let named = !scope.args.names("kinds").is_empty();
    Likeness {
        from: scope.args.node("from"),
        kinds: named.then(|| scope.kind_mask("kinds")),
        view: number("view").map(|view| view as u32),
        sequence: number("sequence"),
    }
}

/// The share of cases that an order asks for.
fn per_mille(scope: &Scope<'_>) -> u32 {
    scope.args.number("per_mille").unwrap_or(1000) as u32
}

/// Lays an effect over the links that [`FROM`], [`TO`] and [`BOTH`] name.
fn lay(scope: &Scope<'_>, network: &mut Conditions, effect: LinkEffect) {
    let (from, to) = (scope.args.node("from"), scope.args.node("to"));
    lay_over(scope, network, (from, to), effect);
    if scope.args.flag("both") && from != to {
        lay_over(scope, network, (to, from), effect);
    }
}

/// Lays an effect over the links from one end to the other.
fn lay_over(
    scope: &Scope<'_>,
    network: &mut Conditions,
    (from, to): (Option<NodeId>, Option<NodeId>),
    effect: LinkEffect,
) {
    network.lay(LinkRule {
        order: scope.order,
        from,
        to,
        kinds: scope.kind_mask("kinds"),
        per_mille: per_mille(scope),
        effect,
    });
}

/// For orders whose knobs say all there is to check.
const fn fine(_: &crate::knob::Args) -> Result<(), crate::knob::Misfit> {
    Ok(())
}

#[cfg(test)]
mod tests;
