//! Timing: a machine works slower.

use super::fine;
use crate::fault::{Family, Fault};
use crate::knob::{Among, Knob, Takes};

pub(super) const WEAKEN: Fault = Fault {
    name: "weaken",
    title: "Weaken",
    says: "The node's machine works slower; its messages travel as before.",
    tells: |_| "The machine of {node} runs at {per_mille} of its speed.",
    ends: |_| "The machine of {node} runs at its own speed again.",
    family: Family::Timing,
    knobs: &[
        Knob::required(
            "node",
            Takes::Node(Among::Any),
            "The node whose machine is slow.",
        ),
        Knob::required(
            "per_mille",
            Takes::Number { min: 1, max: 1000 },
            "Its speed, in thousandths of what it was.",
        ),
    ],
    lasts: true,
    fits: |spec| spec.uses.work,
    check: fine,
    apply: |scope, network| {
        let weak = scope.args.node("node").zip(scope.args.number("per_mille"));
        if let Some((node, per_mille)) = weak {
            network.weaken(scope.order, node, per_mille as u32);
        }
        None
    },
};
