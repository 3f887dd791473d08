//! Not a failure: something happens at a node.

use super::fine;
use crate::conditions::NodeAction;
use crate::fault::{Family, Fault};
use crate::knob::{Among, Knob, Takes};

pub(super) const EVENT: Fault = Fault {
    name: "event",
    title: "Event",
    says: "Something happens at the node: it acts by itself, or sends a message.",
    tells: |_| "Something happens at {node}[, and it sends to {to}].",
    ends: |_| "",
    family: Family::Control,
    knobs: &[
        Knob::required("node", Takes::Node(Among::Any), "Where it happens."),
        Knob::optional(
            "to",
            Takes::Node(Among::Any),
            "To whom the node sends then; to nobody if left out.",
        ),
    ],
    lasts: false,
    fits: |spec| spec.uses.events,
    check: fine,
    apply: |scope, _| {
        Some(NodeAction::Event {
            node: scope.args.node("node")?,
            to: scope.args.node("to"),
        })
    },
};
