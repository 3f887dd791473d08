//! The run itself: one queue, one step, every node on its own.
//!
//! What happens at one instant happens in this order: orders of the script that
//! end, orders that begin (both in script order), and then queue entries in the
//! order in which they were scheduled. Traces, hashes and links depend on it.
//!
//! All of it is compiled once; only [`nodes_of`] is compiled for each protocol.

mod counters;
mod deliver;
mod effects;
mod envelopes;
mod machines;
mod node_state;
mod nodes;
mod nodes_of;
mod observe;
mod orders;
mod puppets;
mod run;
mod send;
mod timers;
mod wear;

use crate::protocol::Protocol;
use crate::scenario::Scenario;
use crate::world::World;
use nodes::Nodes;
use nodes_of::NodesOf;
use run::Run;

/// A run of one scenario, with the nodes of some protocol in it.
struct Simulation {
    run: Run,
    nodes: Box<dyn Nodes>,
    /// Makes the nodes as they are at the beginning.
    open: fn(&Scenario) -> Box<dyn Nodes>,
}

/// Starts a run under one protocol; what [`Spec::start`](crate::spec::Spec) of each system is.
#[must_use]
pub fn start<P: Protocol>(scenario: &Scenario) -> Box<dyn World> {
    Box::new(Simulation::new(scenario, NodesOf::<P>::open))
}

impl Simulation {
    /// A run that has not begun.
    fn new(scenario: &Scenario, open: fn(&Scenario) -> Box<dyn Nodes>) -> Self {
        Self {
            run: Run::new(scenario),
            nodes: open(scenario),
            open,
        }
    }
}

#[cfg(test)]
mod tests;
