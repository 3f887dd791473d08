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
