//! Not a failure: a client is asked for one more request.

use super::{fine, optional};
use crate::conditions::Deed;
use crate::fault::{Family, Fault, Takes};
use crate::protocol::NodeId;

pub(super) const REQUEST: Fault = Fault {
    name: "request",
    title: "Send a request",
    says: "A client sends one more request, besides its workload.",
    tells: |_| "{client|the first client} sends one more request[{?read}, which only reads]",
    family: Family::Control,
    knobs: &[
        optional(
            "client",
            Takes::Client,
            "The client; the first one if left out.",
        ),
        optional("read", Takes::Flag, "It only reads."),
    ],
    lasts: false,
    check: fine,
    apply: |scope, _| {
        let first = (scope.replicas < scope.nodes).then_some(NodeId(scope.replicas));
        let client = scope.args.node("client").or(first)?;
        let read = scope.args.flag("read");
        Some(Deed::Request { client, read })
    },
};
