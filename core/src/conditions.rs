//! The state of the world between nodes: which faults lie over which links now.
//!
//! Faults lay rules here; the network asks for a verdict on every packet. All of
//! it is plain data, so that a snapshot is a clone. Chance is named by the order
//! that rolls the dice, the link, and the packet's number there: one fault's
//! dice do not depend on another's.

use crate::protocol::NodeId;
use crate::rng::{Rng, Stream, mix};
use crate::time::{Span, Time};
use crate::trace::DropReason;

mod byzantine;
mod links;
mod node_action;
mod partitions;
mod queues;

pub use byzantine::{ByzantineAct, ByzantinePlan, ByzantineRule};
pub use links::{Ill, Impairment, LinkEffect, LinkRule, Tail};
pub use node_action::{Likeness, NodeAction, Tampering};
pub use partitions::Partition;
pub use queues::{Queue, QueueAt};

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
    seed: u64,
    fault_free: bool,
    buffers: bool,
    rules: Vec<LinkRule>,
    partitions: Vec<Partition>,
    queues: Vec<Queue>,
    /// Who is silenced, by which order.
    silenced: Vec<(u32, NodeId)>,
    /// Whose clock runs too fast by how many millionths, by which order.
    drifts: Vec<(u32, NodeId, i64)>,
    /// Clocks that ever were off.
    clocks: Vec<Clock>,
    /// Whose machine runs at so many per mille of its speed, by which order.
    weakened: Vec<(u32, NodeId, u32)>,
    /// So many per mille as fast do operations come, by which order.
    surges: Vec<(u32, u32)>,
    /// Orders under which machines break and are repaired.
    wears: Vec<u32>,
}

/// What a clock read at an instant; it goes on from there at its speed.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Clock {
    node: NodeId,
    since: Time,
    reading: i64,
}

impl Clock {
    /// What it reads now, at so many microseconds a second.
    const fn reading(&self, now: Time, speed: i64) -> i64 {
        let passed = now.0.saturating_sub(self.since.0) as i128 * speed as i128 / 1_000_000;
        self.reading.saturating_add(passed as i64)
    }
}

impl Conditions {
    /// A network without faults.
    #[must_use]
    pub fn new(seed: u64, _replicas: u16, _nodes: u16) -> Self {
        Self {
            seed,
            fault_free: true,
            buffers: false,
            rules: Vec::new(),
            partitions: Vec::new(),
            queues: Vec::new(),
            silenced: Vec::new(),
            drifts: Vec::new(),
            clocks: Vec::new(),
            weakened: Vec::new(),
            surges: Vec::new(),
            wears: Vec::new(),
        }
    }

    /// Whether no verdict can be anything but a plain passage; asked before every multicast.
    #[inline]
    #[must_use]
    pub const fn is_fault_free(&self) -> bool {
        self.fault_free
    }

    /// Whether nothing lies over network, clocks, machines or arrivals.
    #[must_use]
    pub fn quiet(&self) -> bool {
        self.fault_free
            && self.queues.is_empty()
            && self.drifts.is_empty()
            && self.weakened.is_empty()
            && self.surges.is_empty()
            && self.wears.is_empty()
    }

    /// Whether arrivals need a verdict at all; asked before every delivery.
    #[inline]
    #[must_use]
    pub const fn buffers(&self) -> bool {
        self.buffers
    }

    /// Lays a rule over some links.
    pub fn lay(&mut self, rule: LinkRule) {
        self.rules.push(rule);
        self.settle();
    }

    /// Lays a partition over the network; several may lie there at once.
    pub fn part(&mut self, partition: Partition) {
        self.partitions.push(partition);
        self.settle();
    }

    /// Gives a node a finite queue.
    pub fn narrow(&mut self, queue: Queue) {
        self.queues.push(queue);
        self.settle();
    }

    /// Keeps a node from sending.
    pub fn silence(&mut self, order: u32, node: NodeId) {
        self.silenced.push((order, node));
        self.settle();
    }

    /// Lets a node's clock run too fast by so many millionths from now on; too slow if negative.
    pub fn drift(&mut self, order: u32, node: NodeId, millionths: i64, now: Time) {
        self.rebase(node, now, 0);
        self.drifts.push((order, node, millionths));
    }

    /// Sets a node's clock ahead by so many microseconds; back if negative.
    pub fn set_clock(&mut self, node: NodeId, ahead: i64, now: Time) {
        self.rebase(node, now, ahead);
    }

    /// Lets a machine run at so many per mille of its speed.
    pub fn weaken(&mut self, order: u32, node: NodeId, per_mille: u32) {
        self.weakened.push((order, node, per_mille));
    }

    /// Lets operations come so many per mille as fast.
    pub fn surge(&mut self, order: u32, per_mille: u32) {
        self.surges.push((order, per_mille));
    }

    /// Lets machines break and be repaired until the order ends.
    pub fn wear(&mut self, order: u32) {
        self.wears.push(order);
    }

    /// Whether machines still break under an order.
    #[must_use]
    pub fn wears(&self, order: u32) -> bool {
        self.wears.contains(&order)
    }

    /// The speed of a node's machine, in thousandths of its own.
    #[must_use]
    pub fn strength(&self, node: NodeId) -> u64 {
        let own = self.weakened.iter().filter(|(_, who, _)| *who == node);
        own.fold(1000, |speed, (_, _, per_mille)| {
            speed * u64::from(*per_mille) / 1000
        })
    }

    /// A distance between operations, as short as surges make it.
    #[must_use]
    pub fn hurried(&self, distance: Span) -> Span {
        let shorter = |span: u64, (_, per_mille): &(u32, u32)| {
            (u128::from(span) * 1000 / u128::from((*per_mille).max(1))) as u64
        };
        Span(self.surges.iter().fold(distance.0, shorter))
    }

    /// The reading of a node's own clock, in microseconds.
    #[inline]
    #[must_use]
    pub fn reading(&self, node: NodeId, now: Time) -> i64 {
        if self.clocks.is_empty() {
            return now.0 as i64;
        }
        let clock = self.clocks.iter().find(|clock| clock.node == node);
        clock.map_or(now.0 as i64, |clock| clock.reading(now, self.speed(node)))
    }

    /// Goes on from a clock's present reading, `ahead` of it by so many microseconds.
    fn rebase(&mut self, node: NodeId, now: Time, ahead: i64) {
        let reading = self.reading(node, now).saturating_add(ahead);
        self.clocks.retain(|clock| clock.node != node);
        self.clocks.push(Clock {
            node,
            since: now,
            reading,
        });
    }

    /// How many microseconds a node's clock counts in a second.
    fn speed(&self, node: NodeId) -> i64 {
        const MILLION: i64 = 1_000_000;
        let own = self.drifts.iter().filter(|(_, who, _)| *who == node);
        let fast: i64 = own.map(|(_, _, millionths)| millionths).sum();
        (MILLION + fast).max(1)
    }

    /// Keeps what is asked before every message up to date.
    fn settle(&mut self) {
        let at = |wanted| move |queue: &Queue| queue.at == wanted;
        self.buffers = self.queues.iter().any(at(QueueAt::Entrance));
        let leaving = self.queues.iter().any(at(QueueAt::Exit));
        self.fault_free = self.rules.is_empty()
            && self.partitions.is_empty()
            && self.silenced.is_empty()
            && !leaving;
    }

    /// The verdict on a packet that leaves now.
    ///
    /// It passes its sender's router first, then partitions, then link rules in
    /// the order in which they were laid; the first loss decides.
    pub fn judge(&mut self, now: Time, packet: &Packet) -> Verdict {
        let mut verdict = Verdict::default();
        if self.silent(packet.from) {
            verdict.lost = Some(DropReason::Silent);
            return verdict;
        }
        for queue in self
            .queues
            .iter_mut()
            .filter(|q| q.holds(packet.from, QueueAt::Exit))
        {
            match queue.enter(now + verdict.extra) {
                Some(out) => verdict.extra = out.since(now),
                None => {
                    verdict.lost = Some(DropReason::RouterQueueOverflow);
                    return verdict;
                }
            }
        }
        for partition in &self.partitions {
            if partition.parts(packet.from, packet.to) {
                verdict.cut_off(partition.order, partition.hold);
            }
        }
        for rule in self.rules.iter().filter(|rule| rule.concerns(packet)) {
            rule.judge(self.dice(rule.order), packet, &mut verdict);
        }
        verdict
    }

    /// The dice of one order.
    const fn dice(&self, order: u32) -> Rng {
        Rng::new(mix(self.seed ^ mix(order as u64 + 1)), Stream::Loss)
    }

    /// The verdict on a packet that arrives now; `waited` if it was in the buffer already.
    pub fn arrive(&mut self, now: Time, packet: &Packet, waited: bool) -> Arrival {
        if waited {
            return Arrival::Taken;
        }
        let mut until = now;
        let inward = |queue: &&mut Queue| queue.holds(packet.to, QueueAt::Entrance);
        for queue in self.queues.iter_mut().filter(inward) {
            match queue.enter(until) {
                Some(out) => until = out,
                None => return Arrival::Lost(DropReason::ReceiveBufferOverflow),
            }
        }
        if until > now {
            return Arrival::Waits(until);
        }
        Arrival::Taken
    }

    /// Whether a partition or a cut lies between two nodes.
    #[must_use]
    pub fn severed(&self, from: NodeId, to: NodeId) -> bool {
        self.partitions
            .iter()
            .any(|partition| partition.parts(from, to))
            || self.rules.iter().any(|rule| rule.severs(from, to))
    }

    /// What lies over links at present, oldest first; partitions are told by [`Self::side`].
    #[must_use]
    pub fn impairments(&self) -> Vec<Impairment> {
        self.rules.iter().map(LinkRule::impairment).collect()
    }

    /// Whether a node is kept from sending.
    #[must_use]
    pub fn silent(&self, node: NodeId) -> bool {
        self.silenced.iter().any(|(_, who)| *who == node)
    }

    /// How much later a node's messages leave, at least.
    #[must_use]
    pub fn slowness(&self, node: NodeId) -> Span {
        let slowed = self.rules.iter().filter_map(|rule| rule.slows(node));
        slowed.fold(Span::ZERO, |sum, extra| sum + extra)
    }

    /// A node's side of the newest partition in which it is named.
    #[must_use]
    pub fn side(&self, node: NodeId) -> Option<u8> {
        let newest_first = self.partitions.iter().rev();
        newest_first
            .filter_map(|partition| partition.side(node))
            .next()
    }

    /// How long a span that a node's own clock measures takes in truth.
    #[must_use]
    pub fn by_clock_of(&self, node: NodeId, span: Span) -> Span {
        if self.drifts.is_empty() {
            return span;
        }
        let speed = self.speed(node) as u128;
        let micros = u128::from(span.0) * 1_000_000 / speed;
        Span(u64::try_from(micros).unwrap_or(u64::MAX))
    }

    /// Undoes one order, now.
    pub fn lift(&mut self, order: u32, now: Time) {
        self.keep_readings(now, |by| by == order);
        self.weakened.retain(|(by, _, _)| *by != order);
        self.surges.retain(|(by, _)| *by != order);
        self.wears.retain(|by| *by != order);
        self.rules.retain(|rule| rule.order != order);
        self.partitions.retain(|partition| partition.order != order);
        self.queues.retain(|queue| queue.order != order);
        self.silenced.retain(|(by, _)| *by != order);
        self.drifts.retain(|(by, _, _)| *by != order);
        self.settle();
    }

    /// Clocks whose drift ends go on from what they read now.
    fn keep_readings(&mut self, now: Time, ends: impl Fn(u32) -> bool) {
        let drifting: Vec<NodeId> = self
            .drifts
            .iter()
            .filter(|(by, _, _)| ends(*by))
            .map(|(_, node, _)| *node)
            .collect();
        drifting
            .into_iter()
            .for_each(|node| self.rebase(node, now, 0));
    }

    /// Ends all that lasts, now; the orders that ended, oldest first.
    pub fn heal(&mut self, now: Time) -> Vec<u32> {
        self.keep_readings(now, |_| true);
        let rules = self.rules.drain(..).map(|rule| rule.order);
        let partitions = self.partitions.drain(..).map(|partition| partition.order);
        let queues = self.queues.drain(..).map(|queue| queue.order);
        let silenced = self.silenced.drain(..).map(|(order, _)| order);
        let drifts = self.drifts.drain(..).map(|(order, _, _)| order);
        let weakened = self.weakened.drain(..).map(|(order, _, _)| order);
        let surges = self.surges.drain(..).map(|(order, _)| order);
        let between = rules.chain(partitions).chain(queues).chain(silenced);
        let within = drifts
            .chain(weakened)
            .chain(surges)
            .chain(self.wears.drain(..));
        let mut ended: Vec<u32> = Vec::new();
        for order in between.chain(within) {
            if let Err(place) = ended.binary_search(&order) {
                ended.insert(place, order);
            }
        }
        self.settle();
        ended
    }
}

impl Verdict {
    /// A cut lies on the way; `hold` keeps the packet until the cut ends.
    const fn cut_off(&mut self, order: u32, hold: bool) {
        match hold {
            true if self.held_by.is_none() => self.held_by = Some(order),
            true => {}
            false if self.lost.is_none() => self.lost = Some(DropReason::Partition),
            false => {}
        }
    }
}

#[cfg(test)]
mod tests;
