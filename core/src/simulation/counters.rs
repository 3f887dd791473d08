//! Numbers that the run keeps about itself: event numbers, the hash, counts.

use crate::chronicle::Extent;
use crate::protocol::{Label, NodeId};
use crate::stats::Stats;
use crate::time::Time;
use crate::trace::{EventId, MessageId};

/// The running numbers of a run.
#[derive(Clone, Debug)]
pub(super) struct Counters {
    pub(super) hash: u64,
    pub(super) events: EventId,
    pub(super) messages: u64,
    pub(super) stats: Stats,
    /// How much each replica has executed.
    pub(super) executed: Vec<Extent>,
    /// How much each client has been asked.
    pub(super) asked: Vec<u32>,
}

/// What sort of event is hashed; numbers of released versions never change.
#[derive(Clone, Copy, Debug)]
#[repr(u64)]
pub(super) enum Tag {
    Sent = 1,
    Delivered = 2,
    Dropped = 3,
    TimerSet = 4,
    TimerCancelled = 5,
    TimerFired = 6,
    Because = 7,
    Claimed = 8,
    Ordered = 9,
    Lifted = 10,
    Asked = 11,
    Broken = 12,
    WorkBegun = 13,
    WorkDone = 14,
    WornOut = 15,
    Repaired = 16,
    Happened = 17,
}

const K1: u64 = 0x9FB2_1C65_1E98_DF25;
const K2: u64 = 0xD6E8_FEB8_6659_FD93;

impl Counters {
    pub(super) fn new(kinds: usize, total: u16) -> Self {
        Self {
            hash: K1,
            events: 0,
            messages: 0,
            stats: Stats::new(kinds),
            executed: vec![Extent::default(); total.into()],
            asked: vec![0; total.into()],
        }
    }

    /// Numbers an event and mixes it into the hash.
    #[inline]
    pub(super) fn count(&mut self, tag: Tag, at: Time, node: NodeId, a: u64, b: u64) -> EventId {
        let head = (tag as u64) << 56 | u64::from(node.0) << 40;
        let mixed = (self.hash ^ head ^ at.0).wrapping_mul(K1).rotate_left(29) ^ a;
        self.hash = (mixed.wrapping_mul(K2) ^ b).rotate_left(31);
        let id = self.events;
        self.events += 1;
        id
    }

    pub(super) fn next_message(&mut self) -> MessageId {
        self.messages += 1;
        MessageId(self.messages)
    }
}

/// A label as two words for the hash.
#[inline]
pub(super) const fn words(label: Label) -> (u64, u64) {
    (
        label.sequence ^ (label.view as u64) << 40,
        label.digest.rotate_left(17),
    )
}
