//! What nodes are called in files, and in which order they stand.

use crate::protocol::NodeId;
use crate::world::World;

/// Nodes from top to bottom or left to right: clients first, as papers draw them.
pub(super) fn order(world: &dyn World) -> Vec<NodeId> {
    let scenario = world.scenario();
    let clients = scenario.nodes..scenario.total_nodes();
    clients.chain(0..scenario.nodes).map(NodeId).collect()
}

/// The place of a node in that order.
pub(super) fn place(world: &dyn World, node: NodeId) -> usize {
    let (replicas, all) = (world.scenario().nodes, world.scenario().total_nodes());
    let place = match node.0.checked_sub(replicas) {
        Some(client) => client,
        None => node.0 + (all - replicas),
    };
    place.into()
}

/// A name of one word, such as `r0` or `c4`; requests are named after their client's.
pub(super) fn short(world: &dyn World, node: NodeId) -> String {
    let letter = if node.0 < world.scenario().nodes {
        'r'
    } else {
        'c'
    };
    format!("{letter}{node}")
}

/// A name for reading, such as `replica 0`.
pub(super) fn long(world: &dyn World, node: NodeId) -> String {
    let part = if node.0 < world.scenario().nodes {
        "replica"
    } else {
        "client"
    };
    format!("{part} {node}")
}

/// What a picture of the run is called: protocol, size and seed.
pub(super) fn title(world: &dyn World) -> String {
    let scenario = world.scenario();
    let many = |count: u16, noun: &str| {
        let plural = if count == 1 { "" } else { "s" };
        format!("{count} {noun}{plural}")
    };
    format!(
        "{}, {}, {}, seed {}",
        scenario.protocol,
        many(scenario.nodes, "replica"),
        many(scenario.clients, "client"),
        scenario.seed
    )
}
