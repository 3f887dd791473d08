//! What a traitor may do in any system: one line and one file each.
//!
//! A [`Spec`](crate::spec::Spec) names those that make sense for it, beside its own.

use crate::conditions::{ByzantineAct, ByzantinePlan, ByzantineRule};
use crate::fault::Scope;
use crate::knob::{Knob, Takes};

mod delay;
mod puppet;
mod replay;
mod silent;
mod two_faced;
mod withhold;

pub use delay::DELAY;
pub use puppet::PUPPET;
pub use replay::REPLAY;
pub use silent::SILENT;
pub use two_faced::TWO_FACED;
pub use withhold::WITHHOLD;

/// The recipients that a rule concerns.
pub const TO: Knob = Knob::optional("to", Takes::Nodes, "Recipients concerned; all if left out.");
/// The kinds of message that a rule concerns.
pub const KINDS: Knob = Knob::optional(
    "kinds",
    Takes::Kinds,
    "Kinds of message concerned; all if left out.",
);
/// The share of messages that a rule concerns.
pub const PER_MILLE: Knob = Knob::optional(
    "per_mille",
    Takes::Number { min: 0, max: 1000 },
    "In how many of a thousand cases; in all if left out.",
);

/// One rule for the packets that [`TO`], [`KINDS`] and [`PER_MILLE`] name.
#[must_use]
pub fn rule(scope: &Scope<'_>, act: ByzantineAct) -> ByzantinePlan {
    let rule = ByzantineRule {
        to: scope.args.nodes("to").to_vec(),
        kinds: scope.kind_mask("kinds"),
        per_mille: scope.args.number("per_mille").unwrap_or(1000) as u32,
        act,
    };
    ByzantinePlan {
        rules: vec![rule],
        ..ByzantinePlan::default()
    }
}
