//! Not a failure: a client is asked for one more request.

use super::fine;
use crate::conditions::Deed;
use crate::fault::{Family, Fault};
use crate::knob::{Among, Knob, Takes};

pub(super) const REQUEST: Fault = Fault {
    name: "request",
    title: "Send a request",
    says: "A client sends one more request, besides its workload.",
    tells: |_| "{client|the first client} sends one more request[{?read}, which only reads]",
    family: Family::Control,
    knobs: &[
        Knob::optional(
            "client",
            Takes::Node(Among::Asking),
            "The client; the first one if left out.",
        ),
        Knob::optional("read", Takes::Flag, "It only reads."),
    ],
    lasts: false,
    check: fine,
    apply: |scope, _| {
        let first = scope.cast.those(Among::Asking).next();
        let client = scope.args.node("client").or(first)?;
        let read = scope.args.flag("read");
        Some(Deed::Request { client, read })
    },
};
