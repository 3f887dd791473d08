//! The traitor votes for whatever is on offer.

use crate::behaviours::{PER_MILLE, TO, rule};
use crate::conditions::ByzantineAct;
use crate::fault::Behaviour;
use crate::knob::Among;

pub(super) const DOUBLE_VOTE: Behaviour = Behaviour {
    name: "double-vote",
    title: "Double vote",
    says: "Votes twice at one sequence number, for different values.",
    by: Among::Serving,
    knobs: &[TO, PER_MILLE],
    plan: |scope| rule(scope, ByzantineAct::Lie("double-vote")),
};
