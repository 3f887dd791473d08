//! The traitor answers clients with a wrong result.

use crate::behaviours::{PER_MILLE, TO, rule};
use crate::conditions::ByzantineAct;
use crate::fault::Behaviour;
use crate::knob::Among;

pub(super) const CORRUPT_REPLY: Behaviour = Behaviour {
    name: "corrupt-reply",
    title: "Corrupt reply",
    says: "Answers clients with a result that is wrong.",
    by: Among::Serving,
    knobs: &[TO, PER_MILLE],
    plan: |scope| rule(scope, ByzantineAct::Lie("corrupt-reply")),
};
