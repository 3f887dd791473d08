//! Draws a scenario: the cluster, its settings, its workload, then what goes wrong.

use super::Plan;
use super::faults::{self, Cluster};
use crate::{SeededRng, pick};
use quorumscope_core::quorum::Quorums;
use quorumscope_core::scenario::Scenario;
use rand::{RngExt, SeedableRng};
use serde_json::{Value, json};

/// Faults of [`Plan::Liveness`] are over by then, in milliseconds.
const FAULTS_END: u64 = 4_000;

/// The scenario of this plan and number.
///
/// # Panics
/// If the reader refuses what was drawn: then one of the two is wrong.
#[must_use]
pub(super) fn scenario(plan: Plan, seed: u64) -> Scenario {
    let document = document(plan, seed);
    match Scenario::from_value(&document) {
        Ok(scenario) => scenario,
        Err(problem) => panic!("{plan:?} {seed}: {problem}\n{document}"),
    }
}

fn document(plan: Plan, seed: u64) -> Value {
    let mut rng = SeededRng::seed_from_u64(seed);
    let nodes = nodes(plan, &mut rng);
    let clients = rng.random_range(1..=3);
    let cluster = Cluster {
        nodes,
        clients,
        f: Quorums::byzantine(nodes as u32).f.into(),
        end: FAULTS_END,
    };
    let mut document = json!({
        "nodes": nodes, "clients": clients, "seed": seed % (1 << 53),
        "latency": latency(&mut rng),
        "workload": { "requests": rng.random_range(1..=6), "gap_ms": rng.random_range(0..400) },
        "settings": settings(&mut rng),
        "until_ms": 8_000,
    });
    if rng.random_ratio(1, 4) {
        document["workload"]["reads_per_mille"] = rng.random_range(1..=1000).into();
    }
    document["script"] = match plan {
        Plan::Safety => faults::any(&mut rng, &cluster),
        Plan::Liveness => {
            document["until_ms"] = 3_600_000.into();
            faults::that_end(&mut rng, &cluster)
        }
        Plan::Beyond | Plan::Given => faults::traitors(&mut rng, &cluster),
    };
    document
}

fn nodes(plan: Plan, rng: &mut SeededRng) -> u64 {
    match plan {
        Plan::Beyond => rng.random_range(3..=10),
        _ if rng.random_ratio(1, 3) => rng.random_range(1..=16),
        _ => rng.random_range(4..=7),
    }
}

pub(super) fn latency(rng: &mut SeededRng) -> Value {
    match rng.random_range(0..8) {
        0 => json!({ "model": "constant", "ms": rng.random_range(0..=50) }),
        1 => {
            json!({ "model": "normal", "mean_ms": rng.random_range(1..=50), "sd_ms": rng.random_range(0..40) })
        }
        2 => json!({ "model": "exponential", "min_ms": rng.random_range(0..20),
            "mean_ms": rng.random_range(1..=50) }),
        3 => json!({ "model": "pareto", "min_ms": rng.random_range(1..=20), "shape": 1.5,
            "max_ms": 1000 }),
        4 => json!({ "model": "regions", "places": ["virginia", "ireland", "tokyo"],
            "jitter_ms": rng.random_range(0..10) }),
        _ => {
            let min = rng.random_range(0..30);
            json!({ "model": "uniform", "min_ms": min, "max_ms": min + rng.random_range(0..60) })
        }
    }
}

fn settings(rng: &mut SeededRng) -> Value {
    let interval = rng.random_range(1..=5);
    json!({
        "view_timeout_ms": rng.random_range(50..=700),
        "client_timeout_ms": rng.random_range(100..=1200),
        "checkpoint_interval": interval,
        "window": interval * rng.random_range(1..=3),
        "batch": rng.random_range(1..=3),
        "tentative": rng.random_ratio(1, 5),
        "read_only": rng.random_ratio(1, 5),
        "status_ms": pick(rng, &[0, 0, 0, 300]),
    })
}
