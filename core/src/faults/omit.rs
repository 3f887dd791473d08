//! Omission: messages that a node sends, or should receive, are lost.
//!
//! With a rate, dice decide. With a finite queue, load does: a router at the
//! node's exit, or a receive buffer at its entrance, takes so many messages and
//! serves them one by one; those that find it full are lost.

use super::{KINDS, PER_MILLE, lay_over};
use crate::conditions::{Conditions, LinkEffect, Queue, QueueAt};
use crate::fault::{Family, Fault, Scope};
use crate::knob::{Args, Knob, Misfit, Takes};
use crate::protocol::NodeId;
use crate::trace::DropReason;

const ROUTER: &str = "router-queue-overflow";
const BUFFER: &str = "receive-buffer-overflow";
const DAMAGE: &str = "corruption";

pub(super) const OMIT: Fault = Fault {
    name: "omit",
    title: "Omission",
    says: "Messages are lost on their way out of a node or into it, by chance or by overload.",
    tells,
    ends,
    family: Family::Omission,
    knobs: &[
        Knob::optional(
            "node",
            Takes::NodeOrAll,
            "The node concerned; all if left out.",
        ),
        Knob::optional(
            "direction",
            Takes::Choice(&["send", "receive"]),
            "Whether it loses what it sends (if left out) or what it should receive.",
        ),
        Knob::optional(
            "cause",
            Takes::Choice(&[ROUTER, DAMAGE, BUFFER]),
            "Why; if left out, a full queue: the router's when it sends, the receiver's buffer when \
             it receives.",
        ),
        PER_MILLE,
        Knob::optional(
            "peer",
            Takes::NodeOrAll,
            "The other end of the links concerned; all if left out.",
        ),
        KINDS,
        Knob::optional(
            "checksum",
            Takes::Flag,
            "For damage: whether a checksum tells, so that they are lost; if not, they arrive as they are.",
        ),
        Knob::optional(
            "capacity",
            Takes::Number {
                min: 1,
                max: 1_000_000,
            },
            "In place of a rate: how many messages the queue or buffer holds.",
        ),
        Knob::optional(
            "service_ms",
            Takes::Period,
            "In place of a rate: how long each message takes to leave the queue or buffer.",
        ),
    ],
    lasts: true,
    fits: |_| true,
    check,
    apply: |scope, network| {
        match scope.args.span("service_ms") {
            Some(service) => narrow(scope, network, service),
            None => roll(scope, network),
        }
        None
    },
};

fn tells(args: &Args) -> &'static str {
    match (receives(args), args.span("service_ms").is_some()) {
        (false, true) => {
            "The router's queue of {node|each node} holds {capacity:one message|# messages} and \
             takes {service_ms} for each; what finds it full is lost."
        }
        (true, true) => {
            "The receive buffer of {node|each node} holds {capacity:one message|# messages} and \
             takes {service_ms} for each; what finds it full is lost."
        }
        (false, _) if unchecked(args) => {
            "{Per_mille|All} of the[ {kinds}] messages from {node|any node}[ to {peer}] are \
             damaged, and no checksum tells."
        }
        (true, _) if unchecked(args) => {
            "{Per_mille|All} of the[ {kinds}] messages to {node|any node}[ from {peer}] are \
             damaged, and no checksum tells."
        }
        (false, _) => {
            "{Per_mille|All} of the[ {kinds}] messages from {node|any node}[ to {peer}] are lost\
             [: {cause}]."
        }
        (true, _) => {
            "{Per_mille|All} of the[ {kinds}] messages to {node|any node}[ from {peer}] are lost\
             [: {cause}]."
        }
    }
}

fn ends(args: &Args) -> &'static str {
    match (receives(args), args.span("service_ms").is_some()) {
        (false, true) => "The limit on the router's queue of {node|each node} ends.",
        (true, true) => "The limit on the receive buffer of {node|each node} ends.",
        (false, _) => "The loss of {kinds|all} messages from {node|any node}[ to {peer}] ends.",
        (true, _) => "The loss of {kinds|all} messages to {node|any node}[ from {peer}] ends.",
    }
}

/// Whether damage goes unnoticed, for no checksum tells.
fn unchecked(args: &Args) -> bool {
    args.0.contains_key("checksum") && !args.flag("checksum")
}

fn receives(args: &Args) -> bool {
    args.name("direction") == Some("receive")
}

fn cause(args: &Args) -> &'static str {
    let usual = if receives(args) { BUFFER } else { ROUTER };
    args.name("cause").unwrap_or(usual)
}

/// Lays dice over the links.
fn roll(scope: &Scope<'_>, network: &mut Conditions) {
    let (node, peer) = (scope.args.node("node"), scope.args.node("peer"));
    let ends = if receives(scope.args) {
        (peer, node)
    } else {
        (node, peer)
    };
    let effect = match cause(scope.args) {
        DAMAGE if unchecked(scope.args) => LinkEffect::Garble,
        DAMAGE => LinkEffect::Lose(DropReason::Corruption),
        BUFFER => LinkEffect::Lose(DropReason::ReceiveBufferOverflow),
        _ => LinkEffect::Lose(DropReason::RouterQueueOverflow),
    };
    lay_over(scope, network, ends, effect);
}

/// Gives the node, or each node, a finite queue.
fn narrow(scope: &Scope<'_>, network: &mut Conditions, service: crate::time::Span) {
    let at = if receives(scope.args) {
        QueueAt::Entrance
    } else {
        QueueAt::Exit
    };
    let capacity = scope.args.number("capacity").unwrap_or(1).unsigned_abs();
    let all = 0..scope.cast.total();
    let nodes: Vec<NodeId> = match scope.args.node("node") {
        Some(node) => vec![node],
        None => all.map(NodeId).collect(),
    };
    for node in nodes {
        network.narrow(Queue::new(scope.order, node, at, service, capacity));
    }
}

fn check(args: &Args) -> Result<(), Misfit> {
    let given = |name| args.0.contains_key(name);
    if given("checksum") && cause(args) != DAMAGE {
        return Err(Misfit::new(
            "checksum",
            "goes with cause \"corruption\" only",
        ));
    }
    if !given("capacity") && !given("service_ms") {
        return Ok(());
    }
    for (name, other) in [("capacity", "service_ms"), ("service_ms", "capacity")] {
        if !given(name) {
            return Err(Misfit::new(
                name,
                format!("is missing: {other} needs it beside it"),
            ));
        }
    }
    for name in ["per_mille", "peer", "kinds"] {
        if given(name) {
            let message = "does not go with a finite queue, where load decides";
            return Err(Misfit::new(name, message));
        }
    }
    let fitting = if receives(args) { BUFFER } else { ROUTER };
    if cause(args) != fitting {
        let message = format!("must be \"{fitting}\" for a finite queue in this direction");
        return Err(Misfit::new("cause", message));
    }
    Ok(())
}
