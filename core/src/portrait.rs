//! What observers see of a node: a sketch of every one at once, a portrait of each in full.
//!
//! Both speak of rounds, slots and stages; what a system calls them stands in
//! its [`Spec`](crate::spec::Spec).

use crate::protocol::{NodeId, Op};
use crate::time::Span;
use serde::Serialize;

/// What a screen shows of every node at once; cheap to make.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Sketch {
    /// Whether it leads at present.
    pub leads: bool,
    /// What it is doing, in the system's word for it, such as `prepared`; `idle` if nothing.
    pub phase: &'static str,
    /// The round it is in, or moving to; 0 where there are none.
    pub round: u32,
    /// The slot it is working on; 0 when idle.
    pub slot: u64,
    /// The matching votes it holds for the next step, and how many it takes; none where it needs none.
    pub votes: Option<(u32, u32)>,
    /// The last slot that it is done with; for one that asks, its operations answered.
    pub done: u64,
    /// The digest of its state: equal states, equal digests.
    pub state: u64,
    /// Whether it knows that it lacks something that others have.
    pub behind: bool,
    /// Whom it takes for the leader, if there is one.
    pub leader: Option<NodeId>,
    /// Whom it takes for faulty at present, if anyone: it waits for another in that node's place.
    pub suspects: Option<NodeId>,
    /// How much waits at it: work that has not begun; for one that asks, operations without an end.
    pub waiting: u32,
    /// The work that waits at it or is under way there, at the usual speed.
    pub work: Span,
}

/// All that an observer may see of one node.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Portrait {
    /// The short form.
    pub sketch: Sketch,
    /// Its log by slot, oldest first.
    pub log: Vec<Cell>,
    /// Operations it waits for, by name.
    pub waiting: Vec<String>,
    /// Anything else, as name and value, in reading order.
    pub facts: Vec<(&'static str, String)>,
}

impl Portrait {
    /// The value of the fact of this name.
    #[must_use]
    pub fn fact(&self, name: &str) -> Option<&str> {
        let found = self.facts.iter().find(|(fact, _)| *fact == name);
        found.map(|(_, value)| value.as_str())
    }
}

/// One slot at one node.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Cell {
    /// The slot.
    pub slot: u64,
    /// What the slot is called, where its number says too little: a file, a key.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The round of what it accepted there.
    pub round: u32,
    /// How far it is: an index into [`Spec::stages`](crate::spec::Spec::stages); none while it accepted nothing.
    pub stage: Option<u8>,
    /// Digest of what it accepted, if it did.
    pub digest: Option<u64>,
    /// The value by name; `None` while it accepted nothing, `null` for a value without operations.
    pub value: Option<String>,
    /// Votes by row, such as `prepare` and `commit`: who, and for which digest.
    pub votes: Vec<(&'static str, Vec<(NodeId, u64)>)>,
}

/// The name of a value: its operations, or `null`.
#[must_use]
pub fn value_name(ops: &[Op]) -> String {
    if ops.is_empty() {
        return "null".into();
    }
    let names: Vec<String> = ops.iter().map(ToString::to_string).collect();
    names.join(",")
}
