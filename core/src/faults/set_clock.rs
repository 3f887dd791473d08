//! Timing: a node's clock is set.

use super::fine;
use crate::fault::{Family, Fault};
use crate::knob::{Among, Knob, Takes};

pub(super) const SET_CLOCK: Fault = Fault {
    name: "set-clock",
    title: "Set the clock",
    says: "The node's clock is set ahead or back. Its timers run on as they were.",
    tells: |args| match args.number("offset_ms") {
        Some(..0) => "The clock of {node} is set back, by {offset_ms} ms.",
        _ => "The clock of {node} is set ahead, by {offset_ms} ms.",
    },
    ends: |_| "",
    family: Family::Timing,
    knobs: &[
        Knob::required(
            "node",
            Takes::Node(Among::Any),
            "The node whose clock is set.",
        ),
        Knob::required(
            "offset_ms",
            Takes::Number {
                min: -1_000_000_000,
                max: 1_000_000_000,
            },
            "How far ahead it is set, in whole milliseconds; back if negative.",
        ),
    ],
    lasts: false,
    fits: |spec| spec.uses.clock,
    check: fine,
    apply: |scope, network| {
        let set = scope.args.node("node").zip(scope.args.number("offset_ms"));
        if let Some((node, ms)) = set {
            network.set_clock(node, ms * 1000, scope.now);
        }
        None
    },
};
