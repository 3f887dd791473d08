//! Draws scripts: any mix of what can go wrong, within what theory allows for.

use crate::{SeededRng, pick, some};
use quorumscope_core::knob::{Among, Takes};
use quorumscope_core::quorum::Quorums;
use quorumscope_core::systems;
use rand::RngExt;
use serde_json::{Value, json};

/// Who takes part, and when faults may happen.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cluster {
    pub(super) nodes: u64,
    pub(super) clients: u64,
    /// How many replicas may be faulty by design.
    pub(super) f: u64,
    /// Until when things may go wrong, in milliseconds.
    pub(super) end: u64,
}

impl Cluster {
    fn total(&self) -> u64 {
        self.nodes + self.clients
    }
}

/// Any faults, some for ever; at most f replicas lie, or forget what they said.
pub(super) fn any(rng: &mut SeededRng, cluster: &Cluster) -> Value {
    let bad = rng.random_range(0..=cluster.f);
    let mut script = faulty(rng, cluster, bad, false);
    for _ in 0..rng.random_range(0..7) {
        let node = rng.random_range(0..cluster.total());
        let fault = match rng.random_range(0..10) {
            4 => json!({ "do": "tamper", "message": rng.random_range(0..300), "to": node,
                "how": pick(rng, &["drop", "duplicate"]) }),
            5 => json!({ "do": "dictate", "message": rng.random_range(0..300), "to": node,
                "choice": pick(rng, systems::first().choices).name }),
            0 => json!({ "do": "crash", "node": node }),
            1 => json!({ "do": "restart", "node": node, "keeps": "everything" }),
            2 => json!({ "do": "heal" }),
            3 => {
                json!({ "do": "request", "client": cluster.nodes + rng.random_range(0..cluster.clients),
                "read": rng.random_ratio(1, 2) })
            }
            _ => lasting(rng, cluster),
        };
        script.push(at_some_time(rng, cluster, fault));
    }
    if rng.random_ratio(1, 3) {
        restless(rng, cluster, &mut script);
    }
    script.into()
}

/// Faults that end in time; at most f replicas lie or stay down.
pub(super) fn that_end(rng: &mut SeededRng, cluster: &Cluster) -> Value {
    let bad = rng.random_range(0..=cluster.f);
    let mut script = faulty(rng, cluster, bad, true);
    for _ in 0..rng.random_range(0..6) {
        if rng.random_ratio(1, 3) {
            let node = rng.random_range(0..cluster.nodes);
            let down = rng.random_range(0..cluster.end);
            let up = rng.random_range(down + 1..=cluster.end);
            script.push(json!({ "at_ms": down, "do": "crash", "node": node }));
            script.push(json!({ "at_ms": up, "do": "restart", "node": node }));
        } else {
            let fault = lasting(rng, cluster);
            let mut fault = at_some_time(rng, cluster, fault);
            let begins = fault["at_ms"].as_u64().unwrap_or(0);
            fault["until_ms"] = rng.random_range(begins + 1..=cluster.end + 1).into();
            script.push(fault);
        }
    }
    script.into()
}

/// As many two-faced traitors as two quorums may share, or one more; at least two stay honest.
pub(super) fn traitors(rng: &mut SeededRng, cluster: &Cluster) -> Value {
    let shared = Quorums::byzantine(cluster.nodes as u32)
        .overlap()
        .unsigned_abs();
    let traitors = (shared + rng.random_range(0..2)).min(cluster.nodes - 2);
    let traitor = |node| json!({ "do": "corrupt", "node": node, "behaviour": "two-faced" });
    (0..traitors).map(traitor).collect()
}

/// So many faulty replicas: traitors, and nodes that forget, or that stay down.
fn faulty(rng: &mut SeededRng, cluster: &Cluster, bad: u64, may_stop: bool) -> Vec<Value> {
    let mut script = Vec::new();
    let camps = camps(rng, cluster);
    for node in some(rng, bad, cluster.nodes) {
        match rng.random_range(0..6) {
            0 => {
                for _ in 0..rng.random_range(1..=3) {
                    let fault = forgetful(rng, node);
                    script.push(at_some_time(rng, cluster, fault));
                }
            }
            1 if may_stop => {
                let fault = json!({ "do": "crash", "node": node });
                script.push(at_some_time(rng, cluster, fault));
            }
            1 => script.push(json!({ "do": "omit", "node": node, "cause": "corruption",
                "checksum": false, "per_mille": rng.random_range(1..=1000) })),
            _ => {
                let mut fault = traitor(rng, cluster, node, &camps);
                if rng.random_ratio(1, 3) {
                    fault = at_some_time(rng, cluster, fault);
                }
                script.push(fault);
            }
        }
    }
    script
}

fn forgetful(rng: &mut SeededRng, node: u64) -> Value {
    match rng.random_range(0..3) {
        0 => json!({ "do": "restart", "node": node, "keeps": "nothing" }),
        1 => json!({ "do": "restart", "node": node, "keeps": "checkpoint" }),
        _ => json!({ "do": "restart", "node": node, "keeps": "stale",
            "lost_writes": rng.random_range(1..=12) }),
    }
}

/// A traitor with any behaviour; all two-faced ones share their camps.
fn traitor(rng: &mut SeededRng, cluster: &Cluster, node: u64, camps: &Value) -> Value {
    let liar = systems::first()
        .behaviour("two-faced")
        .filter(|_| rng.random_ratio(1, 3));
    let able = systems::first().behaviours.iter().copied();
    let able: Vec<_> = able.filter(|one| one.by != Among::Asking).collect();
    let behaviour = liar.unwrap_or_else(|| pick(rng, &able));
    let mut order = json!({ "do": "corrupt", "node": node, "behaviour": behaviour.name });
    for knob in behaviour.knobs {
        if rng.random_ratio(1, 2) {
            continue;
        }
        let count = rng.random_range(1..=cluster.nodes);
        order[knob.name] = match knob.takes {
            Takes::Groups => camps.clone(),
            Takes::Nodes => some(rng, count, cluster.total()).into(),
            Takes::Kinds => vec![kind(rng)].into(),
            Takes::Number { .. } => rng.random_range(1..=1000).into(),
            Takes::Node(_) => (cluster.nodes + rng.random_range(0..cluster.clients)).into(),
            Takes::Choice(names) => (*pick(rng, names)).into(),
            _ => rng.random_range(50..=900).into(),
        };
    }
    order
}

/// Two or three camps of replicas; some may be in none.
fn camps(rng: &mut SeededRng, cluster: &Cluster) -> Value {
    let named = rng.random_range(1..=cluster.nodes);
    let mut groups = vec![Vec::new(); rng.random_range(2..=3)];
    for node in some(rng, named, cluster.nodes) {
        let group = rng.random_range(0..groups.len());
        groups[group].push(node);
    }
    groups.retain(|group| !group.is_empty());
    groups.into()
}

fn kind(rng: &mut SeededRng) -> &'static str {
    pick(rng, systems::first().kinds).name
}

fn at_some_time(rng: &mut SeededRng, cluster: &Cluster, mut fault: Value) -> Value {
    fault["at_ms"] = rng.random_range(0..cluster.end).into();
    fault
}

/// A fault that lasts until it is healed; nobody lies.
fn lasting(rng: &mut SeededRng, cluster: &Cluster) -> Value {
    let (one, other) = (
        rng.random_range(0..cluster.total()),
        rng.random_range(0..cluster.total()),
    );
    let often = rng.random_range(1..=1000);
    match rng.random_range(0..11) {
        0 => json!({ "do": "silence", "node": one }),
        9 => json!({ "do": "surge", "per_mille": rng.random_range(100..=5000) }),
        10 => json!({ "do": "wear", "node": one, "mttf_ms": rng.random_range(200..=4000),
            "mttr_ms": rng.random_range(1..=800) }),
        1 => omission(rng, one),
        2 => json!({ "do": "omit", "per_mille": rng.random_range(1..=400) }),
        3 => {
            json!({ "do": "duplicate", "per_mille": often, "within_ms": rng.random_range(0..500) })
        }
        4 => json!({ "do": "reorder", "per_mille": often, "spread_ms": rng.random_range(0..800) }),
        5 => json!({ "do": "slow", "from": one, "extra_ms": rng.random_range(0..600),
            "spread_ms": rng.random_range(0..300), "tail": pick(rng, &["even", "exponential"]) }),
        6 => json!({ "do": "drift", "node": one,
            "ppm": rng.random_range(-800_000..1_200_000) }),
        7 => json!({ "do": "cut", "from": one, "to": other, "both": rng.random_ratio(1, 2),
            "hold": rng.random_ratio(1, 3) }),
        _ => json!({ "do": "partition", "groups": groups(rng, cluster),
            "one_way": rng.random_ratio(1, 4), "hold": rng.random_ratio(1, 4) }),
    }
}

fn omission(rng: &mut SeededRng, node: u64) -> Value {
    let direction = pick(rng, &["send", "receive"]);
    match rng.random_range(0..3) {
        0 => json!({ "do": "omit", "node": node, "direction": direction,
            "capacity": rng.random_range(1..=20), "service_ms": rng.random_range(1..=20) }),
        1 => json!({ "do": "omit", "node": node, "direction": direction, "cause": "corruption",
            "per_mille": rng.random_range(1..=1000) }),
        _ => json!({ "do": "omit", "node": node, "direction": direction,
            "kinds": [kind(rng)] }),
    }
}

/// Two or three groups of nodes; some may be in none.
fn groups(rng: &mut SeededRng, cluster: &Cluster) -> Value {
    let named = rng.random_range(2..=cluster.total());
    let mut groups = vec![Vec::new(); rng.random_range(2..=3)];
    for node in some(rng, named, cluster.total()) {
        let group = rng.random_range(0..groups.len());
        groups[group].push(node);
    }
    groups.retain(|group| !group.is_empty());
    groups.into()
}

/// Primaries fall silent one after the other, so that views change often.
fn restless(rng: &mut SeededRng, cluster: &Cluster, script: &mut Vec<Value>) {
    let step = rng.random_range(200..=1500);
    for turn in 0..rng.random_range(1..=4) {
        let node = turn % cluster.nodes;
        let at = turn * step;
        script.push(json!({ "at_ms": at, "until_ms": at + step, "do": "silence", "node": node }));
    }
}
