//! Finite queues: loss that comes from load, not from dice.

use crate::protocol::NodeId;
use crate::time::{Span, Time};

/// Where a queue stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QueueAt {
    /// At a node's router: what the node sends passes it.
    Exit,
    /// At a node's receive buffer: what arrives passes it.
    Entrance,
}

/// A queue with one server: messages leave in order, each after the same service.
///
/// As the service time is fixed, the instant when the server will be idle says
/// how many messages are inside; no list of them is needed.
#[derive(Clone, Debug, PartialEq)]
pub struct Queue {
    pub(super) order: u32,
    pub(super) at: QueueAt,
    node: NodeId,
    service: Span,
    capacity: u64,
    idle_at: Time,
}

impl Queue {
    /// A queue for at most `capacity` messages, the one being served included.
    #[must_use]
    pub const fn new(order: u32, node: NodeId, at: QueueAt, service: Span, capacity: u64) -> Self {
        Self {
            order,
            at,
            node,
            service,
            capacity,
            idle_at: Time::ZERO,
        }
    }

    /// Whether it is this node's queue at this place.
    pub(super) fn holds(&self, node: NodeId, at: QueueAt) -> bool {
        self.node == node && self.at == at
    }

    /// A message comes at `now`: when it leaves, or `None` if the queue is full.
    pub(super) fn enter(&mut self, now: Time) -> Option<Time> {
        let service = self.service.0.max(1);
        let inside = self.idle_at.since(now).0.div_ceil(service);
        if inside >= self.capacity {
            return None;
        }
        self.idle_at = self.idle_at.max(now) + Span(service);
        Some(self.idle_at)
    }
}
