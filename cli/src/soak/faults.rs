//! Draws scripts: any mix of what can go wrong, within what theory allows for.

use super::dice::Dice;
use quorumscope_core::knob::Takes;
use quorumscope_core::quorum::Quorums;
use quorumscope_core::systems;
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
pub(super) fn any(dice: &mut Dice, cluster: &Cluster) -> Value {
    let bad = dice.below(cluster.f + 1);
    let mut script = faulty(dice, cluster, bad, false);
    for _ in 0..dice.below(7) {
        let node = dice.below(cluster.total());
        let fault = match dice.below(10) {
            4 => json!({ "do": "tamper", "message": dice.below(300), "to": node,
                "how": dice.pick(&["drop", "duplicate"]) }),
            5 => json!({ "do": "dictate", "message": dice.below(300), "to": node,
                "choice": dice.pick(systems::first().choices).name }),
            0 => json!({ "do": "crash", "node": node }),
            1 => json!({ "do": "restart", "node": node, "keeps": "everything" }),
            2 => json!({ "do": "heal" }),
            3 => json!({ "do": "request", "client": cluster.nodes + dice.below(cluster.clients),
                "read": dice.once_in(2) }),
            _ => lasting(dice, cluster),
        };
        script.push(at_some_time(dice, cluster, fault));
    }
    if dice.once_in(3) {
        restless(dice, cluster, &mut script);
    }
    script.into()
}

/// Faults that end in time; at most f replicas lie or stay down.
pub(super) fn that_end(dice: &mut Dice, cluster: &Cluster) -> Value {
    let bad = dice.below(cluster.f + 1);
    let mut script = faulty(dice, cluster, bad, true);
    for _ in 0..dice.below(6) {
        if dice.once_in(3) {
            let node = dice.below(cluster.nodes);
            let down = dice.below(cluster.end);
            let up = dice.between(down + 1, cluster.end);
            script.push(json!({ "at_ms": down, "do": "crash", "node": node }));
            script.push(json!({ "at_ms": up, "do": "restart", "node": node }));
        } else {
            let fault = lasting(dice, cluster);
            let mut fault = at_some_time(dice, cluster, fault);
            let begins = fault["at_ms"].as_u64().unwrap_or(0);
            fault["until_ms"] = dice.between(begins + 1, cluster.end + 1).into();
            script.push(fault);
        }
    }
    script.into()
}

/// As many two-faced traitors as two quorums may share, or one more; at least two stay honest.
pub(super) fn treason(dice: &mut Dice, cluster: &Cluster) -> Value {
    let shared = Quorums::byzantine(cluster.nodes as u32)
        .overlap()
        .unsigned_abs();
    let traitors = (shared + dice.below(2)).min(cluster.nodes - 2);
    let traitor = |node| json!({ "do": "corrupt", "node": node, "behaviour": "two-faced" });
    (0..traitors).map(traitor).collect()
}

/// So many faulty replicas: traitors, and nodes that forget, or that stay down.
fn faulty(dice: &mut Dice, cluster: &Cluster, bad: u64, may_stop: bool) -> Vec<Value> {
    let mut script = Vec::new();
    let camps = camps(dice, cluster);
    for node in dice.some(bad, cluster.nodes) {
        match dice.below(6) {
            0 => {
                for _ in 0..dice.between(1, 3) {
                    let fault = forgetful(dice, node);
                    script.push(at_some_time(dice, cluster, fault));
                }
            }
            1 if may_stop => {
                let fault = json!({ "do": "crash", "node": node });
                script.push(at_some_time(dice, cluster, fault));
            }
            1 => script.push(json!({ "do": "omit", "node": node, "cause": "corruption",
                "checksum": false, "per_mille": dice.between(1, 1000) })),
            _ => {
                let mut fault = traitor(dice, cluster, node, &camps);
                if dice.once_in(3) {
                    fault = at_some_time(dice, cluster, fault);
                }
                script.push(fault);
            }
        }
    }
    script
}

fn forgetful(dice: &mut Dice, node: u64) -> Value {
    match dice.below(3) {
        0 => json!({ "do": "restart", "node": node, "keeps": "nothing" }),
        1 => json!({ "do": "restart", "node": node, "keeps": "checkpoint" }),
        _ => json!({ "do": "restart", "node": node, "keeps": "stale",
            "lost_writes": dice.between(1, 12) }),
    }
}

/// A traitor with any behaviour; all two-faced ones share their camps.
fn traitor(dice: &mut Dice, cluster: &Cluster, node: u64, camps: &Value) -> Value {
    let liar = systems::first()
        .behaviour("two-faced")
        .filter(|_| dice.once_in(3));
    let behaviour = liar.unwrap_or_else(|| dice.pick(systems::first().behaviours));
    let mut order = json!({ "do": "corrupt", "node": node, "behaviour": behaviour.name });
    for knob in behaviour.knobs {
        if dice.once_in(2) {
            continue;
        }
        let count = dice.between(1, cluster.nodes);
        order[knob.name] = match knob.takes {
            Takes::Groups => camps.clone(),
            Takes::Nodes => dice.some(count, cluster.total()).into(),
            Takes::Kinds => vec![kind(dice)].into(),
            Takes::Number { .. } => dice.between(1, 1000).into(),
            _ => dice.between(50, 900).into(),
        };
    }
    order
}

/// Two or three camps of replicas; some may be in none.
fn camps(dice: &mut Dice, cluster: &Cluster) -> Value {
    let named = dice.between(1, cluster.nodes);
    let mut groups = vec![Vec::new(); dice.between(2, 3) as usize];
    for node in dice.some(named, cluster.nodes) {
        let group = dice.below(groups.len() as u64) as usize;
        groups[group].push(node);
    }
    groups.retain(|group| !group.is_empty());
    groups.into()
}

fn kind(dice: &mut Dice) -> &'static str {
    dice.pick(&[
        "request",
        "pre-prepare",
        "prepare",
        "commit",
        "reply",
        "checkpoint",
        "view-change",
        "new-view",
        "state-request",
        "state-reply",
        "relay",
    ])
}

fn at_some_time(dice: &mut Dice, cluster: &Cluster, mut fault: Value) -> Value {
    fault["at_ms"] = dice.below(cluster.end).into();
    fault
}

/// A fault that lasts until it is healed; nobody lies.
fn lasting(dice: &mut Dice, cluster: &Cluster) -> Value {
    let (one, other) = (dice.below(cluster.total()), dice.below(cluster.total()));
    let often = dice.between(1, 1000);
    match dice.below(11) {
        0 => json!({ "do": "silence", "node": one }),
        9 => json!({ "do": "surge", "per_mille": dice.between(100, 5000) }),
        10 => json!({ "do": "wear", "node": one, "mttf_ms": dice.between(200, 4000),
            "mttr_ms": dice.between(1, 800) }),
        1 => omission(dice, one),
        2 => json!({ "do": "omit", "per_mille": dice.between(1, 400) }),
        3 => json!({ "do": "duplicate", "per_mille": often, "within_ms": dice.below(500) }),
        4 => json!({ "do": "reorder", "per_mille": often, "spread_ms": dice.below(800) }),
        5 => json!({ "do": "slow", "from": one, "extra_ms": dice.below(600),
            "spread_ms": dice.below(300), "tail": dice.pick(&["even", "exponential"]) }),
        6 => json!({ "do": "drift", "node": one,
            "ppm": dice.below(2_000_000) as i64 - 800_000 }),
        7 => json!({ "do": "cut", "from": one, "to": other, "both": dice.once_in(2),
            "hold": dice.once_in(3) }),
        _ => json!({ "do": "partition", "groups": groups(dice, cluster),
            "one_way": dice.once_in(4), "hold": dice.once_in(4) }),
    }
}

fn omission(dice: &mut Dice, node: u64) -> Value {
    let direction = dice.pick(&["send", "receive"]);
    match dice.below(3) {
        0 => json!({ "do": "omit", "node": node, "direction": direction,
            "capacity": dice.between(1, 20), "service_ms": dice.between(1, 20) }),
        1 => json!({ "do": "omit", "node": node, "direction": direction, "cause": "corruption",
            "per_mille": dice.between(1, 1000) }),
        _ => json!({ "do": "omit", "node": node, "direction": direction,
            "kinds": [kind(dice)] }),
    }
}

/// Two or three groups of nodes; some may be in none.
fn groups(dice: &mut Dice, cluster: &Cluster) -> Value {
    let named = dice.between(2, cluster.total());
    let mut groups = vec![Vec::new(); dice.between(2, 3) as usize];
    for node in dice.some(named, cluster.total()) {
        let group = dice.below(groups.len() as u64) as usize;
        groups[group].push(node);
    }
    groups.retain(|group| !group.is_empty());
    groups.into()
}

/// Primaries fall silent one after the other, so that views change often.
fn restless(dice: &mut Dice, cluster: &Cluster, script: &mut Vec<Value>) {
    let step = dice.between(200, 1500);
    for turn in 0..dice.between(1, 4) {
        let node = turn % cluster.nodes;
        let at = turn * step;
        script.push(json!({ "at_ms": at, "until_ms": at + step, "do": "silence", "node": node }));
    }
}
