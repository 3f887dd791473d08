//! Changes of a scenario that the side panel makes.

mod looks;
mod loss;
mod size;

pub use looks::describe;
pub use loss::{loss, with_loss};
pub use size::{Loss, losses, with_count, with_nodes};

use crate::run::sorting::arrange;
use quorumscope_core::fault::Order;
use quorumscope_core::faults;
use quorumscope_core::knob::{Among, Args, Value};
use quorumscope_core::latency::Latency;
use quorumscope_core::problem::Problem;
use quorumscope_core::protocol::NodeId;
use quorumscope_core::rng::mix;
use quorumscope_core::scenario::{Scenario, order_from_value, order_to_value};
use quorumscope_core::spec::Spec;
use quorumscope_core::time::{Span, Time};

/// Holds a scenario against the reader of documents.
///
/// # Errors
/// Says what the reader would say.
pub fn check(scenario: &Scenario) -> Result<(), Problem> {
    Scenario::from_value(&scenario.to_value()).map(|_| ())
}

/// A run of another system with the same network and chance, and what of the script makes sense there.
#[must_use]
pub fn with_system(scenario: &Scenario, spec: &'static Spec) -> Scenario {
    let mut other = Scenario {
        seed: scenario.seed,
        latency: scenario.latency.clone(),
        until: scenario.until,
        ..Scenario::of(spec)
    };
    for order in &scenario.script {
        if let Ok(order) = order_from_value(&order_to_value(order), &other, "") {
            other.script.push(order);
        }
    }
    other
}

/// Reads what is to be done to a run: entries of its script, without their instant.
///
/// # Errors
/// Refuses what the scenario reader would refuse.
pub fn orders(entries: &[serde_json::Value], scenario: &Scenario) -> Result<Vec<Order>, Problem> {
    let mut known = scenario.clone();
    for entry in entries {
        let order = order_from_value(entry, &known, "")?;
        known.script.push(order);
    }
    Ok(known.script.split_off(scenario.script.len()))
}

/// The nodes that are traitors from the start, and what they do.
#[must_use]
pub fn traitors(scenario: &Scenario) -> Vec<(NodeId, &'static str)> {
    let from_start = scenario.traitors_by(Time::ZERO);
    let behaviour = |node| {
        scenario
            .script
            .iter()
            .find_map(|order: &Order| order.corrupts(node))
    };
    from_start
        .filter_map(|node| Some((node, behaviour(node)?)))
        .collect()
}

/// Whether the script makes a traitor of this node, at whatever time.
#[must_use]
pub fn is_traitor(scenario: &Scenario, node: NodeId) -> bool {
    scenario.behaviour_of(node, Time::NEVER).is_some()
}

/// Whether an order makes a node a traitor from the start.
fn corrupts(order: &Order) -> bool {
    order.args.name("behaviour").is_some() && order.at == Time::ZERO
}

/// The same scenario with `count` traitors of this behaviour.
///
/// Traitors that it has stay the same nodes; new ones are taken from the
/// highest numbers down, and the one that leads first last.
#[must_use]
pub fn with_traitors(scenario: &Scenario, count: usize, behaviour: &str) -> Scenario {
    let mut chosen: Vec<NodeId> = traitors(scenario)
        .into_iter()
        .map(|(node, _)| node)
        .collect();
    chosen.truncate(count);
    let corruptible: Vec<NodeId> = scenario.cast.those(Among::Serving).collect();
    for node in corruptible.into_iter().rev() {
        if chosen.len() < count && !chosen.contains(&node) {
            chosen.push(node);
        }
    }
    with_these_traitors(scenario, &chosen, behaviour)
}

/// The same scenario with these nodes as traitors of this behaviour.
#[must_use]
pub fn with_these_traitors(scenario: &Scenario, chosen: &[NodeId], behaviour: &str) -> Scenario {
    let mut changed = scenario.clone();
    let mut kept: Vec<Order> = changed
        .script
        .iter()
        .filter(|order| corrupts(order) && order.args.name("behaviour") == Some(behaviour))
        .cloned()
        .collect();
    changed.script.retain(|order| !corrupts(order));
    kept.retain(|order| {
        order
            .args
            .node("node")
            .is_some_and(|node| chosen.contains(&node))
    });
    for node in chosen {
        if !kept
            .iter()
            .any(|order| order.args.node("node") == Some(*node))
            && let Some(order) = corruption(scenario, *node, behaviour)
        {
            kept.push(order);
        }
    }
    arrange(&mut kept, |order| order.args.node("node"));
    changed.script.splice(0..0, kept);
    changed
}

fn corruption(scenario: &Scenario, node: NodeId, behaviour: &str) -> Option<Order> {
    let behaviour = scenario.spec.behaviour(behaviour)?;
    let mut args = Args::default();
    args.0.insert("node", Value::Node(node));
    args.0.insert("behaviour", Value::Name(behaviour.name));
    Some(Order {
        at: Time::ZERO,
        until: None,
        fault: faults::find("corrupt")?,
        args,
    })
}

/// How long a message takes, more or less: for the choice of a first speed.
#[must_use]
pub fn typical(latency: &Latency) -> Span {
    const DRAWS: u64 = 64;
    let sum: u64 = (0..DRAWS)
        .map(|k| latency.draw(NodeId(0), NodeId(1), mix(k)).0)
        .sum();
    Span((sum / DRAWS).max(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(nodes: u16) -> Scenario {
        with_nodes(&Scenario::default(), nodes)
    }

    #[test]
    fn an_order_that_cannot_be_names_its_field() {
        let scenario = Scenario::default();
        let entry = |node| serde_json::json!({ "do": "crash", "node": node });
        assert_eq!(orders(&[entry(2), entry(3)], &scenario).unwrap().len(), 2);
        let refused = orders(&[entry(2), entry(99)], &scenario);
        assert_eq!(refused.unwrap_err().path, "node");
    }

    #[test]
    fn another_system_keeps_what_makes_sense_there() {
        let scenario = Scenario {
            seed: 7,
            script: with_traitors(&plain(7), 1, "silent").script,
            ..plain(7)
        };
        let other = with_system(&scenario, scenario.spec);
        assert_eq!((other.seed, other.servers()), (7, 4));
        assert_eq!(other.script, [], "there is no node 6 among four");
        let small = with_traitors(&plain(4), 1, "silent");
        assert_eq!(with_system(&small, small.spec), small);
    }

    #[test]
    fn traitors_come_from_the_far_end_and_stay() {
        let one = with_traitors(&plain(4), 1, "silent");
        assert_eq!(traitors(&one), [(NodeId(3), "silent")]);
        let two = with_traitors(&one, 2, "silent");
        assert_eq!(
            traitors(&two),
            [(NodeId(2), "silent"), (NodeId(3), "silent")]
        );
        assert!(check(&two).is_ok());
        assert_eq!(traitors(&with_traitors(&two, 0, "silent")), []);
        assert_eq!(with_traitors(&two, 0, "silent"), plain(4));
    }
}
