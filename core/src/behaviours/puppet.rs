//! The traitor does as it is told, message by message.

use super::{KINDS, TO, rule};
use crate::conditions::ByzantineAct;
use crate::fault::Behaviour;
use crate::knob::Among;

/// See its `says`.
pub const PUPPET: Behaviour = Behaviour {
    name: "puppet",
    title: "Puppet",
    says: "Holds each message back until you say what its recipient gets.",
    by: Among::Corruptible,
    knobs: &[KINDS, TO],
    plan: |scope| rule(scope, ByzantineAct::Await),
};
