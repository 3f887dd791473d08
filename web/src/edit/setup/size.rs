//! Another number of nodes, and what of the script that leaves without a sense.

use super::corrupts;
use quorumscope_core::cast::Cast;
use quorumscope_core::fault::Order;
use quorumscope_core::knob::{Takes, Value};
use quorumscope_core::latency::Latency;
use quorumscope_core::protocol::NodeId;
use quorumscope_core::scenario::Scenario;
use std::rc::Rc;

/// What an order loses with the nodes that go, by its place in the script as it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Loss {
    /// All of it: it was about them.
    Whole(usize),
    /// Some of the nodes that it named.
    Part(usize),
}

/// The same scenario with another number of nodes in the role at `role`.
///
/// Roles are numbered one after another, so orders that name nodes of later ones
/// follow. Who was a traitor from the start and is no more hands that on to
/// another node; other orders for nodes that are no more go with them.
#[must_use]
pub fn with_count(scenario: &Scenario, role: usize, count: u16) -> Scenario {
    sized(scenario, scenario.cast.with(role, count)).0
}

/// The same scenario with another number of nodes in the first role.
#[must_use]
pub fn with_nodes(scenario: &Scenario, nodes: u16) -> Scenario {
    with_count(scenario, 0, nodes)
}

/// What a script loses when its cluster gets this size.
#[must_use]
pub fn losses(scenario: &Scenario, cast: Cast) -> Vec<Loss> {
    sized(scenario, cast).1
}

fn sized(scenario: &Scenario, cast: Cast) -> (Scenario, Vec<Loss>) {
    let moved = |node: NodeId| scenario.cast.moved(node, &cast);
    let mut changed = Scenario {
        cast,
        ..scenario.clone()
    };
    let (script, lost) = renamed(&scenario.script, cast.servers(), &moved);
    changed.script = script;
    for knob in scenario
        .spec
        .knobs
        .iter()
        .filter(|knob| knob.takes == Takes::Votes)
    {
        let votes = scenario.settings.number(knob.name);
        let most = i64::from(cast.servers().max(1));
        if let Some(votes) = votes.filter(|votes| *votes > most) {
            let value = Some(Value::Number(votes.min(most)));
            changed.settings = scenario.spec.with(&scenario.settings, knob.name, value);
        }
    }
    settle(&mut changed, scenario);
    (changed, lost)
}

/// Lets every node stay where it is, if latency is between places.
fn settle(changed: &mut Scenario, scenario: &Scenario) {
    let (was, is) = (scenario.cast, changed.cast);
    let Latency::Regions(regions) = &mut changed.latency else {
        return;
    };
    let shortest = was.servers().min(is.servers());
    if was.servers() != is.servers() && regions.of.len() > shortest.into() {
        let before = |node: NodeId| is.moved(node, &was).unwrap_or(node);
        let nodes = (0..is.total()).map(|id| before(NodeId(id)));
        let places = nodes.map(|node| regions.place(node) as u16).collect();
        Rc::make_mut(regions).of = places;
    }
    let last = usize::from(is.total());
    if regions.of.len() > last {
        Rc::make_mut(regions).of.truncate(last);
    }
}

/// The script with its nodes renamed, and what it loses by that.
fn renamed(
    script: &[Order],
    nodes: u16,
    moved: &impl Fn(NodeId) -> Option<NodeId>,
) -> (Vec<Order>, Vec<Loss>) {
    let mut lost = Vec::new();
    let mut kept: Vec<Option<Order>> = Vec::new();
    for (index, order) in script.iter().enumerate() {
        let order = rename(order, moved);
        match &order {
            Some((_, true)) => lost.push(Loss::Part(index)),
            None if !corrupts(&script[index]) => lost.push(Loss::Whole(index)),
            _ => {}
        }
        kept.push(order.map(|(order, _)| order));
    }
    for (index, order) in script.iter().enumerate() {
        if kept[index].is_none() && corrupts(order) {
            kept[index] = successor(order, nodes, &kept, moved);
            if kept[index].is_none() {
                lost.push(Loss::Whole(index));
            }
        }
    }
    (kept.into_iter().flatten().collect(), lost)
}

/// The same behaviour at the last node that is no traitor yet.
fn successor(
    order: &Order,
    nodes: u16,
    kept: &[Option<Order>],
    moved: &impl Fn(NodeId) -> Option<NodeId>,
) -> Option<Order> {
    let taken = |node: NodeId| {
        let mut others = kept.iter().flatten().filter(|order| corrupts(order));
        others.any(|order| order.args.node("node") == Some(node))
    };
    let seat = (0..nodes).rev().map(NodeId).find(|node| !taken(*node))?;
    let was = order.args.node("node")?;
    rename(order, &|node| {
        if node == was { Some(seat) } else { moved(node) }
    })
    .map(|(order, _)| order)
}

/// An order with its nodes renamed, and whether some are missing; `None` when it has lost what it was about.
fn rename(order: &Order, moved: &impl Fn(NodeId) -> Option<NodeId>) -> Option<(Order, bool)> {
    let mut renamed = order.clone();
    let mut less = false;
    let mut list = |nodes: &mut Vec<NodeId>| {
        let count = nodes.len();
        *nodes = nodes.iter().copied().filter_map(moved).collect();
        less |= nodes.len() < count;
    };
    let mut open = Vec::new();
    for (name, value) in &mut renamed.args.0 {
        match value {
            Value::Node(node) => *node = moved(*node)?,
            Value::Nodes(nodes) => {
                list(nodes);
                if nodes.is_empty() {
                    return None;
                }
            }
            Value::Groups(groups) => {
                let count = groups.len();
                groups.iter_mut().for_each(&mut list);
                groups.retain(|group| !group.is_empty());
                // One group alone is cut off from nobody.
                if groups.len() < count.min(2) {
                    open.push(*name);
                }
            }
            _ => {}
        }
    }
    let needs = |name| {
        let mut knobs = order.fault.knobs.iter();
        knobs.any(|knob| knob.name == name && knob.takes == Takes::Groups && knob.must())
    };
    for name in open {
        if needs(name) {
            return None;
        }
        renamed.args.0.remove(name);
    }
    Some((renamed, less))
}

#[cfg(test)]
mod tests {
    use super::super::{check, orders, traitors, with_traitors};
    use super::*;
    use quorumscope_core::latency::Regions;
    use quorumscope_core::time::Span;
    use serde_json::{Value, json};

    fn plain(nodes: u16) -> Scenario {
        with_nodes(&Scenario::default(), nodes)
    }

    fn with(nodes: u16, entries: &[Value]) -> Scenario {
        let mut scenario = plain(nodes);
        scenario.script = orders(entries, &scenario).expect("a sound script");
        scenario
    }

    #[test]
    fn another_size_keeps_what_still_makes_sense() {
        let seven = with_traitors(&plain(7), 2, "two-faced");
        let four = with_nodes(&seven, 4);
        let last = [(NodeId(2), "two-faced"), (NodeId(3), "two-faced")];
        assert_eq!(traitors(&four), last, "there are as many as before");
        assert!(
            check(&four).is_ok() && losses(&seven, seven.cast.with(0, 4).with(1, 1)).is_empty()
        );
        let ten = with_nodes(&seven, 10);
        assert_eq!(traitors(&ten), traitors(&seven));
        assert!(check(&ten).is_ok());
        assert_eq!(traitors(&with_nodes(&seven, 1)).len(), 1);
        assert_eq!(losses(&seven, seven.cast.with(0, 1).with(1, 1)).len(), 1);
    }

    #[test]
    fn what_a_script_loses_is_told_order_by_order() {
        let seven = with(
            7,
            &[
                json!({ "do": "crash", "node": 6 }),
                json!({ "do": "crash", "node": 2 }),
                json!({ "do": "partition", "groups": [[0, 1, 6], [2, 3]] }),
                json!({ "do": "partition", "groups": [[0, 1, 2, 3], [4, 5, 6]] }),
                json!({ "do": "request", "client": 7 }),
            ],
        );
        let lost = losses(&seven, seven.cast.with(0, 4).with(1, 1));
        assert_eq!(lost, [Loss::Whole(0), Loss::Part(2), Loss::Whole(3)]);
        let four = with_nodes(&seven, 4);
        assert_eq!(four.script.len(), 3);
        assert_eq!(four.script[2].args.node("client"), Some(NodeId(4)));
        assert!(check(&four).is_ok());
        assert_eq!(
            losses(&seven, seven.cast.with(0, 7).with(1, 0)),
            [Loss::Whole(4)]
        );
    }

    #[test]
    fn a_group_alone_in_an_old_script_stays() {
        let alone = with(4, &[json!({ "do": "partition", "groups": [[0, 1]] })]);
        assert_eq!(losses(&alone, alone.cast.with(0, 7).with(1, 1)), []);
    }

    #[test]
    fn the_client_stays_where_it_is_when_servers_come_and_go() {
        let mut regions = Regions::known(3, Span::ZERO);
        regions.settle(NodeId(7), 2);
        let seven = Scenario {
            latency: Latency::Regions(Rc::new(regions)),
            ..plain(7)
        };
        for nodes in [4, 10] {
            let changed = with_nodes(&seven, nodes);
            let Latency::Regions(regions) = &changed.latency else {
                panic!("another model");
            };
            assert_eq!(regions.place(NodeId(nodes)), 2);
            assert!(check(&changed).is_ok());
            assert!(check(&with_count(&changed, 1, 0)).is_ok());
        }
    }
}
