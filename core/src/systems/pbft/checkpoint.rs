//! Checkpoints: when they are stable, the log up to them goes (section 4.3).

use super::certificate::CheckpointProof;
use super::log::Ballots;
use super::message::Msg;
use super::replica::{Record, Replica};
use super::{Pbft, rules};
use crate::protocol::{NodeId, Out, Stamp};
use crate::rng::mix;
use litemap::LiteMap;
use std::rc::Rc;

/// The state of the service after a sequence number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Image {
    /// The sequence number.
    pub sequence: u64,
    /// The chain of what was executed.
    pub state: u64,
    /// What is remembered of each client.
    pub records: Vec<Record>,
}

impl Image {
    /// The state before anything was executed.
    pub(super) fn first(clients: usize) -> Self {
        Self {
            sequence: 0,
            state: 0,
            records: vec![Record::default(); clients],
        }
    }

    /// Its digest: what CHECKPOINTs state.
    #[must_use]
    pub fn digest(&self) -> u64 {
        let fold = |hash, record: &Record| mix(hash ^ u64::from(record.number)) ^ record.result;
        self.records
            .iter()
            .fold(mix(self.state ^ self.sequence), fold)
    }
}

/// What a replica knows of checkpoints.
#[derive(Clone, Debug)]
pub(super) struct Checkpoints {
    /// The last stable one, with its proof and the state there.
    pub(super) stable: (CheckpointProof, Rc<Image>),
    /// Proof of the last stable one, whose state may still be lacking: the low watermark.
    pub(super) proved: CheckpointProof,
    /// Its own later ones, oldest first.
    own: Vec<Rc<Image>>,
    votes: LiteMap<u64, Ballots>,
    /// Beyond the window, the last vote of each replica.
    beyond: LiteMap<NodeId, (u64, u64)>,
}

impl Checkpoints {
    pub(super) fn new(stable: Rc<Image>) -> Self {
        Self {
            stable: (CheckpointProof::default(), stable),
            proved: CheckpointProof::default(),
            own: Vec::new(),
            votes: LiteMap::new(),
            beyond: LiteMap::new(),
        }
    }

    /// The same stable checkpoint, and nothing besides.
    pub(super) fn stable_only(&self) -> Self {
        Self {
            stable: self.stable.clone(),
            proved: self.stable.0.clone(),
            ..Self::new(self.stable.1.clone())
        }
    }

    /// What a disk keeps: the stable checkpoint and its own later ones up to `executed`, which
    /// `replica` still vouches for.
    pub(super) fn keeping_own(&self, executed: u64, replica: Stamp) -> Self {
        let mut kept = self.stable_only();
        kept.proved = self.proved.clone();
        for image in self.own.iter().filter(|image| image.sequence <= executed) {
            let votes = kept.votes.entry(image.sequence).or_default();
            votes.add(image.digest(), replica);
            kept.own.push(image.clone());
        }
        kept
    }

    /// Whether `weak` replicas vouch for one state beyond `executed`.
    pub(super) fn vouched_beyond(&self, executed: u64, weak: u32) -> bool {
        let near = self.votes.iter().filter(|(at, _)| **at > executed);
        let mut ballots = near.flat_map(|(_, ballots)| ballots.all());
        ballots.any(|(_, voters)| voters.count() >= weak)
            || self.beyond.values().any(|vote| {
                vote.0 > executed
                    && self.beyond.values().filter(|other| *other == vote).count() >= weak as usize
            })
    }

    /// What a stable checkpoint makes needless goes.
    fn settle(&mut self, proof: CheckpointProof) {
        let sequence = proof.sequence();
        self.own.retain(|image| image.sequence > sequence);
        self.votes.retain(|at, _| *at > sequence);
        self.beyond.retain(|_, vote| vote.0 > sequence);
        self.proved = proof;
    }
}

impl Replica {
    /// After executing a multiple of K: states the digest of the state.
    pub(super) fn take_checkpoint(&mut self, out: &mut Out<Pbft>) {
        let sequence = self.executed;
        if !sequence.is_multiple_of(self.seat.settings.checkpoint_interval) {
            return;
        }
        let image = Image {
            sequence,
            state: self.state,
            records: self.records.clone(),
        };
        let digest = image.digest();
        self.checkpoints.own.push(Rc::new(image));
        out.because(rules::CHECKPOINT, self.label(sequence, digest));
        out.multicast(Msg::Checkpoint { sequence, digest });
        let own = self.seat.stamp();
        self.checkpoints
            .votes
            .entry(sequence)
            .or_default()
            .add(digest, own);
        self.try_stable(sequence, digest, out);
    }

    /// States its checkpoints that are not stable yet once more: the first time may be lost, and
    /// a full window would then stop the service for ever.
    pub(super) fn restate_checkpoints(&self, out: &mut Out<Pbft>) {
        for image in &self.checkpoints.own {
            let (sequence, digest) = (image.sequence, image.digest());
            out.because(rules::CHECKPOINT, self.label(sequence, digest));
            out.multicast(Msg::Checkpoint { sequence, digest });
        }
    }

    pub(super) fn on_checkpoint(
        &mut self,
        from: Stamp,
        sequence: u64,
        digest: u64,
        out: &mut Out<Pbft>,
    ) {
        let interval = self.seat.settings.checkpoint_interval;
        if sequence <= self.log.low()
            || !sequence.is_multiple_of(interval)
            || !self.is_replica(from.sender())
        {
            return;
        }
        if sequence > self.log.horizon() {
            let vote = self.checkpoints.beyond.entry(from.sender()).or_default();
            *vote = (*vote).max((sequence, digest));
        } else {
            self.checkpoints
                .votes
                .entry(sequence)
                .or_default()
                .add(digest, from);
            self.try_stable(sequence, digest, out);
        }
        if sequence > self.executed + interval {
            self.watch(out);
        }
    }

    /// Stable: Q matching CHECKPOINTs for a state that this replica has itself.
    fn try_stable(&mut self, sequence: u64, digest: u64, out: &mut Out<Pbft>) {
        let Some(voters) = self
            .checkpoints
            .votes
            .get(&sequence)
            .and_then(|v| v.of(digest))
        else {
            return;
        };
        if voters.count() < self.quorum() {
            return;
        }
        let proof = CheckpointProof::new(sequence, digest, voters);
        if self.executed < sequence {
            self.watch(out);
            return;
        }
        let mine = self
            .checkpoints
            .own
            .iter()
            .find(|image| image.sequence == sequence);
        if let Some(image) = mine.filter(|image| image.digest() == digest).cloned() {
            self.make_stable(proof, image, out);
        }
    }

    /// Moves the window to a stable checkpoint.
    pub(super) fn make_stable(
        &mut self,
        proof: CheckpointProof,
        image: Rc<Image>,
        out: &mut Out<Pbft>,
    ) {
        self.checkpoints.stable = (proof.clone(), image);
        self.journal.clear();
        self.move_window(proof, out);
    }

    /// Discards the log up to a stable checkpoint, whose state may still be lacking: who enters a
    /// view takes part in it at once, and catches up meanwhile (section 4.4).
    pub(super) fn move_window(&mut self, proof: CheckpointProof, out: &mut Out<Pbft>) {
        if proof.sequence() <= self.log.low() {
            return;
        }
        out.because(rules::STABLE, self.label(proof.sequence(), proof.digest()));
        self.log.collect_garbage(proof.sequence());
        self.next = self.next.max(proof.sequence() + 1);
        self.checkpoints.settle(proof);
        self.moved = true;
        self.propose_waiting(out);
    }

    /// Its own state at a checkpoint that others proved, if it has it.
    pub(super) fn own_image(&self, proof: &CheckpointProof) -> Option<Rc<Image>> {
        let own = &self.checkpoints.own;
        let found = own
            .iter()
            .find(|image| image.sequence == proof.sequence())?;
        (found.digest() == proof.digest()).then(|| found.clone())
    }
}

#[cfg(test)]
mod tests;
