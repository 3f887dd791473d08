//! The scenario document: all that decides a run.
//!
//! | field | means | left out |
//! |---|---|---|
//! | `version` | of the document: 1 | 1 |
//! | `protocol` | its name | `pbft` |
//! | `nodes` | how many replicas, 1 to 1024; they are nodes 0 to n-1 | 4 |
//! | `clients` | how many clients, 0 to 64; they come after the replicas | 1 |
//! | `seed` | what all chance is drawn from, 0 to 2^53-1 | 1 |
//! | `quorum` | the votes that decide, 1 to n, in place of those of theory | `null` |
//! | `latency` | how long messages take: see `latency/document.rs` | uniform, 20 to 60 ms |
//! | `workload.requests` | how many requests each client makes, up to 1000000 | 5 |
//! | `workload.gap_ms` | pause between an answer and the next request | 400 |
//! | `workload.reads_per_mille` | how many of a thousand requests only read | 0 |
//! | `settings.view_timeout_ms` | how long a backup waits for a request to execute | 500 |
//! | `settings.client_timeout_ms` | how long a client waits before it sends to all | 1000 |
//! | `settings.checkpoint_interval` | a checkpoint every so many sequence numbers (K) | 10 |
//! | `settings.window` | how far the high watermark lies above the low one, at least K | 2K |
//! | `settings.batch` | how many requests may go under one sequence number | 1 |
//! | `settings.tentative` | execute when prepared, before commit | `false` |
//! | `settings.read_only` | answer reads at once | `false` |
//! | `script` | what is done to the run: see `faults/` | nothing |
//! | `script[].at_ms` | when it is done | 0 |
//! | `script[].do` | what is done; its own fields stand beside it | |
//! | `script[].until_ms` | when it ends, if it is something that lasts | never |
//! | `until_ms` | when the run ends at the latest | 20000 |
//!
//! Times are milliseconds with up to three decimals. Anything else is refused.
//! A reader of a later version reads this one for ever.

use crate::fault::Order;
use crate::json;
use crate::latency::{self, Latency};
use crate::problem::Problem;
use crate::protocol::{NodeId, Settings};
use crate::quorum::Quorums;
use crate::time::{Span, Time};
use serde_json::Value;
use std::collections::BTreeSet;

mod knob;
mod order;
mod read;
mod write;

pub use order::{order_from_value, order_to_value};

/// The version of the document that is written.
pub const VERSION: i64 = 1;

/// A scenario, checked and with its defaults filled in.
#[derive(Clone, Debug, PartialEq)]
pub struct Scenario {
    /// The protocol's name.
    pub protocol: &'static str,
    /// How many replicas, from 1.
    pub nodes: u16,
    /// How many clients.
    pub clients: u16,
    /// What all chance is drawn from; at most 2^53 - 1, so that every reader of JSON keeps it.
    pub seed: u64,
    /// The votes that decide, if not those of theory.
    pub quorum: Option<u32>,
    /// How long messages take.
    pub latency: Latency,
    /// What each client asks for.
    pub workload: Workload,
    /// The protocol's settings.
    pub settings: Settings,
    /// What is done to the run, in the order in which it was written.
    pub script: Vec<Order>,
    /// When the run ends at the latest.
    pub until: Time,
}

/// What each client asks for: a closed loop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Workload {
    /// How many requests each client makes.
    pub requests: u32,
    /// The pause between an answer and the next request.
    pub gap: Span,
    /// How many of a thousand requests only read.
    pub reads_per_mille: u32,
}

impl Default for Workload {
    fn default() -> Self {
        Self {
            requests: 5,
            gap: Span::from_ms(400),
            reads_per_mille: 0,
        }
    }
}

impl Default for Scenario {
    fn default() -> Self {
        Self {
            protocol: "pbft",
            nodes: 4,
            clients: 1,
            seed: 1,
            quorum: None,
            latency: Latency::default(),
            workload: Workload::default(),
            settings: Settings::default(),
            script: Vec::new(),
            until: Time::ZERO + Span::from_ms(20_000),
        }
    }
}

impl Scenario {
    /// Reads a document.
    ///
    /// # Errors
    /// Refuses what is not JSON or not a scenario, and names the field.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        Self::from_value(&json::parse(text)?)
    }

    /// Reads a document that is JSON already.
    ///
    /// # Errors
    /// Refuses what is not a scenario, and names the field.
    pub fn from_value(document: &Value) -> Result<Self, Problem> {
        read::scenario(document)
    }

    /// The document with its defaults filled in, as reports print it.
    #[must_use]
    pub fn to_value(&self) -> Value {
        write::scenario(self, false)
    }

    /// The document with its defaults left out: equal scenarios, equal text.
    #[must_use]
    pub fn canonical(&self) -> Value {
        write::scenario(self, true)
    }

    /// The vote counts in force.
    #[must_use]
    pub fn quorums(&self) -> Quorums {
        Quorums::of(self.nodes.into()).overridden(self.quorum)
    }

    /// The replicas that the script turns into traitors, each once.
    #[must_use]
    pub fn traitors(&self) -> BTreeSet<NodeId> {
        let corrupted = |order: &Order| order.args.name("behaviour").and(order.args.node("node"));
        self.script.iter().filter_map(corrupted).collect()
    }

    /// How many nodes there are, clients included.
    #[must_use]
    pub fn total_nodes(&self) -> u16 {
        self.nodes + self.clients
    }
}

#[cfg(test)]
mod tests;
