//! The traitor states that its state is another one.

use crate::behaviours::{PER_MILLE, TO, rule};
use crate::conditions::ByzantineAct;
use crate::fault::Behaviour;
use crate::knob::Among;

pub(super) const LYING_CHECKPOINT: Behaviour = Behaviour {
    name: "lying-checkpoint",
    title: "Wrong checkpoints",
    says: "States the digest of another state in its CHECKPOINTs, the same one as others that do so, \
           and keeps to itself what would prove the true one.",
    by: Among::Serving,
    knobs: &[TO, PER_MILLE],
    plan: |scope| rule(scope, ByzantineAct::Lie("lying-checkpoint")),
};
