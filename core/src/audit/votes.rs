//! Prepared certificates are unique, and committed means prepared at f+1.

use super::{Break, COMMITTED, PREPARED};
use crate::property::Witness;
use crate::protocol::{Label, NodeId, Stamp, Voters};
use crate::quorum::Quorums;
use crate::time::Time;
use std::collections::BTreeMap;

/// So many (sequence, view) pairs are remembered; what is older is judged no more.
const MEMORY: usize = 4096;

#[derive(Clone, Debug)]
pub(super) struct Votes {
    quorums: Quorums,
    prepared: BTreeMap<(u64, u32), Vec<(u64, Voters)>>,
    /// Sequence numbers up to here are forgotten.
    floor: u64,
}

impl Votes {
    pub(super) fn new(quorums: Quorums) -> Self {
        Self {
            quorums,
            prepared: BTreeMap::new(),
            floor: 0,
        }
    }

    /// A replica holds a prepared certificate.
    pub(super) fn prepared(&mut self, now: Time, node: NodeId, label: Label) -> Option<Break> {
        if label.sequence <= self.floor {
            return None;
        }
        let key = (label.sequence, label.view);
        let ballots = self.prepared.entry(key).or_default();
        let other = ballots.iter().find(|(digest, _)| *digest != label.digest);
        let witness = other.and_then(|(digest, voters)| {
            let rival = voters.iter().find(|&rival| rival != node)?;
            Some(Witness {
                at: now,
                nodes: vec![rival, node],
                sequence: label.sequence,
                values: vec![format!("{digest:016x}"), format!("{:016x}", label.digest)],
                says: format!(
                    "replicas {rival} and {node} prepared different values at view {}, sequence {}",
                    label.view, label.sequence
                ),
            })
        });
        let stamp = Stamp::new(node);
        match ballots.iter_mut().find(|(d, _)| *d == label.digest) {
            Some((_, voters)) => {
                voters.insert(stamp);
            }
            None => {
                let mut voters = Voters::default();
                voters.insert(stamp);
                ballots.push((label.digest, voters));
            }
        }
        self.forget_old();
        witness.map(|witness| (PREPARED, witness))
    }

    /// A replica holds a committed certificate.
    pub(super) fn committed(
        &self,
        now: Time,
        node: NodeId,
        label: Label,
        honest: &[bool],
    ) -> Option<Break> {
        if label.sequence <= self.floor {
            return None;
        }
        let ballots = self.prepared.get(&(label.sequence, label.view));
        let same = ballots.and_then(|b| b.iter().find(|(d, _)| *d == label.digest));
        let count = same.map_or(0, |(_, voters)| {
            let honest = voters.iter().filter(|id| honest[id.index()]);
            honest.take(self.quorums.weak() as usize).count() as u32
        });
        (count < self.quorums.weak()).then(|| {
            let others = if count == 1 { "replica has" } else { "replicas have" };
            let says = format!(
                "replica {node} committed view {}, sequence {}, which only {count} honest {others} prepared",
                label.view, label.sequence
            );
            let witness = Witness {
                at: now,
                nodes: vec![node],
                sequence: label.sequence,
                values: vec![format!("{:016x}", label.digest)],
                says,
            };
            (COMMITTED, witness)
        })
    }

    fn forget_old(&mut self) {
        while self.prepared.len() > MEMORY
            && let Some(((sequence, _), _)) = self.prepared.pop_first()
        {
            self.floor = sequence;
        }
    }
}
