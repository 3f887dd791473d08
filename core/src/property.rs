//! The promises of a protocol, held against what its honest nodes do.

use crate::protocol::NodeId;
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
}
