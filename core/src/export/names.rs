//! What nodes are called in files, and in which order they stand.

use crate::protocol::NodeId;
use crate::world::World;

/// Nodes from top to bottom or left to right: clients first, as papers draw them.
pub(super) fn order(world: &dyn World) -> Vec<NodeId> {
    world.scenario().cast.lanes().collect()
}

/// The place of a node in that order.
pub(super) fn place(world: &dyn World, node: NodeId) -> usize {
    world.scenario().cast.lane(node).into()
}

/// A name of one word, such as `r0` or `c4`; requests are named after their client's.
pub(super) fn short(world: &dyn World, node: NodeId) -> String {
    world.scenario().cast.short(node).to_ascii_lowercase()
}

/// A name for reading, such as `replica 0`.
pub(super) fn long(world: &dyn World, node: NodeId) -> String {
    world.scenario().cast.name(node)
}

/// What a picture of the run is called: system, size and seed.
pub(super) fn title(world: &dyn World) -> String {
    let scenario = world.scenario();
    let parts = scenario.cast.parts();
    let parts: Vec<String> = parts
        .map(|(role, nodes)| role.counted(nodes.len() as u16))
        .collect();
    format!(
        "{}, {}, seed {}",
        scenario.spec.name,
        parts.join(", "),
        scenario.seed
    )
}
