//! The scenario document: all that decides a run.

use crate::fault::Order;
use crate::latency::Latency;
use crate::protocol::Settings;
use crate::quorum::Quorums;
use crate::time::{Span, Time};

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

impl Scenario {
    /// The vote counts in force.
    #[must_use]
    pub fn quorums(&self) -> Quorums {
        Quorums::of(self.nodes.into()).overridden(self.quorum)
    }

    /// How many nodes there are, clients included.
    #[must_use]
    pub fn total_nodes(&self) -> u16 {
        self.nodes + self.clients
    }
}
