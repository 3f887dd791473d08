//! What happened: the events that screens, promises, goldens and narration read.
//!
//! Events are numbered in the order in which they happened; each names the
//! event that caused it, so that any of them leads back to a client's request or
//! to an order of the script. The trace hash is drawn over all of them, recorded
//! or not.

use crate::cast::Cast;
use crate::protocol::{Claim, Label, NodeId, Rule};
use crate::time::Time;
use serde::Serialize;
use std::rc::Rc;

/// An event's place in the order of all events of the run.
pub type EventId = u64;

/// The cause of an event that nothing caused.
pub const NO_CAUSE: EventId = u64::MAX;

/// The name of one send: all copies of a multicast share it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct MessageId(pub u64);

/// Something that happened at a node.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// Its number.
    pub id: EventId,
    /// When.
    pub at: Time,
    /// Where.
    pub node: NodeId,
    /// The event that led to it, or [`NO_CAUSE`].
    pub cause: EventId,
    /// What it was.
    pub what: What,
}

/// The kinds of event.
#[derive(Clone, Debug, PartialEq)]
pub enum What {
    /// A message left the node, in one copy for each recipient.
    Sent {
        /// Its name.
        message: MessageId,
        /// Index of its kind.
        kind: u8,
        /// What it is about.
        label: Label,
        /// Its recipients.
        to: Recipients,
    },
    /// A message arrived and was handed to the node.
    Delivered(Transit),
    /// A message will not arrive, or arrived and was not taken.
    Dropped(Transit, DropReason),
    /// A timer was set.
    TimerSet {
        /// Its name.
        timer: &'static str,
        /// When it will run out.
        until: Time,
    },
    /// A timer was stopped before its time.
    TimerCancelled {
        /// Its name.
        timer: &'static str,
    },
    /// A timer ran out.
    TimerFired {
        /// Its name.
        timer: &'static str,
    },
    /// The node's machine begins a piece of work.
    WorkBegun {
        /// Its name.
        piece: &'static str,
        /// When it would be done at the machine's present speed.
        until: Time,
    },
    /// A piece of work is done.
    WorkDone {
        /// Its name.
        piece: &'static str,
    },
    /// Something happens at the node by order.
    Happened,
    /// The node's machine broke: it is down.
    WornOut,
    /// The node's machine was repaired: it is back.
    Repaired,
    /// A rule of the protocol applied.
    Because(&'static Rule, Label),
    /// The node asserts something about itself.
    Claimed(Claim),
    /// An order of the script took effect: its index there.
    Ordered(u32),
    /// An order of the script ran out or was healed: its index there.
    Lifted(u32),
    /// A client was handed a request of its workload.
    Asked {
        /// The request's number.
        number: u32,
    },
    /// A promise broke: its index among the promises, and its witness there.
    Broken {
        /// Index of the promise.
        promise: u8,
        /// Index of the witness among that promise's breaks.
        witness: u32,
    },
}

/// One copy of a message on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Transit {
    /// The message's name.
    pub message: MessageId,
    /// Who sent it.
    pub from: NodeId,
    /// For whom it is.
    pub to: NodeId,
    /// Index of its kind.
    pub kind: u8,
    /// What it is about.
    pub label: Label,
    /// When it left.
    pub sent: Time,
}

/// To whom a message goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Recipients {
    /// One node.
    One(NodeId),
    /// All nodes of a role but the sender.
    Role {
        /// Index of the role.
        role: u8,
        /// How many copies there are.
        copies: u16,
    },
    /// These nodes.
    These(Rc<[NodeId]>),
}

impl Recipients {
    /// How many copies there are.
    #[must_use]
    pub fn copies(&self) -> u64 {
        match self {
            Self::One(_) => 1,
            Self::Role { copies, .. } => u64::from(*copies),
            Self::These(nodes) => nodes.len() as u64,
        }
    }

    /// What they are called by the role that they all play, or else together.
    #[must_use]
    pub fn plural(&self, cast: &Cast) -> &'static str {
        match self {
            Self::Role { role, .. } => {
                let role = cast.roles().get(usize::from(*role));
                role.map_or("nodes", |role| role.plural)
            }
            Self::One(_) | Self::These(_) => "nodes",
        }
    }
}

/// Why a message was lost; the names are those of reports and scenarios.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum DropReason {
    /// The recipient is down, or was when it was under way.
    Crashed,
    /// The sender is silenced.
    Silent,
    /// A partition or a cut link lies between.
    Partition,
    /// The router's queue was full.
    RouterQueueOverflow,
    /// It was damaged, and the checksum told.
    Corruption,
    /// The recipient's buffer was full.
    ReceiveBufferOverflow,
    /// It was picked out by hand.
    Chosen,
    /// A traitor kept it to itself.
    Withheld,
}

impl DropReason {
    /// All reasons, in the order of reports.
    pub const ALL: [Self; 8] = [
        Self::Crashed,
        Self::Silent,
        Self::Partition,
        Self::RouterQueueOverflow,
        Self::Corruption,
        Self::ReceiveBufferOverflow,
        Self::Chosen,
        Self::Withheld,
    ];

    /// Its name in reports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Crashed => "crashed",
            Self::Silent => "silent",
            Self::Partition => "partition",
            Self::RouterQueueOverflow => "router-queue-overflow",
            Self::Corruption => "corruption",
            Self::ReceiveBufferOverflow => "receive-buffer-overflow",
            Self::Chosen => "chosen",
            Self::Withheld => "withheld",
        }
    }
}
