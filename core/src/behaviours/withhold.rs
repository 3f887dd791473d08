//! The traitor keeps some of its messages to itself.

use super::{KINDS, PER_MILLE, TO, rule};
use crate::conditions::ByzantineAct;
use crate::fault::Behaviour;
use crate::knob::Among;

/// See its `says`.
pub const WITHHOLD: Behaviour = Behaviour {
    name: "withhold",
    title: "Withhold",
    says: "Keeps some of its messages to itself: of some kinds, or towards some nodes.",
    by: Among::Corruptible,
    knobs: &[KINDS, TO, PER_MILLE],
    plan: |scope| rule(scope, ByzantineAct::Withhold),
};
