//! The traitor leaves one client out.

use crate::conditions::ByzantinePlan;
use crate::fault::Behaviour;
use crate::knob::{Among, Knob, Takes};

pub(super) const IGNORED_CLIENT: Behaviour = Behaviour {
    name: "ignored-client",
    title: "One client ignored",
    says: "Acts as if one client had asked for nothing: as primary it serves the others only.",
    by: Among::Serving,
    knobs: &[Knob::optional(
        "client",
        Takes::Node(Among::Asking),
        "The client that it leaves out; the first one if left out.",
    )],
    plan: |scope| ByzantinePlan {
        ignores: (scope.args.node("client")).or_else(|| scope.cast.those(Among::Asking).next()),
        ..ByzantinePlan::default()
    },
};
