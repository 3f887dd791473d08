//! The only place where a quorum is computed.
//!
//! f is the number of faults that n replicas tolerate (Castro & Liskov, OSDI
//! 1999, section 3: n = 3f + 1 is the least n for f). For an n in between, a
//! quorum must be large enough that two of them share f + 1 replicas, and so an
//! honest one: Q = ceil((n + f + 1) / 2). Only where n = 3f + 1 is that 2f + 1.

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
    /// The quorums that theory asks of `n` replicas, `n` at least 1.
    #[must_use]
    pub const fn of(n: u32) -> Self {
        let f = n.saturating_sub(1) / 3;
        Self {
            n,
            f,
            quorum: (n + f + 2) / 2,
        }
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
            assert_eq!(Quorums::of(n), Quorums { n, f, quorum });
        }
    }

    #[test]
    fn two_quorums_share_an_honest_replica_and_the_honest_can_form_one() {
        for n in 1..2000 {
            let q = Quorums::of(n);
            assert!(q.safe_with(q.f), "n = {n}");
            assert!(q.live_with(n - q.f), "n = {n}");
            assert!(q.overridden(Some(q.quorum - 1)).overlap() <= i64::from(q.f));
        }
    }

    #[test]
    fn a_cluster_can_decide_while_a_quorum_responds() {
        for n in 1..100 {
            let q = Quorums::of(n);
            assert!(q.live_with(q.quorum), "n = {n}");
            assert!(!q.live_with(q.quorum - 1), "n = {n}");
        }
    }

    #[test]
    fn a_quorum_keeps_f_plus_1_honest_ones_as_long_as_f_lie() {
        let seven = Quorums::of(7);
        assert!(seven.keeps_with(0) && seven.keeps_with(2));
        assert!(!seven.keeps_with(3) && !seven.keeps_with(7));
        assert!(seven.vouches_with(2) && !seven.vouches_with(3));
    }

    #[test]
    fn misconfigured_quorums_are_not_safe() {
        assert!(!Quorums::of(5).overridden(Some(3)).safe_with(1));
        assert!(!Quorums::of(6).overridden(Some(3)).safe_with(0));
        assert!(!Quorums::of(3).safe_with(1));
        assert!(!Quorums::of(4).safe_with(2));
    }
}
