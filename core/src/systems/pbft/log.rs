//! A replica's message log: one record for each sequence number in the window.

use super::certificate::{Committed, Prepared};
use super::message::Batch;
use crate::protocol::{Stamp, Voters};
use std::collections::VecDeque;

/// Votes by digest: matching ones count together, each voter once for each digest.
#[derive(Clone, Debug, Default)]
pub(super) struct Ballots {
    first: Option<(u64, Voters)>,
    /// Votes for other digests: none unless somebody lies.
    others: Vec<(u64, Voters)>,
}

impl Ballots {
    /// Counts a vote: how many there are now for its digest, or 0 if it was counted before.
    #[inline]
    pub(super) fn add(&mut self, digest: u64, who: Stamp) -> u32 {
        let voters = match &mut self.first {
            Some((known, voters)) if *known == digest => voters,
            None => &mut self.first.insert((digest, Voters::default())).1,
            Some(_) => other(&mut self.others, digest),
        };
        if voters.insert(who) {
            voters.count()
        } else {
            0
        }
    }

    /// The voters for a digest.
    pub(super) fn of(&self, digest: u64) -> Option<&Voters> {
        self.all()
            .find(|(known, _)| *known == digest)
            .map(|(_, voters)| voters)
    }

    /// How many votes a digest has.
    #[inline]
    pub(super) fn count(&self, digest: u64) -> u32 {
        match &self.first {
            Some((known, voters)) if *known == digest => voters.count(),
            _ => self.of(digest).map_or(0, Voters::count),
        }
    }

    /// All digests with their voters.
    pub(super) fn all(&self) -> impl Iterator<Item = &(u64, Voters)> {
        self.first.iter().chain(&self.others)
    }

    fn clear(&mut self) {
        self.first = None;
        self.others.clear();
    }
}

fn other(others: &mut Vec<(u64, Voters)>, digest: u64) -> &mut Voters {
    let at = others.iter().position(|(known, _)| *known == digest);
    let at = at.unwrap_or_else(|| {
        others.push((digest, Voters::default()));
        others.len() - 1
    });
    &mut others[at].1
}

/// How far a proposal is in the present view.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Stage {
    #[default]
    Empty,
    PrePrepared,
    Prepared,
    Committed,
}

/// One sequence number.
#[derive(Clone, Debug, Default)]
pub(super) struct Slot {
    pub(super) stage: Stage,
    /// What the primary proposed in the present view.
    pub(super) accepted: Option<(u64, Batch)>,
    pub(super) prepares: Ballots,
    pub(super) commits: Ballots,
    /// The prepared certificate of the highest view, whichever that was (section 4.4).
    pub(super) prepared: Option<Prepared>,
    /// Once committed, it stands for ever.
    pub(super) committed: Option<Committed>,
}

impl Slot {
    /// The digest accepted in the present view.
    pub(super) fn digest(&self) -> Option<u64> {
        self.accepted.as_ref().map(|(digest, _)| *digest)
    }

    fn leave_view(&mut self) {
        self.stage = Stage::Empty;
        self.accepted = None;
        self.prepares.clear();
        self.commits.clear();
    }
}

/// The records between the watermarks (section 4.3).
#[derive(Clone, Debug)]
pub(super) struct Log {
    low: u64,
    window: u64,
    slots: VecDeque<Slot>,
}

impl Log {
    pub(super) fn new(window: u64) -> Self {
        Self {
            low: 0,
            window,
            slots: VecDeque::new(),
        }
    }

    /// The low watermark h: the last stable checkpoint.
    pub(super) const fn low(&self) -> u64 {
        self.low
    }

    /// The high watermark H.
    pub(super) const fn high(&self) -> u64 {
        self.low + self.window
    }

    /// How far beyond the window what comes too early is kept: as far as the window of another
    /// replica may reach whose last stable checkpoint is still in the window here.
    pub(super) const fn horizon(&self) -> u64 {
        self.high() + self.window
    }

    /// The record of a sequence number in (h, H]; `None` outside.
    #[inline]
    pub(super) fn slot(&mut self, sequence: u64) -> Option<&mut Slot> {
        if sequence <= self.low || sequence > self.high() {
            return None;
        }
        let index = (sequence - self.low - 1) as usize;
        if index >= self.slots.len() {
            self.slots.resize_with(index + 1, Slot::default);
        }
        Some(&mut self.slots[index])
    }

    /// The record of a sequence number, if anything is known of it.
    pub(super) fn get(&self, sequence: u64) -> Option<&Slot> {
        let index = sequence.checked_sub(self.low + 1)?;
        self.slots.get(usize::try_from(index).ok()?)
    }

    /// All records with their sequence numbers.
    pub(super) fn iter(&self) -> impl Iterator<Item = (u64, &Slot)> {
        (self.low + 1..).zip(&self.slots)
    }

    /// Discards what a stable checkpoint makes needless.
    pub(super) fn collect_garbage(&mut self, stable: u64) {
        let gone = (stable.saturating_sub(self.low) as usize).min(self.slots.len());
        self.slots.drain(..gone);
        self.low = self.low.max(stable);
    }

    /// Votes and proposals count in their own view only; certificates stay.
    pub(super) fn leave_view(&mut self) {
        self.slots.iter_mut().for_each(Slot::leave_view);
    }
}
