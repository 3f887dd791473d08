//! The traitor, as new primary, lies about what was prepared.

use crate::behaviours::{PER_MILLE, TO, rule};
use crate::conditions::ByzantineAct;
use crate::fault::Behaviour;
use crate::knob::Among;

pub(super) const LYING_NEW_VIEW: Behaviour = Behaviour {
    name: "lying-new-view",
    title: "Lying new view",
    says: "As primary of a new view, leaves out what was prepared before.",
    by: Among::Serving,
    knobs: &[TO, PER_MILLE],
    plan: |scope| rule(scope, ByzantineAct::Lie("lying-new-view")),
};
