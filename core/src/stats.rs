//! Counts that a run keeps of its messages.

use crate::trace::DropReason;

/// How many messages there were, by kind and by fate. A multicast to k is k messages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stats {
    /// Messages sent, by index of kind.
    pub sent: Vec<u64>,
    /// Messages delivered, by index of kind.
    pub delivered: Vec<u64>,
    /// Messages lost, by reason, in the order of [`DropReason::ALL`].
    pub dropped: [u64; DropReason::ALL.len()],
    /// Timers that ran out and orders that took effect.
    pub other: u64,
}

impl Stats {
    /// All counts at zero, for a protocol with so many kinds of message.
    #[must_use]
    pub fn new(kinds: usize) -> Self {
        Self {
            sent: vec![0; kinds],
            delivered: vec![0; kinds],
            ..Self::default()
        }
    }

    /// All messages sent.
    #[must_use]
    pub fn total_sent(&self) -> u64 {
        self.sent.iter().sum()
    }

    /// Everything that came to pass: sends, arrivals, losses, timers and orders.
    #[must_use]
    pub fn events(&self) -> u64 {
        let arrived: u64 = self.delivered.iter().sum();
        let lost: u64 = self.dropped.iter().sum();
        self.total_sent() + arrived + lost + self.other
    }
}
