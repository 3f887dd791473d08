//! The traitor tells each camp another story.

use crate::conditions::ByzantinePlan;
use crate::fault::Behaviour;
use crate::knob::{Among, Knob, Takes};

/// See its `says`.
pub const TWO_FACED: Behaviour = Behaviour {
    name: "two-faced",
    title: "Two-faced",
    says: "Shows each camp of honest nodes another face, each of them consistent. All two-faced \
           traitors share the camps and help each other.",
    by: Among::Serving,
    knobs: &[Knob::optional(
        "camps",
        Takes::Groups,
        "The camps, one story each; two halves of the honest nodes if left out.",
    )],
    plan: |scope| ByzantinePlan {
        camps: Some(scope.args.groups("camps").to_vec()),
        ..ByzantinePlan::default()
    },
};
