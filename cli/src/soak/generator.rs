//! Draws a scenario: the cluster, its settings, its workload, then what goes wrong.

use super::Plan;
use super::dice::Dice;
use super::faults::{self, Cluster};
use quorumscope_core::quorum::Quorums;
use quorumscope_core::scenario::Scenario;
use serde_json::{Value, json};

/// Faults of [`Plan::Liveness`] are over by then, in milliseconds.
const FAULTS_END: u64 = 4_000;

/// The scenario of this plan and number.
///
/// # Panics
/// If the reader refuses what was drawn: then one of the two is wrong.
#[must_use]
pub fn scenario(plan: Plan, seed: u64) -> Scenario {
    let document = document(plan, seed);
    match Scenario::from_value(&document) {
        Ok(scenario) => scenario,
        Err(problem) => panic!("{plan:?} {seed}: {problem}\n{document}"),
    }
}

fn document(plan: Plan, seed: u64) -> Value {
    let mut dice = Dice::new(seed);
    let nodes = nodes(plan, &mut dice);
    let clients = dice.between(1, 3);
    let cluster = Cluster {
        nodes,
        clients,
        f: Quorums::byzantine(nodes as u32).f.into(),
        end: FAULTS_END,
    };
    let mut document = json!({
        "nodes": nodes, "clients": clients, "seed": seed % (1 << 53),
        "latency": latency(&mut dice),
        "workload": { "requests": dice.between(1, 6), "gap_ms": dice.below(400) },
        "settings": settings(&mut dice),
        "until_ms": 8_000,
    });
    if dice.once_in(4) {
        document["workload"]["reads_per_mille"] = dice.between(1, 1000).into();
    }
    document["script"] = match plan {
        Plan::Safety => faults::any(&mut dice, &cluster),
        Plan::Liveness => {
            document["until_ms"] = 3_600_000.into();
            faults::that_end(&mut dice, &cluster)
        }
        Plan::Beyond => faults::treason(&mut dice, &cluster),
    };
    document
}

fn nodes(plan: Plan, dice: &mut Dice) -> u64 {
    match plan {
        Plan::Beyond => dice.between(3, 10),
        _ if dice.once_in(3) => dice.between(1, 16),
        _ => dice.between(4, 7),
    }
}

fn latency(dice: &mut Dice) -> Value {
    match dice.below(8) {
        0 => json!({ "model": "constant", "ms": dice.between(0, 50) }),
        1 => json!({ "model": "normal", "mean_ms": dice.between(1, 50), "sd_ms": dice.below(40) }),
        2 => json!({ "model": "exponential", "min_ms": dice.below(20),
            "mean_ms": dice.between(1, 50) }),
        3 => json!({ "model": "pareto", "min_ms": dice.between(1, 20), "shape": 1.5,
            "max_ms": 1000 }),
        4 => json!({ "model": "regions", "places": ["virginia", "ireland", "tokyo"],
            "jitter_ms": dice.below(10) }),
        _ => {
            let min = dice.below(30);
            json!({ "model": "uniform", "min_ms": min, "max_ms": min + dice.below(60) })
        }
    }
}

fn settings(dice: &mut Dice) -> Value {
    let interval = dice.between(1, 5);
    json!({
        "view_timeout_ms": dice.between(50, 700),
        "client_timeout_ms": dice.between(100, 1200),
        "checkpoint_interval": interval,
        "window": interval * dice.between(1, 3),
        "batch": dice.between(1, 3),
        "tentative": dice.once_in(5),
        "read_only": dice.once_in(5),
    })
}
