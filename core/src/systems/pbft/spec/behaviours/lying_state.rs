//! The traitor gives those that fell behind a state that is not theirs.

use crate::behaviours::{PER_MILLE, TO, rule};
use crate::conditions::ByzantineAct;
use crate::fault::Behaviour;
use crate::knob::{Among, Knob, Takes};

pub(super) const LYING_STATE: Behaviour = Behaviour {
    name: "lying-state",
    title: "Wrong state",
    says: "Gives a replica that asks for what it lacks a wrong state, or only the first one.",
    by: Among::Serving,
    knobs: &[
        Knob::optional(
            "state",
            Takes::Choice(&["wrong-state", "old-state"]),
            "A wrong state with the true proof, or the one before the first request and nothing \
             that came after it; wrong if left out.",
        ),
        TO,
        PER_MILLE,
    ],
    plan: |scope| {
        let lie = scope.args.name("state").unwrap_or("wrong-state");
        rule(scope, ByzantineAct::Lie(lie))
    },
};
