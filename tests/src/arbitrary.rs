//! Random scenarios, made from the faults' own descriptions.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use quorumscope_core::fault::Fault;
use quorumscope_core::faults;
use quorumscope_core::knob::{Among, Knob, Takes};
use quorumscope_core::latency::PLACES;
use quorumscope_core::scenario::{Scenario, order_from_value};
use quorumscope_core::systems;
use serde_json::{Map, Value, json};

/// Any scenario of up to 16 replicas, with up to 8 orders of any kind.
pub fn scenarios() -> impl Strategy<Value = Scenario> {
    (1..=16u16, 0..=3u16).prop_flat_map(|(nodes, clients)| {
        let orders = vec(order(nodes, clients), 0..8);
        (document(nodes, clients), orders).prop_map(|(mut document, orders)| {
            let bare = Scenario::from_value(&document).expect("all of its fields are in bounds");
            let fits = |order: &Value| order_from_value(order, &bare, "").is_ok();
            document["script"] = orders.into_iter().filter(fits).collect();
            Scenario::from_value(&document).expect("its orders were read one by one")
        })
    })
}

fn document(nodes: u16, clients: u16) -> impl Strategy<Value = Value> {
    let workload = (0..50u32, 0..1_000_000u64, 0..=1000u32);
    let parts = (
        0..1u64 << 53,
        latency(),
        workload,
        settings(nodes, clients),
        0..60_000_000u64,
    );
    parts.prop_map(move |(seed, latency, work, settings, until)| {
        let document = json!({
            "nodes": nodes, "clients": clients, "seed": seed, "latency": latency,
            "until_ms": ms(until), "settings": {},
            "workload": { "requests": work.0, "gap_ms": ms(work.1), "reads_per_mille": work.2 },
        });
        settings.into_iter().flatten().fold(document, with_setting)
    })
}

/// Values for the system's knobs; some do not go together.
fn settings(nodes: u16, clients: u16) -> Vec<BoxedStrategy<Option<(String, Value)>>> {
    let knobs = systems::first().knobs.iter();
    knobs.map(|knob| value(knob, "", nodes, clients)).collect()
}

/// The document with one setting more, if that goes with the others.
fn with_setting(document: Value, (name, value): (String, Value)) -> Value {
    let mut changed = document.clone();
    match name.as_str() {
        "quorum" => changed["quorum"] = value,
        _ => changed["settings"][name] = value,
    }
    match Scenario::from_value(&changed) {
        Ok(_) => changed,
        Err(_) => document,
    }
}

fn latency() -> impl Strategy<Value = Value> {
    let span = || (0..500_000u64).prop_map(ms);
    let pair = || (0..500_000u64, 0..500_000u64);
    prop_oneof![
        span().prop_map(|ms| json!({ "model": "constant", "ms": ms })),
        pair().prop_map(|(min, more)| {
            json!({ "model": "uniform", "min_ms": ms(min), "max_ms": ms(min + more) })
        }),
        (span(), span()).prop_map(|(m, s)| json!({ "model": "normal", "mean_ms": m, "sd_ms": s })),
        (span(), span()).prop_map(|(mean, min)| {
            json!({ "model": "exponential", "mean_ms": mean, "min_ms": min })
        }),
        (pair(), 1..9000u32).prop_map(|((min, more), shape)| {
            let shape = f64::from(shape) / 1000.0;
            json!({ "model": "pareto", "min_ms": ms(min), "shape": shape, "max_ms": ms(min + more) })
        }),
        (1..=PLACES.len(), span()).prop_map(|(places, jitter)| {
            json!({ "model": "regions", "places": PLACES[..places], "of": [0], "jitter_ms": jitter })
        }),
    ]
}

/// Microseconds as a document's milliseconds.
fn ms(micros: u64) -> Value {
    json!(micros as f64 / 1000.0)
}

/// Any order; some have values that do not go together.
fn order(nodes: u16, clients: u16) -> impl Strategy<Value = Value> {
    let (fault, behaviour) = (select(faults::ALL), select(systems::first().behaviours));
    (fault, behaviour).prop_flat_map(move |(fault, behaviour)| {
        let lies = fault
            .knobs
            .iter()
            .any(|knob| knob.takes == Takes::Behaviour);
        let more = if lies { behaviour.knobs } else { &[] };
        let knobs = fault.knobs.iter().chain(more);
        let knobs: Vec<_> = knobs
            .map(|knob| value(knob, behaviour.name, nodes, clients))
            .collect();
        (times(fault), knobs).prop_map(move |(times, knobs)| {
            let mut entry: Map<String, Value> = times;
            entry.insert("do".into(), fault.name.into());
            entry.extend(knobs.into_iter().flatten());
            Value::Object(entry)
        })
    })
}

fn times(fault: &Fault) -> impl Strategy<Value = Map<String, Value>> + use<> {
    let lasts = if fault.lasts {
        any::<bool>().boxed()
    } else {
        Just(false).boxed()
    };
    (0..20_000_000u64, 1..20_000_000u64, lasts).prop_map(|(at, lasting, ends)| {
        let mut entry = Map::new();
        entry.insert("at_ms".into(), ms(at));
        if ends {
            entry.insert("until_ms".into(), ms(at + lasting));
        }
        entry
    })
}

/// A value that the knob takes, or none where it may be left out.
fn value(
    knob: &'static Knob,
    behaviour: &'static str,
    nodes: u16,
    clients: u16,
) -> BoxedStrategy<Option<(String, Value)>> {
    let (spec, total) = (systems::first(), nodes + clients);
    let values: BoxedStrategy<Value> = match knob.takes {
        Takes::Node(Among::Corruptible) => (0..nodes).prop_map(Value::from).boxed(),
        Takes::Node(Among::Asking) => (nodes..total.max(nodes + 1)).prop_map(Value::from).boxed(),
        Takes::Node(Among::Any) | Takes::NodeOrAll => (0..total).prop_map(Value::from).boxed(),
        Takes::Votes => (1..=nodes).prop_map(Value::from).boxed(),
        Takes::Answer => {
            let names: Vec<_> = spec.choices.iter().map(|choice| choice.name).collect();
            select(names).prop_map(Value::from).boxed()
        }
        Takes::Disk => {
            let names: Vec<_> = spec.disk_names().collect();
            select(names).prop_map(Value::from).boxed()
        }
        Takes::Nodes => some_nodes(total).prop_map(|nodes| json!(nodes)).boxed(),
        Takes::Groups => groups(total).boxed(),
        Takes::Span | Takes::Period => (1..3_000_000u64).prop_map(ms).boxed(),
        Takes::Number { min, max } => (min..=max).prop_map(Value::from).boxed(),
        Takes::Choice(names) => select(names).prop_map(Value::from).boxed(),
        Takes::Kinds => vec(any::<Index>(), 1..4)
            .prop_map(|picks| kinds(&picks))
            .boxed(),
        Takes::Behaviour => Just(Value::from(behaviour)).boxed(),
        Takes::Flag => any::<bool>().prop_map(Value::from).boxed(),
    };
    let named = values.prop_map(|value| Some((knob.name.to_owned(), value)));
    if !knob.must() {
        return prop_oneof![Just(None), named].boxed();
    }
    named.boxed()
}

fn kinds(picks: &[Index]) -> Value {
    let kinds = systems::first().kinds;
    picks.iter().map(|pick| pick.get(kinds).name).collect()
}

fn some_nodes(total: u16) -> impl Strategy<Value = Vec<u16>> {
    let all: Vec<u16> = (0..total).collect();
    proptest::sample::subsequence(all, 1..=usize::from(total))
}

/// Groups that share no node.
fn groups(total: u16) -> impl Strategy<Value = Value> {
    vec(0..4usize, usize::from(total)).prop_map(|sides| {
        let group = |side| -> Vec<usize> {
            (0..sides.len())
                .filter(|node| sides[*node] == side)
                .collect()
        };
        let groups = (0..3).map(group).filter(|group| !group.is_empty());
        groups.collect::<Vec<_>>().into()
    })
}
