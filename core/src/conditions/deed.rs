//! What an order does to nodes and messages, for the simulation to carry out.

use super::Treason;
use crate::protocol::{Kept, NodeId};
use crate::time::Span;

/// What an order does to nodes; the simulation carries it out.
#[derive(Clone, Debug, PartialEq)]
pub enum Deed {
    /// Stops a node for good, or until it is restarted.
    Crash(NodeId),
    /// Starts a node again from what its disk kept.
    Restart(NodeId, Kept),
    /// Turns a node into a traitor.
    Corrupt(NodeId, Treason),
    /// Hands a client one more request.
    Request {
        /// The client.
        client: NodeId,
        /// Whether it only reads.
        read: bool,
    },
    /// Ends all that lies between the nodes.
    Heal,
    /// Does something to one message in flight.
    Tamper {
        /// The message's name.
        message: u64,
        /// Which copy.
        to: NodeId,
        /// What.
        how: Tampering,
    },
    /// Says what a traitor that does as it is told sends to one recipient.
    Dictate {
        /// The message that it holds back.
        message: u64,
        /// The recipient.
        to: NodeId,
        /// One of the choices that the protocol offers.
        choice: &'static str,
    },
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
