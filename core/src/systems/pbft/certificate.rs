//! Certificates: proofs made of stamped votes, which no one can make up.

use super::message::{Batch, digest, hex};
use super::replica::primary;
use crate::protocol::{Label, Voters, value_name};
use crate::quorum::Quorums;
use serde_json::{Value, json};

/// Proof that a proposal was prepared: Q - 1 PREPAREs from backups (section 4.2).
#[derive(Clone, Debug)]
pub struct Prepared {
    label: Label,
    batch: Batch,
    voters: Voters,
}

impl Prepared {
    /// The certificate of a replica's own log.
    pub(super) fn new(label: Label, batch: Batch, voters: &Voters) -> Self {
        Self {
            label,
            batch,
            voters: voters.clone(),
        }
    }

    /// View, sequence number and digest.
    pub(super) const fn label(&self) -> Label {
        self.label
    }

    /// What was prepared.
    pub(super) fn batch(&self) -> &Batch {
        &self.batch
    }

    /// Whether it proves what it says: enough backups, none of them the primary.
    pub(super) fn valid(&self, quorums: Quorums) -> bool {
        self.voters.count() >= quorums.prepares()
            && !self.voters.contains(primary(self.label.view, quorums.n))
            && digest(&self.batch) == self.label.digest
    }

    pub(super) fn describe(&self) -> Value {
        describe(self.label, &self.batch, &self.voters)
    }
}

/// Proof that a proposal was committed: Q COMMITs.
#[derive(Clone, Debug)]
pub struct Committed {
    label: Label,
    batch: Batch,
    voters: Voters,
}

impl Committed {
    pub(super) fn new(label: Label, batch: Batch, voters: &Voters) -> Self {
        Self {
            label,
            batch,
            voters: voters.clone(),
        }
    }

    pub(super) const fn label(&self) -> Label {
        self.label
    }

    pub(super) fn batch(&self) -> &Batch {
        &self.batch
    }

    /// Whether it proves what it says.
    pub(super) fn valid(&self, quorums: Quorums) -> bool {
        self.voters.count() >= quorums.quorum && digest(&self.batch) == self.label.digest
    }

    pub(super) fn describe(&self) -> Value {
        describe(self.label, &self.batch, &self.voters)
    }
}

/// Proof that a checkpoint is stable: Q CHECKPOINTs. The first, at 0, needs none.
#[derive(Clone, Debug, Default)]
pub struct CheckpointProof {
    sequence: u64,
    digest: u64,
    voters: Voters,
}

impl CheckpointProof {
    pub(super) fn new(sequence: u64, digest: u64, voters: &Voters) -> Self {
        Self {
            sequence,
            digest,
            voters: voters.clone(),
        }
    }

    /// The sequence number of the checkpoint.
    #[must_use]
    pub const fn sequence(&self) -> u64 {
        self.sequence
    }

    /// The digest of the state there.
    #[must_use]
    pub const fn digest(&self) -> u64 {
        self.digest
    }

    pub(super) const fn valid(&self, quorums: Quorums) -> bool {
        self.sequence == 0 || self.voters.count() >= quorums.quorum
    }

    pub(super) fn describe(&self) -> Value {
        json!({ "sequence": self.sequence, "state": hex(self.digest),
            "voters": self.voters.iter().collect::<Vec<_>>() })
    }
}

fn describe(label: Label, batch: &Batch, voters: &Voters) -> Value {
    json!({ "view": label.view, "sequence": label.sequence, "digest": hex(label.digest),
        "value": value_name(batch), "voters": voters.iter().collect::<Vec<_>>() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::{NodeId, Op, Stamp};
    use std::rc::Rc;

    const FOUR: Quorums = Quorums::byzantine(4);

    fn voters(ids: &[u16]) -> Voters {
        let mut voters = Voters::default();
        for id in ids {
            voters.insert(Stamp::new(NodeId(*id)));
        }
        voters
    }

    fn batch() -> Batch {
        let op = Op::plain(NodeId(4), 1, false);
        Rc::new([op])
    }

    fn label() -> Label {
        Label {
            view: 1,
            sequence: 3,
            digest: digest(&batch()),
        }
    }

    fn mislabelled() -> Label {
        Label {
            digest: 7,
            ..label()
        }
    }

    #[test]
    fn a_prepared_certificate_needs_q_minus_1_backups_and_the_batch_of_its_digest() {
        let valid = |label, ids: &[u16]| Prepared::new(label, batch(), &voters(ids)).valid(FOUR);
        assert!(valid(label(), &[2, 3]));
        assert!(!valid(label(), &[2]), "one vote is too few");
        assert!(
            !valid(label(), &[1, 2, 3]),
            "the primary of view 1 sends no PREPARE"
        );
        assert!(!valid(mislabelled(), &[2, 3]), "another batch");
    }

    #[test]
    fn a_committed_certificate_needs_q_votes_and_the_batch_of_its_digest() {
        let valid = |label, ids: &[u16]| Committed::new(label, batch(), &voters(ids)).valid(FOUR);
        assert!(valid(label(), &[0, 1, 2]));
        assert!(!valid(label(), &[0, 1]), "two votes are too few");
        assert!(!valid(mislabelled(), &[0, 1, 2]), "another batch");
    }

    #[test]
    fn a_checkpoint_needs_q_votes_but_the_first() {
        let valid = |at, ids: &[u16]| CheckpointProof::new(at, 7, &voters(ids)).valid(FOUR);
        assert!(valid(0, &[]));
        assert!(valid(10, &[1, 2, 3]));
        assert!(!valid(10, &[1, 2]));
    }

    #[test]
    fn a_certificate_shows_who_voted_for_what() {
        let shown = Prepared::new(label(), batch(), &voters(&[2, 3])).describe();
        assert_eq!(shown["value"], "c4#1");
        assert_eq!(shown["voters"], json!([2, 3]));
        let shown = Committed::new(label(), batch(), &voters(&[0, 1, 2])).describe();
        assert_eq!(shown["sequence"], 3);
        let shown = CheckpointProof::new(10, 7, &voters(&[1, 2, 3])).describe();
        assert_eq!(shown["voters"], json!([1, 2, 3]));
    }
}
