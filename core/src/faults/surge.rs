//! Not a failure: operations come faster.

use super::fine;
use crate::fault::{Family, Fault};
use crate::knob::{Knob, Takes};

pub(super) const SURGE: Fault = Fault {
    name: "surge",
    title: "Surge",
    says: "Operations come faster, or slower: the distance between two of them shrinks or grows.",
    tells: |_| "Operations come at {per_mille} of their usual rate.",
    ends: |_| "The surge ends.",
    family: Family::Control,
    knobs: &[Knob::required(
        "per_mille",
        Takes::Number {
            min: 1,
            max: 1_000_000,
        },
        "How fast they come, in thousandths of the usual rate: 2000 is twice as fast.",
    )],
    lasts: true,
    fits: |spec| spec.roles.iter().any(|role| role.asks),
    check: fine,
    apply: |scope, network| {
        if let Some(per_mille) = scope.args.number("per_mille") {
            network.surge(scope.order, per_mille as u32);
        }
        None
    },
};
