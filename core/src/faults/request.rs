//! Not a failure: a client is asked for one more request.

use super::fine;
use crate::conditions::NodeAction;
use crate::fault::{Family, Fault};
use crate::knob::{Among, Knob, Takes};

pub(super) const REQUEST: Fault = Fault {
    name: "request",
    title: "Send a request",
    says: "A client sends one more request, besides its workload.",
    tells: |_| "{Client|The first client} sends one more request[{?read}, which only reads][, about key {key}][, of {work_ms} of work].",
    ends: |_| "",
    family: Family::Control,
    knobs: &[
        Knob::optional(
            "client",
            Takes::Node(Among::Asking),
            "The client; the first one if left out.",
        ),
        Knob::optional("read", Takes::Flag, "It only reads."),
        Knob::optional(
            "key",
            Takes::Number {
                min: 0,
                max: u32::MAX as i64,
            },
            "The key it is about; one drawn by chance if left out.",
        ),
        Knob::optional(
            "work_ms",
            Takes::Span,
            "How long it keeps a machine busy; as the workload says if left out.",
        ),
    ],
    lasts: false,
    fits: |spec| spec.roles.iter().any(|role| role.asks),
    check: fine,
    apply: |scope, _| {
        let first = scope.cast.those(Among::Asking).next();
        let client = scope.args.node("client").or(first)?;
        Some(NodeAction::Request {
            client,
            read: scope.args.flag("read"),
            key: scope.args.number("key").map(|key| key as u32),
            work: scope.args.span("work_ms"),
        })
    },
};
