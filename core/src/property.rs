//! The promises of a protocol, held against what its honest nodes do.

use crate::protocol::NodeId;
use crate::quorum::Quorums;
use crate::time::Time;

/// How a promise was broken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Witness {
    /// When it broke.
    pub at: Time,
    /// The nodes that show it.
    pub nodes: Vec<NodeId>,
    /// The sequence number concerned.
    pub sequence: u64,
    /// The values that should have been one, by name.
    pub values: Vec<String>,
    /// What happened, in a sentence.
    pub says: String,
}

/// A promise and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Promise {
    /// Its name, such as `agreement`.
    pub name: &'static str,
    /// What it promises, in a sentence.
    pub says: &'static str,
    /// Paper and section.
    pub source: &'static str,
    /// What broke it, the first first; at most a few are kept.
    pub witnesses: Vec<Witness>,
}

impl Promise {
    /// Whether nothing broke it so far.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.witnesses.is_empty()
    }

    /// Whether theory gives this promise with so many replicas that lie or forget.
    ///
    /// What a replica sees to by itself holds among any number of them. Progress
    /// also asks that a quorum answers, which is for the caller to know.
    #[must_use]
    pub fn given_with(&self, quorums: Quorums, traitors: u32) -> bool {
        match self.name {
            "validity" | "exactly-once" | "order" => true,
            "committed-local" => quorums.keeps_with(traitors),
            "answer" => quorums.vouches_with(traitors),
            _ => quorums.safe_with(traitors),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn theory_takes_its_promises_back_one_by_one() {
        let given = |name, n, traitors| {
            let promise = Promise {
                name,
                says: "",
                source: "",
                witnesses: Vec::new(),
            };
            promise.given_with(Quorums::of(n), traitors)
        };
        for name in [
            "agreement",
            "prepared-uniqueness",
            "committed-local",
            "answer",
        ] {
            assert!(given(name, 4, 1) && !given(name, 4, 2), "{name}");
        }
        for name in ["validity", "exactly-once", "order"] {
            assert!(given(name, 4, 4), "{name}");
        }
        // Two of five cannot split it, but two equal answers are all that a client asks for.
        assert!(given("agreement", 5, 2) && !given("answer", 5, 2));
        assert!(!given("agreement", 6, 2) && given("committed-local", 6, 2));
    }
}
