//! Shared helpers of the tests in this package.

pub mod arbitrary;
pub mod corpus;
pub mod files;
pub mod story;

use quorumscope_core::protocol::NodeId;
use quorumscope_core::report::report;
use quorumscope_core::scenario::Scenario;
use quorumscope_core::spec::Spec;
use quorumscope_core::systems;
use quorumscope_core::time::Time;
use quorumscope_core::world::{World, open};
use serde_json::Value;

/// Every system that tests know: those of the core, and one from outside of it.
#[must_use]
pub fn systems() -> Vec<&'static Spec> {
    systems::add(quorumscope_echo::SYSTEM);
    systems::known()
}

/// The scenario that a document describes.
///
/// # Panics
/// If the reader refuses it.
#[must_use]
pub fn read(document: &Value) -> Scenario {
    Scenario::from_value(document).unwrap_or_else(|problem| panic!("{problem}: {document}"))
}

/// The run of a scenario, at its end.
#[must_use]
pub fn run(scenario: &Scenario) -> Box<dyn World> {
    let mut world = open(scenario);
    finish(world.as_mut());
    world
}

/// Lets a run come to its end.
pub fn finish(world: &mut dyn World) {
    while !world.run_until(Time::NEVER, 1 << 20) {}
}

/// The report on the run of a document.
#[must_use]
pub fn report_on(document: &Value) -> Value {
    report(run(&read(document)).as_ref())
}

/// The names of the promises that are broken.
#[must_use]
pub fn broken(world: &dyn World) -> Vec<&'static str> {
    let broken = world.promises().iter().filter(|promise| !promise.holds());
    broken.map(|promise| promise.promise.name).collect()
}

/// The replicas of a run.
pub fn replicas(world: &dyn World) -> impl Iterator<Item = NodeId> + use<> {
    (0..world.scenario().servers()).map(NodeId)
}
