//! Fail-stop: a node stops.

use super::fine;
use crate::conditions::NodeAction;
use crate::fault::{Family, Fault};
use crate::knob::{Among, Knob, Takes};

pub(super) const CRASH: Fault = Fault {
    name: "crash",
    title: "Crash",
    says: "The node stops. What is on its way to it is lost; the others can only time out.",
    tells: |_| "{Node} crashes.",
    ends: |_| "",
    family: Family::Node,
    knobs: &[Knob::required(
        "node",
        Takes::Node(Among::Any),
        "The node that stops.",
    )],
    lasts: false,
    fits: |_| true,
    check: fine,
    apply: |scope, _| scope.args.node("node").map(NodeAction::Crash),
};
