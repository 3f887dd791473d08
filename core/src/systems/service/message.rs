//! What machines and clients say to each other.

use super::{NOTHING, label};
use crate::protocol::{Label, Message, Op};
use crate::time::Span;
use serde_json::{Value, json};

/// A message.
#[derive(Clone, Debug)]
pub enum Msg {
    /// A client asks a balancer, or a server by its name [10].
    Request {
        /// What it asks.
        op: Op,
        /// Its how many-th attempt this is, from 1 [13].
        attempt: u32,
        /// Its number on the way to this recipient.
        line: u32,
    },
    /// A balancer gives a server a request, or its part of one.
    Dispatch {
        /// The balancer's number for it.
        job: u32,
        /// The request.
        op: Op,
        /// How long it keeps a server of usual speed busy.
        work: Span,
        /// Its number on the way to this recipient.
        line: u32,
    },
    /// A server has done what a balancer gave it.
    Result {
        /// The balancer's number.
        job: u32,
        /// The request.
        op: Op,
        /// Whether it is a default in place of an answer [19].
        degraded: bool,
    },
    /// A client gets its answer.
    Answer {
        /// What it asked.
        op: Op,
        /// Whether it is a default in place of an answer [19].
        degraded: bool,
    },
    /// It is not taken on [14], or was not done.
    Busy {
        /// The request.
        op: Op,
        /// A balancer's number, or a client's attempt.
        name: u32,
    },
    /// A balancer asks a server whether it is there [15].
    Probe {
        /// The number of the probe.
        beat: u32,
    },
    /// A server is there.
    Alive {
        /// The number of the probe.
        beat: u32,
    },
    /// A server needs its provider [19].
    Call {
        /// The server's number for it.
        call: u32,
        /// The request.
        op: Op,
        /// Its number on the way to this recipient.
        line: u32,
    },
    /// A provider answers a server.
    Returned {
        /// The server's number for it.
        call: u32,
        /// The request.
        op: Op,
    },
    /// A server tells another what it did [17].
    Share {
        /// The request.
        op: Op,
        /// Whether it did the work itself.
        own: bool,
    },
    /// A balancer rents a server [18].
    Start,
    /// A rented server is up [18].
    Ready,
}

impl Message for Msg {
    fn kind(&self) -> usize {
        match self {
            Self::Request { .. } => 0,
            Self::Dispatch { .. } => 1,
            Self::Result { .. } => 2,
            Self::Answer { .. } => 3,
            Self::Busy { .. } => 4,
            Self::Probe { .. } => 5,
            Self::Alive { .. } => 6,
            Self::Call { .. } => 7,
            Self::Returned { .. } => 8,
            Self::Share { .. } => 9,
            Self::Start => 10,
            Self::Ready => 11,
        }
    }

    fn label(&self) -> Label {
        match *self {
            Self::Request { op, attempt, .. } => Label {
                view: attempt,
                ..label(op)
            },
            Self::Dispatch { op, .. }
            | Self::Result { op, .. }
            | Self::Answer { op, .. }
            | Self::Busy { op, .. }
            | Self::Call { op, .. }
            | Self::Returned { op, .. }
            | Self::Share { op, .. } => label(op),
            Self::Probe { beat } | Self::Alive { beat } => Label {
                view: beat,
                ..NOTHING
            },
            Self::Start | Self::Ready => NOTHING,
        }
    }

    fn contents(&self) -> Value {
        let named = |op: &Op| op.to_string();
        match self {
            Self::Request { op, attempt, .. } => json!({ "op": named(op), "attempt": attempt }),
            Self::Dispatch { op, work, .. } => json!({ "op": named(op), "work_ms": work.ms() }),
            Self::Result { op, degraded, .. } | Self::Answer { op, degraded } => {
                json!({ "op": named(op), "default": degraded })
            }
            Self::Busy { op, .. } | Self::Call { op, .. } | Self::Returned { op, .. } => {
                json!({ "op": named(op) })
            }
            Self::Share { op, own } => json!({ "op": named(op), "first_hand": own }),
            Self::Probe { beat } | Self::Alive { beat } => json!({ "number": beat }),
            Self::Start | Self::Ready => json!({}),
        }
    }
}
