//! What to try with a service, from one that works to one that nothing single can stop.

use super::super::BALANCERS;
use crate::lesson::{Lesson, asked_and_answered, unbroken};
use crate::protocol::NodeId;
use crate::scenario::Scenario;
use crate::time::Time;
use crate::world::World;
use serde_json::json;

/// When things go wrong in a lesson where they do, and when they are over, in milliseconds.
const WRONG_MS: u64 = 500;
const OVER_MS: u64 = 2_500;

/// The ladder.
pub(super) const LADDER: &[Lesson] = &[
    Lesson {
        asks: "",
        button: "Start over",
        script: |_| Vec::new(),
        watch: |bare| match through_a_door(bare) {
            true => {
                "Watch one request: to the balancer, to a server, and back the same way.".into()
            }
            false => "Watch one request: to the server that its client knows, and back.".into(),
        },
        shown: |world| asked_and_answered(world).1 > 0 && unbroken(world),
        taught: |bare| match through_a_door(bare) {
            true => "Answered: four messages, whichever server did the work.".into(),
            false => "Answered: two messages, and the client knew its server.".into(),
        },
    },
    Lesson {
        asks: "What if a server stops?",
        button: "Crash a server",
        script: |bare| {
            let server = bare.cast.nodes_of(super::SERVERS).start;
            vec![json!({ "at_ms": WRONG_MS, "do": "crash", "node": server })]
        },
        watch: |_| "A server stops at 500 ms. Watch which requests fail, and for how long.".into(),
        shown: |world| world.now() > Time(OVER_MS * 1000) && answered_since(world, WRONG_MS),
        taught: |bare| match super::settings(&bare.settings, &bare.cast).probe {
            Some(_) => "Probes found out: requests go to the servers that are left.".into(),
            None => "Others were answered. Nobody probes: the server that stopped is still asked."
                .into(),
        },
    },
    Lesson {
        asks: "What if the machine stops that all go through?",
        button: "Crash the balancer",
        script: |_| vec![json!({ "at_ms": WRONG_MS, "do": "crash", "node": 0 })],
        watch: |bare| {
            match bare.cast.count(BALANCERS) {
            2 => "One of two balancers stops at 500 ms. Watch how its clients find the other one.".into(),
            1 => "The balancer stops at 500 ms. Watch how many servers are up, and what that is worth.".into(),
            _ => "There is no balancer: a server stops in its place.".into(),
        }
        },
        shown: |world| {
            let down = !world.condition(NodeId(0)).up;
            down && world.now() > Time(OVER_MS * 1000)
        },
        taught: |bare| match bare.cast.count(BALANCERS) {
            1 => {
                "All servers run, and nobody is answered: one machine was enough to stop it.".into()
            }
            2 => "Clients found the other balancer: no single machine stops it.".into(),
            _ => "Only the clients of that server were without an answer.".into(),
        },
    },
    Lesson {
        asks: "What if all servers are slow for two seconds?",
        button: "Slow for two seconds",
        script: |bare| {
            let servers = bare.cast.nodes_of(super::SERVERS);
            servers
                .map(|node| {
                    json!({ "at_ms": WRONG_MS, "until_ms": OVER_MS, "do": "weaken",
                        "node": node, "per_mille": 20 })
                })
                .collect()
        },
        watch: |_| {
            "The servers work at a fiftieth of their speed from 500 ms to 2.5 s. Watch what waits then, and how long it takes until it is done.".into()
        },
        shown: |world| {
            world.now() > Time(OVER_MS * 1000) && unbroken(world) && answered_since(world, OVER_MS)
        },
        taught: |_| "What waited was done, and answers come in time again.".into(),
    },
];

fn through_a_door(bare: &Scenario) -> bool {
    !super::settings(&bare.settings, &bare.cast).by_name
}

/// Whether a request that came after an instant was answered.
fn answered_since(world: &dyn World, ms: u64) -> bool {
    let mut all = crate::metric::asked(world).filter(|asked| asked.at > Time(ms * 1000));
    all.any(|asked| asked.answered.is_some_and(|(at, _)| at <= world.now()))
}
