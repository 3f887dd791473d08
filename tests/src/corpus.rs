//! Links as people keep them: one of each kind for every version that was released.

use quorumscope_core::knob::Among;
use quorumscope_core::link::{ENGINE, LinkExtras, encode, query_of, read_query};
use quorumscope_core::presets::{self, Preset};
use quorumscope_core::scenario::Scenario;
use quorumscope_core::systems;
use quorumscope_core::time::Time;
use serde_json::{Value, json};

/// A kept link: who made it, the link, and what it means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// The version that made it.
    pub engine: String,
    /// The link, without the page's address.
    pub link: String,
    /// The canonical document that it stands for.
    pub document: String,
}

/// Reads a corpus: a line for each link, its three parts parted by tabs.
#[must_use]
pub fn read(text: &str) -> Vec<Kept> {
    let kept = |line: &str| {
        let mut parts = line.split('\t').map(String::from);
        Some(Kept {
            engine: parts.next()?,
            link: parts.next()?,
            document: parts.next()?,
        })
    };
    text.lines().filter_map(kept).collect()
}

/// The links that this version adds: every preset, fault, behaviour and model, and links by hand.
#[must_use]
pub fn of_this_version() -> Vec<Kept> {
    let presets = presets::known().into_iter().map(Preset::scenario);
    let full = presets.chain(documents()).map(|scenario| full(&scenario));
    full.chain(by_hand()).collect()
}

fn kept(link: String, scenario: &Scenario) -> Kept {
    Kept {
        engine: ENGINE.into(),
        link,
        document: scenario.canonical().to_string(),
    }
}

/// With all that a link can carry.
fn full(scenario: &Scenario) -> Kept {
    let extras = LinkExtras {
        moment: Some(Time(1_250_000)),
        engine: Some(ENGINE.into()),
        trace: Some((crate::run(scenario).trace_hash() >> 32) as u32),
        view: None,
    };
    kept(format!("#s={}", encode(scenario, &extras)), scenario)
}

fn documents() -> impl Iterator<Item = Scenario> {
    let orders = [
        json!({ "do": "crash", "node": 1 }),
        json!({ "do": "silence", "node": 4, "until_ms": 900 }),
        json!({ "do": "restart", "node": 2, "keeps": "stale", "lost_writes": 3 }),
        json!({ "do": "omit", "per_mille": 25 }),
        json!({ "do": "omit", "node": 1, "capacity": 4, "service_ms": 2 }),
        json!({ "do": "duplicate", "per_mille": 300, "within_ms": 70 }),
        json!({ "do": "reorder", "spread_ms": 120.5, "kinds": ["prepare"] }),
        json!({ "do": "slow", "from": 3, "extra_ms": 200 }),
        json!({ "do": "drift", "node": 2, "ppm": -5000 }),
        json!({ "do": "cut", "from": 0, "to": 1, "hold": true, "until_ms": 800 }),
        json!({ "do": "partition", "groups": [[0, 1], [2, 4]], "one_way": true }),
        json!({ "at_ms": 1500, "do": "heal" }),
        json!({ "do": "request", "client": 4, "read": true }),
        json!({ "at_ms": 10, "do": "tamper", "message": 12, "to": 3, "how": "delay", "extra_ms": 5 }),
        json!({ "do": "wear", "mttf_ms": 4000, "mttr_ms": 500, "until_ms": 15_000 }),
        json!({ "at_ms": 300, "do": "surge", "per_mille": 2500, "until_ms": 900 }),
        json!({ "at_ms": 90, "do": "dictate", "message": 4, "to": 1, "choice": "withhold" }),
    ];
    let behaviours = systems::first().behaviours.iter();
    let traitors = behaviours.map(|one| {
        let node = if one.by == Among::Asking { 4 } else { 0 };
        json!({ "do": "corrupt", "node": node, "behaviour": one.name })
    });
    let models = [
        json!({ "model": "constant", "ms": 12.5 }),
        json!({ "model": "uniform", "min_ms": 5, "max_ms": 50 }),
        json!({ "model": "normal", "mean_ms": 40, "sd_ms": 9 }),
        json!({ "model": "exponential", "mean_ms": 25, "min_ms": 5 }),
        json!({ "model": "pareto", "min_ms": 10, "shape": 1.5, "max_ms": 1000 }),
        json!({ "model": "regions", "places": ["tokyo", "oregon", "ireland"] }),
    ];
    let whole = [
        json!({ "nodes": 7, "clients": 3, "quorum": 5, "seed": 9_007_199_254_740_991_u64, "until_ms": 2500.125 }),
        json!({ "workload": { "requests": 3, "gap_ms": 10.5, "reads_per_mille": 400 } }),
        json!({ "workload": { "requests": 8, "arrivals": "poisson", "rate_per_s": 20 } }),
        json!({ "settings": { "batch": 4, "window": 20, "checkpoint_interval": 5, "tentative": true, "read_only": true } }),
    ];
    let orders = orders
        .into_iter()
        .chain(traitors)
        .map(|order| json!({ "seed": 7, "script": [order] }));
    let models = models.into_iter().map(|model| json!({ "latency": model }));
    let all: Vec<Value> = orders.chain(models).chain(whole).collect();
    all.into_iter().map(|document| crate::read(&document))
}

fn by_hand() -> impl Iterator<Item = Kept> {
    let queries = [
        "?protocol=pbft&n=7&f=2&behaviour=two-faced&seed=42",
        "?n=4&f=1",
        "?latency=20..60&loss=2.5%25&requests=3&gap=50",
        "?LATENCY=35&clients=2&quorum=4&until=4000&timeout=700&batch=2",
        "?preset=crashed-primary&seed=5",
        "?embed=1&nodes=10&behaviour=silent&t=2",
    ];
    queries.into_iter().map(|query| {
        let (scenario, _) = read_query(&query_of(query));
        kept(query.into(), &scenario)
    })
}
