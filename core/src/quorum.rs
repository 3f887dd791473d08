//! The only place where a quorum is computed.
//!
//! f is the number of faults that n replicas tolerate (Castro & Liskov, OSDI
//! 1999, section 3: n = 3f + 1 is the least n for f). For an n in between, a
//! quorum must be large enough that two of them share f + 1 replicas, and so an
//! honest one: Q = ceil((n + f + 1) / 2). Only where n = 3f + 1 is that 2f + 1.

/// How many nodes answer a write and how many a read, of those that keep a copy.
///
/// A read sees the last write for certain where the two groups share a node: r + w > n
/// (Gifford, *Weighted voting for replicated data*, SOSP 1979).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReadWrite {
    /// How many nodes keep a copy.
    pub n: u32,
    /// How many must answer a read.
    pub read: u32,
    /// How many must confirm a write.
    pub write: u32,
}

impl ReadWrite {
    /// Groups of `read` and `write` among `n`; each at least 1 and at most `n`.
    #[must_use]
    pub fn of(n: u32, read: u32, write: u32) -> Self {
        Self {
            n,
            read: read.clamp(1, n),
            write: write.clamp(1, n),
        }
    }

    /// Whether each read shares a node with each write.
    #[must_use]
    pub const fn reads_see_writes(self) -> bool {
        self.read + self.write > self.n
    }

    /// Whether any two writes share a node, so that one of them is known to be later.
    #[must_use]
    pub const fn writes_are_ordered(self) -> bool {
        2 * self.write > self.n
    }
}

/// The vote counts that a cluster is configured with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quorums {
    /// How many replicas there are.
    pub n: u32,
    /// How many arbitrary faults n replicas tolerate by design.
    pub f: u32,
    /// How many matching votes decide.
    pub quorum: u32,
}

impl Quorums {
    /// For replicas of which some may lie: the quorums that theory asks of `n`, at least 1.
    #[must_use]
    pub const fn byzantine(n: u32) -> Self {
        let f = n.saturating_sub(1) / 3;
        Self {
            n,
            f,
            quorum: (n + f + 2) / 2,
        }
    }

    /// For nodes that may stop but do not lie: a majority of `n`, at least 1.
    ///
    /// f = ceil(n / 2) - 1 of them may be down (Lamport, *The part-time parliament*,
    /// TOCS 1998; Ongaro & Ousterhout, USENIX ATC 2014, section 5.1).
    #[must_use]
    pub const fn majority(n: u32) -> Self {
        Self {
            n,
            f: n.saturating_sub(1) / 2,
            quorum: n / 2 + 1,
        }
    }

    /// Where nothing is decided by counting: all of `n` nodes.
    #[must_use]
    pub const fn unanimous(n: u32) -> Self {
        Self { n, f: 0, quorum: n }
    }

    /// The same cluster, misconfigured to decide at `quorum` votes.
    #[must_use]
    pub const fn overridden(self, quorum: Option<u32>) -> Self {
        match quorum {
            Some(quorum) => Self { quorum, ..self },
            None => self,
        }
    }

    /// The smallest set that holds an honest replica, if at most f are not: f + 1.
    #[must_use]
    pub const fn weak(self) -> u32 {
        self.f + 1
    }

    /// The PREPAREs from backups that go with a pre-prepare: Q - 1 (section 4.2).
    #[must_use]
    pub const fn prepares(self) -> u32 {
        self.quorum.saturating_sub(1)
    }

    /// How many replicas two quorums share at least; negative means they may be apart.
    #[must_use]
    pub const fn overlap(self) -> i64 {
        2 * self.quorum as i64 - self.n as i64
    }

    /// Whether agreement is guaranteed with `traitors` Byzantine replicas.
    ///
    /// Two quorums must share more replicas than can lie.
    #[must_use]
    pub const fn safe_with(self, traitors: u32) -> bool {
        self.overlap() > traitors as i64
    }

    /// Whether f + 1 replicas that say the same are guaranteed to have an honest one among them.
    #[must_use]
    pub const fn vouches_with(self, traitors: u32) -> bool {
        self.weak() > traitors
    }

    /// Whether a quorum is guaranteed to hold f + 1 honest replicas.
    #[must_use]
    pub const fn keeps_with(self, traitors: u32) -> bool {
        self.quorum as i64 - traitors as i64 >= self.weak() as i64
    }

    /// Whether `responsive` replicas that follow the protocol can decide on their own.
    #[must_use]
    pub const fn live_with(self, responsive: u32) -> bool {
        responsive >= self.quorum
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quorums_of_small_clusters() {
        let table = [
            (1, 0, 1),
            (2, 0, 2),
            (3, 0, 2),
            (4, 1, 3),
            (5, 1, 4),
            (6, 1, 4),
            (7, 2, 5),
            (10, 3, 7),
            (31, 10, 21),
            (100, 33, 67),
        ];
        for (n, f, quorum) in table {
            assert_eq!(Quorums::byzantine(n), Quorums { n, f, quorum });
        }
    }

    #[test]
    fn two_majorities_share_a_node_and_the_rest_may_stop() {
        for (n, f, quorum) in [
            (1, 0, 1),
            (2, 0, 2),
            (3, 1, 2),
            (4, 1, 3),
            (5, 2, 3),
            (7, 3, 4),
        ] {
            assert_eq!(Quorums::majority(n), Quorums { n, f, quorum });
        }
        for n in 1..200 {
            let q = Quorums::majority(n);
            assert!(q.overlap() > 0 && q.live_with(n - q.f), "n = {n}");
            assert!(!q.live_with(n - q.f - 1), "n = {n}");
        }
    }

    #[test]
    fn reads_see_writes_where_their_groups_meet() {
        assert!(ReadWrite::of(3, 2, 2).reads_see_writes());
        assert!(ReadWrite::of(3, 1, 3).reads_see_writes());
        assert!(!ReadWrite::of(3, 1, 2).reads_see_writes());
        assert!(ReadWrite::of(3, 2, 2).writes_are_ordered());
        assert!(!ReadWrite::of(4, 3, 2).writes_are_ordered());
        assert_eq!(
            ReadWrite::of(3, 9, 0),
            ReadWrite {
                n: 3,
                read: 3,
                write: 1
            }
        );
    }

    #[test]
    fn two_quorums_share_an_honest_replica_and_the_honest_can_form_one() {
        for n in 1..2000 {
            let q = Quorums::byzantine(n);
            assert!(q.safe_with(q.f), "n = {n}");
            assert!(q.live_with(n - q.f), "n = {n}");
            assert!(q.overridden(Some(q.quorum - 1)).overlap() <= i64::from(q.f));
        }
    }

    #[test]
    fn a_cluster_can_decide_while_a_quorum_responds() {
        for n in 1..100 {
            let q = Quorums::byzantine(n);
            assert!(q.live_with(q.quorum), "n = {n}");
            assert!(!q.live_with(q.quorum - 1), "n = {n}");
        }
    }

    #[test]
    fn a_quorum_keeps_f_plus_1_honest_ones_as_long_as_f_lie() {
        let seven = Quorums::byzantine(7);
        assert!(seven.keeps_with(0) && seven.keeps_with(2));
        assert!(!seven.keeps_with(3) && !seven.keeps_with(7));
        assert!(seven.vouches_with(2) && !seven.vouches_with(3));
    }

    #[test]
    fn misconfigured_quorums_are_not_safe() {
        assert!(!Quorums::byzantine(5).overridden(Some(3)).safe_with(1));
        assert!(!Quorums::byzantine(6).overridden(Some(3)).safe_with(0));
        assert!(!Quorums::byzantine(3).safe_with(1));
        assert!(!Quorums::byzantine(4).safe_with(2));
    }
}
