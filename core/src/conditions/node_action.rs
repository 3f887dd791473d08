//! What an order does to nodes and messages, for the simulation to carry out.

use super::ByzantinePlan;
use crate::protocol::{Kept, Label, NodeId};
use crate::time::Span;

/// What an order does to nodes; the simulation carries it out.
#[derive(Clone, Debug, PartialEq)]
pub enum NodeAction {
    /// Stops a node for good, or until it is restarted.
    Crash(NodeId),
    /// Starts a node again from what its disk kept.
    Restart(NodeId, Kept),
    /// Turns a node into a traitor.
    Corrupt(NodeId, ByzantinePlan),
    /// Hands a client one more request.
    Request {
        /// The client.
        client: NodeId,
        /// Whether it only reads.
        read: bool,
        /// The key it is about, if not one drawn by chance.
        key: Option<u32>,
        /// How long it keeps a machine busy, if not as the workload says.
        work: Option<Span>,
    },
    /// Lets something happen at a node.
    Event {
        /// The node.
        node: NodeId,
        /// To whom it is to send, if to anybody.
        to: Option<NodeId>,
    },
    /// Lets machines break and be repaired, over and over.
    Wear {
        /// The order, which names the draws.
        order: u32,
        /// The node; every node that serves if none.
        node: Option<NodeId>,
        /// How long a machine runs until it breaks, on average.
        runs: Span,
        /// How long its repair takes, on average.
        repair: Span,
    },
    /// Ends all that lies between the nodes.
    Heal,
    /// Does something to one message in flight.
    Tamper {
        /// The message's name.
        message: u64,
        /// Which copy.
        to: NodeId,
        /// What it looks like.
        like: Likeness,
        /// What.
        how: Tampering,
    },
    /// Says what a traitor that does as it is told sends to one recipient.
    Dictate {
        /// The message that it holds back.
        message: u64,
        /// The recipient.
        to: NodeId,
        /// What it looks like.
        like: Likeness,
        /// One of the choices that the protocol offers.
        choice: &'static str,
    },
}

/// What a message looks like that an order names by its number.
///
/// A number is that of one run: when something before it changes, another
/// message may have it, or none. Whoever writes the order down can say more.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Likeness {
    /// Who sends it.
    pub from: Option<NodeId>,
    /// Its kind, as a bit mask over their indices.
    pub kinds: Option<u64>,
    /// The view that it is about.
    pub view: Option<u32>,
    /// The sequence number that it is about.
    pub sequence: Option<u64>,
}

impl Likeness {
    /// Whether nothing is known but the number.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        *self == Self::default()
    }

    /// Whether a message looks like this.
    #[must_use]
    pub fn fits(&self, from: NodeId, kind: u8, label: Label) -> bool {
        self.from.is_none_or(|wanted| wanted == from)
            && self.kinds.is_none_or(|kinds| kinds >> kind & 1 == 1)
            && self.view.is_none_or(|view| view == label.view)
            && self.sequence.is_none_or(|number| number == label.sequence)
    }
}

/// What can be done to one message in flight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tampering {
    /// Lose it.
    Drop,
    /// Let it come later.
    Delay(Span),
    /// Let it come twice.
    Duplicate,
}
