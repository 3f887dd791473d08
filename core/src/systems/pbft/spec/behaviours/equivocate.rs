//! The traitor proposes twice, to everyone.

use crate::behaviours::{PER_MILLE, TO, rule};
use crate::conditions::ByzantineAct;
use crate::fault::Behaviour;
use crate::knob::Among;

pub(super) const EQUIVOCATE: Behaviour = Behaviour {
    name: "equivocate",
    title: "Two proposals",
    says: "As primary, sends each recipient two proposals for one sequence number, in either order.",
    by: Among::Serving,
    knobs: &[TO, PER_MILLE],
    plan: |scope| rule(scope, ByzantineAct::Lie("equivocate")),
};
