//! The traitor sends nothing.

use super::rule;
use crate::conditions::ByzantineAct;
use crate::fault::Behaviour;
use crate::knob::Among;

/// See its `says`.
pub const SILENT: Behaviour = Behaviour {
    name: "silent",
    title: "Silent",
    says: "Sends nothing at all.",
    by: Among::Corruptible,
    knobs: &[],
    plan: |scope| rule(scope, ByzantineAct::Withhold),
};
