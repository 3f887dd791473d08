//! What to try with pBFT, from a run in which all goes well to a network that falls apart.

use crate::lesson::{Lesson, asked_and_answered, unbroken};
use crate::protocol::NodeId;
use crate::scenario::Scenario;
use crate::time::Time;
use crate::world::World;
use serde_json::{Value, json};

/// When things go wrong in a lesson where they do, and when they are over, in milliseconds.
const WRONG_MS: u64 = 500;
const OVER_MS: u64 = 3_000;

/// The ladder.
pub(super) const LADDER: &[Lesson] = &[
    Lesson {
        asks: "",
        button: "Start over",
        script: |_| Vec::new(),
        watch: |_| "Watch a request pass: every replica follows the protocol.".into(),
        shown: answered_and_unbroken,
        taught: |bare| {
            let votes = bare.votes();
            let (n, quorum) = (votes.n, votes.quorum);
            format!("Answered: {quorum} of {n} replicas agreed at each step.")
        },
    },
    Lesson {
        asks: "What if the primary stops?",
        button: "Crash the primary",
        script: |_| vec![json!({ "at_ms": WRONG_MS, "do": "crash", "node": 0 })],
        watch: |_| {
            "The primary stops at 500 ms. Watch how long the others wait for it, and what they do then."
                .into()
        },
        shown: decided_in_another_view,
        taught: |_| "The others replaced the primary, and decide again.".into(),
    },
    Lesson {
        asks: "What if a replica just says nothing?",
        button: "Silence one",
        script: |bare| vec![traitor(bare.servers() - 1, "silent")],
        watch: |bare| {
            let n = bare.servers();
            format!("One of {n} says nothing. Watch whether the others find a quorum.")
        },
        shown: answered_and_unbroken,
        taught: |bare| {
            let votes = bare.votes();
            let (n, quorum) = (votes.n, votes.quorum);
            format!("Answered without it: a quorum takes {quorum} of {n}.")
        },
    },
    Lesson {
        asks: "What if the primary lies?",
        button: "A primary with two faces",
        script: |_| vec![traitor(0, "two-faced")],
        watch: |_| {
            "The primary tells some replicas one thing and the rest another. Watch which of the two finds a quorum."
                .into()
        },
        shown: answered_and_unbroken,
        taught: |_| "Answered, and no promise broke: two stories did not find two quorums.".into(),
    },
    Lesson {
        asks: "And with more of them than theory allows?",
        button: "One too many",
        script: |bare| {
            (0..too_many(bare))
                .map(|node| traitor(node, "two-faced"))
                .collect()
        },
        watch: |bare| {
            let (count, n) = (too_many(bare), bare.servers());
            format!(
                "{count} traitors among {n}, one more than theory allows. Watch what the honest ones execute."
            )
        },
        shown: |world| !unbroken(world),
        taught: |bare| {
            let (count, n) = (too_many(bare), bare.servers());
            format!("A promise broke: {n} replicas do not withstand {count} traitors.")
        },
    },
    Lesson {
        asks: "What if nobody lies, and the network falls apart?",
        button: "Cut the network",
        script: |bare| {
            let all: Vec<u16> = (0..bare.servers()).collect();
            let (left, right) = all.split_at(all.len() / 2);
            vec![
                json!({ "at_ms": WRONG_MS, "do": "partition", "groups": [left, right],
                "until_ms": OVER_MS }),
            ]
        },
        watch: |_| {
            "The network falls apart at 500 ms and heals at 3 s. Watch whether either half decides alone."
                .into()
        },
        shown: |world| {
            let (asked, answered) = asked_and_answered(world);
            let over = world.now() > Time(OVER_MS * 1000);
            over && unbroken(world) && asked > 0 && answered == asked
        },
        taught: |_| {
            "While it was cut no promise broke, and since it healed all was answered.".into()
        },
    },
];

fn traitor(node: u16, behaviour: &str) -> Value {
    json!({ "do": "corrupt", "node": node, "behaviour": behaviour })
}

/// The fewest traitors that can break agreement.
fn too_many(bare: &Scenario) -> u16 {
    bare.votes().overlap().clamp(1, i64::from(bare.servers())) as u16
}

fn answered_and_unbroken(world: &dyn World) -> bool {
    asked_and_answered(world).1 > 0 && unbroken(world)
}

/// Whether those who left the first view have executed more than those who are still in it.
fn decided_in_another_view(world: &dyn World) -> bool {
    let done = |new: bool| {
        let servers = (0..world.scenario().servers()).map(NodeId);
        let sketches = servers.map(|node| world.sketch(node));
        let there = sketches.filter(|sketch| (sketch.round > 0) == new);
        there.map(|sketch| sketch.done).max()
    };
    done(true).is_some_and(|after| Some(after) > done(false))
}
