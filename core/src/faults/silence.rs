//! Fail-silent: a node receives and computes, but sends nothing.

use super::fine;
use crate::fault::{Family, Fault};
use crate::knob::{Among, Knob, Takes};

pub(super) const SILENCE: Fault = Fault {
    name: "silence",
    title: "Silence",
    says: "The node receives and computes, but sends nothing. Nobody can tell it from a crash.",
    tells: |_| "{Node} falls silent.",
    ends: |_| "The silence of {node} ends.",
    family: Family::Node,
    knobs: &[Knob::required(
        "node",
        Takes::Node(Among::Any),
        "The node that falls silent.",
    )],
    lasts: true,
    fits: |_| true,
    check: fine,
    apply: |scope, network| {
        if let Some(node) = scope.args.node("node") {
            network.silence(scope.order, node);
        }
        None
    },
};
