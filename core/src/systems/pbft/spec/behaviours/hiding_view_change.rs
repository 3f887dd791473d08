//! The traitor hides what it had prepared.

use crate::behaviours::{PER_MILLE, TO, rule};
use crate::conditions::ByzantineAct;
use crate::fault::Behaviour;
use crate::knob::Among;

pub(super) const HIDING_VIEW_CHANGE: Behaviour = Behaviour {
    name: "hiding-view-change",
    title: "Hidden certificates",
    says: "Leaves out of its VIEW-CHANGE what it had prepared.",
    by: Among::Serving,
    knobs: &[TO, PER_MILLE],
    plan: |scope| rule(scope, ByzantineAct::Lie("hidden-prepared")),
};
