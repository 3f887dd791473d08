//! The scenario document: all that decides a run.
//!
//! | field | means | left out |
//! |---|---|---|
//! | `version` | of the document: 1 | 1 |
//! | `protocol` | the system's name | `pbft` |
//! | `cast` | how many nodes play each role, by the role's plural; numbered in the order of the roles | as the system says |
//! | `nodes` | short for the one role that serves, where there is but one: pBFT's replicas, 1 to 1024 | 4 |
//! | `clients` | short for the clients, 0 to 64; they come after all others | 1 |
//! | `seed` | what all chance is drawn from, 0 to 2^53-1 | 1 |
//! | `quorum` | the votes that decide, 1 to n, in place of those of theory; a setting, for systems that have it | `null` |
//! | `latency` | how long messages take: see `latency/document.rs` | uniform, 20 to 60 ms |
//! | `workload` | what is asked: those knobs of `workload.rs` that the system takes | as the knobs say |
//! | `settings` | what may be set about the system: its knobs, which `quorumscope describe` prints | as the knobs say |
//! | `script` | what is done to the run: see `faults/` | nothing |
//! | `script[].at_ms` | when it is done | 0 |
//! | `script[].do` | what is done; its own fields stand beside it | |
//! | `script[].until_ms` | when it ends, if it is something that lasts | never |
//! | `until_ms` | when the run ends at the latest | 20000 |
//!
//! Times are milliseconds with up to three decimals. Anything else is refused.
//! A reader of a later version reads this one for ever.

use crate::cast::Cast;
use crate::fault::Order;
use crate::json;
use crate::knob::{Args, filled};
use crate::latency::{self, Latency};
use crate::problem::Problem;
use crate::protocol::NodeId;
use crate::quorum::Quorums;
use crate::spec::Spec;
use crate::systems;
use crate::time::{Span, Time};
use serde_json::Value;

mod knob;
mod order;
mod read;
mod write;

pub use knob::write_value;
pub use order::{order_from_value, order_to_value};

/// The version of the document that is written.
pub const VERSION: i64 = 1;

/// A scenario, checked and with its defaults filled in.
#[derive(Clone, Debug, PartialEq)]
pub struct Scenario {
    /// The system that runs.
    pub spec: &'static Spec,
    /// How many nodes play each of its roles.
    pub cast: Cast,
    /// What all chance is drawn from; at most 2^53 - 1, so that every reader of JSON keeps it.
    pub seed: u64,
    /// How long messages take.
    pub latency: Latency,
    /// What is asked, with its defaults filled in.
    pub workload: Args,
    /// The system's settings, with its defaults filled in.
    pub settings: Args,
    /// What is done to the run, in the order in which it was written.
    pub script: Vec<Order>,
    /// When the run ends at the latest.
    pub until: Time,
    /// A mistake made on purpose, by name: tests must see it caught.
    #[cfg(feature = "flaws")]
    pub flaw: Option<&'static str>,
}

impl Default for Scenario {
    fn default() -> Self {
        Self::of(systems::first())
    }
}

impl Scenario {
    /// A run of a system with all else as usual.
    #[must_use]
    pub fn of(spec: &'static Spec) -> Self {
        Self {
            spec,
            cast: Cast::usual(spec.roles),
            seed: 1,
            latency: Latency::default(),
            workload: filled(spec.workload),
            settings: spec.usual(),
            script: Vec::new(),
            until: Time::ZERO + Span::from_ms(20_000),
            #[cfg(feature = "flaws")]
            flaw: None,
        }
    }

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

    /// The vote counts in force, if the system decides by votes.
    #[must_use]
    pub fn quorums(&self) -> Option<Quorums> {
        self.spec
            .quorums
            .map(|count| count(&self.settings, &self.cast))
    }

    /// The vote counts that its nodes are told: all of them where nothing is decided by votes.
    #[must_use]
    pub fn votes(&self) -> Quorums {
        let all = || Quorums::unanimous(self.servers().into());
        self.quorums().unwrap_or_else(all)
    }

    /// What a node does as a traitor by an instant, if it is one by then.
    ///
    /// Of several behaviours one that is more than silence.
    #[must_use]
    pub fn behaviour_of(&self, node: NodeId, by: Time) -> Option<&'static str> {
        let orders = self.script.iter().filter(|order| order.at <= by);
        let mut behaviours = orders.filter_map(|order| order.corrupts(node));
        let first = behaviours.next()?;
        Some(behaviours.find(|name| *name != "silent").unwrap_or(first))
    }

    /// The nodes that the script turns into traitors by an instant, in the order of their numbers.
    pub fn traitors_by(&self, by: Time) -> impl Iterator<Item = NodeId> + '_ {
        let nodes = (0..self.total_nodes()).map(NodeId);
        nodes.filter(move |node| self.behaviour_of(*node, by).is_some())
    }

    /// How many nodes do more than ask; they come first.
    #[must_use]
    pub const fn servers(&self) -> u16 {
        self.cast.servers()
    }

    /// How many nodes only ask.
    #[must_use]
    pub const fn clients(&self) -> u16 {
        self.cast.clients()
    }

    /// How many nodes there are.
    #[must_use]
    pub const fn total_nodes(&self) -> u16 {
        self.cast.total()
    }
}

#[cfg(test)]
mod tests;
