//! The scenario as a document: open it again, here or on the command line.

use super::{Format, Stretch};
use crate::problem::Problem;
use crate::world::World;

pub(super) const SCENARIO: Format = Format {
    name: "scenario",
    title: "Scenario (JSON)",
    says: "The whole run as a document that Quorumscope opens again.",
    mime: "application/json",
    extension: "json",
    write,
};

fn write(world: &dyn World, _: Stretch) -> Result<String, Problem> {
    Ok(format!("{:#}\n", world.scenario().to_value()))
}
