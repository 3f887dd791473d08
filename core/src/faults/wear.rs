//! Fail-restart over and over: machines break and are repaired.

use super::fine;
use crate::conditions::NodeAction;
use crate::fault::{Family, Fault};
use crate::knob::{Knob, Takes};

pub(super) const WEAR: Fault = Fault {
    name: "wear",
    title: "Wear",
    says: "Nodes crash and come back with all that their disks kept, over and over, at exponential intervals.",
    tells: |_| "{Node|Every node that serves} runs {mttf_ms} on average until it crashes, and is back after {mttr_ms}.",
    ends: |_| "The wear of {node|every node that serves} ends.",
    family: Family::Node,
    knobs: &[
        Knob::optional(
            "node",
            Takes::NodeOrAll,
            "The node; every node that serves if left out.",
        ),
        Knob::required(
            "mttf_ms",
            Takes::Period,
            "The mean time to failure: how long one runs until it crashes.",
        ),
        Knob::required(
            "mttr_ms",
            Takes::Period,
            "The mean time to repair: how long it stays down.",
        ),
    ],
    lasts: true,
    fits: |_| true,
    check: fine,
    apply: |scope, network| {
        let (runs, repair) = scope.args.span("mttf_ms").zip(scope.args.span("mttr_ms"))?;
        network.wear(scope.order);
        Some(NodeAction::Wear {
            order: scope.order,
            node: scope.args.node("node"),
            runs,
            repair,
        })
    },
};
