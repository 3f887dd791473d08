//! The systems that there are: one folder and one line each.

pub mod pbft;

use crate::protocol::{Kind, Protocol};
use crate::scenario::Scenario;
use crate::simulation::Simulation;
use crate::world::World;

/// A protocol by name, with what readers and menus need of it.
#[derive(Clone, Copy, Debug)]
pub struct ProtocolInfo {
    /// Its name in scenarios.
    pub name: &'static str,
    /// Its kinds of message.
    pub kinds: &'static [Kind],
    /// Starts a run under it.
    pub start: fn(&Scenario) -> Box<dyn World>,
}

/// Every protocol.
pub const ALL: &[ProtocolInfo] = &[info::<pbft::Pbft>()];

/// The protocol of this name.
#[must_use]
pub fn find(name: &str) -> Option<&'static ProtocolInfo> {
    ALL.iter().find(|protocol| protocol.name == name)
}

const fn info<P: Protocol>() -> ProtocolInfo {
    ProtocolInfo {
        name: P::NAME,
        kinds: P::KINDS,
        start: start::<P>,
    }
}

fn start<P: Protocol>(scenario: &Scenario) -> Box<dyn World> {
    Box::new(Simulation::<P>::new(scenario))
}
