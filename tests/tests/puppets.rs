//! Playing the traitor: a puppet's messages wait until somebody says what each recipient gets.

use quorumscope_core::fault::Order;
use quorumscope_core::protocol::NodeId;
use quorumscope_core::report::report;
use quorumscope_core::scenario::{Scenario, order_from_value};
use quorumscope_core::time::{Span, Time};
use quorumscope_core::world::{World, open};
use serde_json::json;

const PUPPET: &str = r#"{ "nodes": 3, "latency": { "model": "constant", "ms": 1 },
    "workload": { "requests": 1 }, "until_ms": 5000,
    "script": [{ "do": "corrupt", "node": 0, "behaviour": "puppet" }] }"#;

fn started() -> Box<dyn World> {
    let mut world = open(&Scenario::parse(PUPPET).expect("it is a scenario"));
    world.run_until(Time(1000), u64::MAX);
    world
}

fn dictated(world: &dyn World, message: u64, to: NodeId, choice: &str) -> Box<dyn World> {
    let order = json!({ "do": "dictate", "message": message, "to": to, "choice": choice });
    let order = order_from_value(&order, world.scenario(), "").expect("it is an order");
    let at = world.now() + Span(1);
    let orders = vec![Order { at, ..order }];
    world.fork(orders).expect("the run goes on")
}

#[test]
fn nothing_leaves_a_puppet_before_it_is_told() {
    let mut world = started();
    world.run_until(Time(900_000), u64::MAX);
    assert_eq!(world.stats().total_sent(), 1, "the request alone");
    let awaited = world.awaited();
    assert_eq!(awaited[0].transit.from, NodeId(0));
    assert_eq!(awaited[0].choices, ["genuine", "withhold", "null-proposal"]);
}

#[test]
fn two_proposals_dictated_by_hand_split_three_replicas_and_the_recording_replays() {
    let mut world = started();
    while !world.awaited().is_empty() || !world.ended() {
        let told = [(NodeId(1), "genuine"), (NodeId(2), "null-proposal")];
        for awaited in world.awaited() {
            let to = awaited.transit.to;
            let choice = told.iter().find(|(node, _)| *node == to).map(|told| told.1);
            world = dictated(
                world.as_ref(),
                awaited.transit.message.0,
                to,
                choice.unwrap_or("genuine"),
            );
        }
        world.step();
    }
    world.run_until(Time::NEVER, u64::MAX);
    let broken = |world: &dyn World| {
        let promises = world.promises().iter();
        promises
            .filter(|p| !p.holds())
            .map(|p| p.promise.name)
            .collect::<Vec<_>>()
    };
    assert!(broken(world.as_ref()).contains(&"prepared-uniqueness"));
    let recording = world.scenario().to_value();
    let mut replay = open(&Scenario::from_value(&recording).unwrap());
    replay.run_until(Time::NEVER, u64::MAX);
    assert_eq!(report(replay.as_ref()), report(world.as_ref()));
}
