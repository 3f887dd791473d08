//! The state of the world between nodes: which faults lie over which links now.
//!
//! Faults write rules here; the network asks for a verdict on every packet. All
//! of it is plain data, so that a snapshot is a clone.

use crate::protocol::NodeId;
use crate::rng::{Rng, Stream, happens};
use crate::time::{Span, Time};
use crate::trace::DropReason;

/// What an order does to nodes; the simulation carries it out.
#[derive(Clone, Debug, PartialEq)]
pub enum Deed {
    /// Stops a node for good, or until it is restarted.
    Crash(NodeId),
    /// Starts a node again from what its disk kept.
    Restart(NodeId, crate::protocol::Kept),
    /// Turns a node into a traitor.
    Corrupt(NodeId, Treason),
    /// Hands a client one more request.
    Request {
        /// The client.
        client: NodeId,
        /// Whether it only reads.
        read: bool,
    },
    /// Ends partitions, omissions, slowness and cut links.
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

/// What a traitor does, in a form that fits every protocol.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Treason {
    /// What happens to packets that it sends, first match first.
    pub rules: Vec<TraitorRule>,
    /// The camps that it tells different stories, if it has two faces or more.
    pub camps: Option<Vec<Vec<NodeId>>>,
    /// Makes its disturbing timer run out this often.
    pub provoke: Option<Span>,
}

/// What a traitor does with some of its packets.
#[derive(Clone, Debug, PartialEq)]
pub struct TraitorRule {
    /// Recipients concerned; empty means all.
    pub to: Vec<NodeId>,
    /// Mask of the kinds concerned.
    pub kinds: u64,
    /// In how many of a thousand cases.
    pub per_mille: u32,
    /// What it does with them.
    pub act: TraitorAct,
}

/// The lies and delays of a traitor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TraitorAct {
    /// Sends nothing.
    Withhold,
    /// Sends it later.
    Delay(Span),
    /// Sends it again after a while.
    Replay(Span),
    /// Sends what the protocol's own lie of this name makes of it.
    Lie(&'static str),
}

/// A packet at the moment when a verdict on it is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Packet {
    /// Sender.
    pub from: NodeId,
    /// Recipient.
    pub to: NodeId,
    /// Index of its kind.
    pub kind: u8,
    /// How many packets went this way before it.
    pub count: u32,
}

/// What becomes of a packet as it leaves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    /// Why it is lost, if it is.
    pub lost: Option<DropReason>,
    /// How much later it comes.
    pub extra: Span,
    /// A second copy, that much later.
    pub duplicate: Option<Span>,
    /// Held by this order until it ends.
    pub held_by: Option<u32>,
    /// Random bits to damage it with, where no checksum tells.
    pub garble: Option<u64>,
}

/// What one order lays over some links.
#[derive(Clone, Debug, PartialEq)]
pub struct LinkRule {
    /// The order that laid it; ends with it.
    pub order: u32,
    /// Sender concerned; `None` for all.
    pub from: Option<NodeId>,
    /// Recipient concerned; `None` for all.
    pub to: Option<NodeId>,
    /// Mask of the kinds concerned.
    pub kinds: u64,
    /// In how many of a thousand cases.
    pub per_mille: u32,
    /// What it does.
    pub effect: LinkEffect,
}

/// What a link rule does to a packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkEffect {
    /// Loses it.
    Lose(DropReason),
    /// Makes it later by so much, plus up to `spread` more, evenly drawn.
    Delay {
        /// At least.
        extra: Span,
        /// At most so much more.
        spread: Span,
    },
    /// Lets a second copy follow within this span.
    Duplicate(Span),
    /// Damages it and lets it through.
    Garble,
}

/// What becomes of a packet as it arrives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrival {
    /// The node takes it now.
    Taken,
    /// It waits in the node's buffer until this instant.
    Waits(Time),
    /// It is lost.
    Lost(DropReason),
}

/// Everything that lies between the nodes at present.
#[derive(Clone, Debug)]
pub struct Conditions {
    loss: Rng,
    /// Rules over links, in the order in which they were laid.
    pub rules: Vec<LinkRule>,
}

impl Conditions {
    /// A network without faults.
    #[must_use]
    pub fn new(seed: u64, _replicas: u16, _nodes: u16) -> Self {
        Self {
            loss: Rng::new(seed, Stream::Loss),
            rules: Vec::new(),
        }
    }

    /// Whether no verdict can be anything but a plain passage; asked before every multicast.
    #[must_use]
    pub fn calm(&self) -> bool {
        self.rules.is_empty()
    }

    /// The verdict on a packet that leaves now.
    pub fn judge(&mut self, _now: Time, packet: &Packet) -> Verdict {
        let mut verdict = Verdict::default();
        for rule in &self.rules {
            let name = packet.count;
            let bits = self
                .loss
                .draw(packet.from.0.into(), packet.to.0.into(), name.into());
            if happens(bits, rule.per_mille) {
                if let LinkEffect::Lose(reason) = rule.effect {
                    verdict.lost = Some(reason);
                }
            }
        }
        verdict
    }

    /// Whether arrivals need a verdict at all; asked before every delivery.
    #[must_use]
    pub fn buffers(&self) -> bool {
        false
    }

    /// The verdict on a packet that arrives now; `waited` if it was in the buffer already.
    pub fn arrive(&mut self, _now: Time, _packet: &Packet, _waited: bool) -> Arrival {
        Arrival::Taken
    }

    /// Whether a partition or a cut lies between two nodes.
    #[must_use]
    pub fn severed(&self, _from: NodeId, _to: NodeId) -> bool {
        false
    }

    /// Whether a node is kept from sending.
    #[must_use]
    pub fn silent(&self, _node: NodeId) -> bool {
        false
    }

    /// How much later a node's messages leave, at least.
    #[must_use]
    pub fn slowness(&self, _node: NodeId) -> Span {
        Span::ZERO
    }

    /// A node's side of the newest partition in which it is named.
    #[must_use]
    pub fn side(&self, _node: NodeId) -> Option<u8> {
        None
    }

    /// How long a span that a node's own clock measures takes in truth.
    #[must_use]
    pub fn by_clock_of(&self, _node: NodeId, span: Span) -> Span {
        span
    }

    /// Undoes one order.
    pub fn lift(&mut self, order: u32) {
        self.rules.retain(|rule| rule.order != order);
    }

    /// Ends partitions, omissions, slowness and cut links; the orders that ended.
    pub fn heal(&mut self) -> Vec<u32> {
        let mut ended: Vec<u32> = self.rules.drain(..).map(|rule| rule.order).collect();
        ended.dedup();
        ended
    }
}
