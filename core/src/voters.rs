//! Sets of replicas that said the same thing: bit sets that only stamps can fill.

use crate::protocol::{NodeId, Stamp};

/// Who voted. One word holds the first 64 replicas; more are kept aside.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Voters {
    first: u64,
    rest: Vec<u64>,
    count: u32,
}

impl Voters {
    /// Counts a vote; false if this replica has voted already.
    pub fn insert(&mut self, who: Stamp) -> bool {
        let index = who.sender().index();
        let word = self.word_mut(index / 64);
        let bit = 1u64 << (index % 64);
        let new = *word & bit == 0;
        *word |= bit;
        self.count += u32::from(new);
        new
    }

    fn word_mut(&mut self, word: usize) -> &mut u64 {
        if word == 0 {
            return &mut self.first;
        }
        if self.rest.len() < word {
            self.rest.resize(word, 0);
        }
        &mut self.rest[word - 1]
    }

    /// How many different replicas voted.
    #[must_use]
    pub const fn count(&self) -> u32 {
        self.count
    }

    /// Whether `who` is among them.
    #[must_use]
    pub fn contains(&self, who: NodeId) -> bool {
        let (word, bit) = (who.index() / 64, 1u64 << (who.index() % 64));
        let bits = match word {
            0 => self.first,
            _ => self.rest.get(word - 1).copied().unwrap_or(0),
        };
        bits & bit != 0
    }

    /// Forgets all votes and keeps the room.
    pub fn clear(&mut self) {
        self.first = 0;
        self.count = 0;
        self.rest.fill(0);
    }

    /// The voters, lowest first.
    pub fn iter(&self) -> impl Iterator<Item = NodeId> + '_ {
        std::iter::once(&self.first)
            .chain(&self.rest)
            .enumerate()
            .flat_map(|(word, &bits)| {
                (0..64)
                    .filter(move |bit| bits >> bit & 1 == 1)
                    .map(move |bit| NodeId((word * 64 + bit) as u16))
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_replica_counts_once() {
        let mut voters = Voters::default();
        for id in [3, 64, 3, 999, 64] {
            voters.insert(Stamp::new(NodeId(id)));
        }
        assert_eq!(voters.count(), 3);
        assert_eq!(
            voters.iter().collect::<Vec<_>>(),
            [NodeId(3), NodeId(64), NodeId(999)]
        );
        assert!(voters.contains(NodeId(999)) && !voters.contains(NodeId(998)));
        voters.clear();
        assert_eq!(voters.count(), 0);
        assert!(voters.iter().next().is_none());
    }
}
