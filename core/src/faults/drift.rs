//! Timing: a node's clock is too fast or too slow.

use super::fine;
use crate::fault::{Family, Fault};
use crate::knob::{Among, Knob, Takes};

pub(super) const DRIFT: Fault = Fault {
    name: "drift",
    title: "Clock drift",
    says: "The node's clock runs too fast or too slow: its timers run out early or late.",
    tells: |args| match args.number("ppm") {
        Some(..0) => "The clock of {node} runs too slow, by {ppm}.",
        _ => "The clock of {node} runs too fast, by {ppm}.",
    },
    ends: |_| "The drift of the clock of {node} ends.",
    family: Family::Timing,
    knobs: &[
        Knob::required(
            "node",
            Takes::Node(Among::Any),
            "The node whose clock drifts.",
        ),
        Knob::required(
            "ppm",
            Takes::Number {
                min: -999_000,
                max: 1_000_000_000,
            },
            "How much too fast its clock runs, in parts per million; too slow if negative. \
             1000000 is twice as fast, -500000 half as fast.",
        ),
    ],
    lasts: true,
    fits: |_| true,
    check: fine,
    apply: |scope, network| {
        let drift = scope.args.node("node").zip(scope.args.number("ppm"));
        if let Some((node, ppm)) = drift {
            network.drift(scope.order, node, ppm, scope.now);
        }
        None
    },
};
