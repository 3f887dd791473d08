//! Random scenarios, made from the faults' own descriptions.

use crate::systems;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use quorumscope_core::cast::Cast;
use quorumscope_core::fault::{Behaviour, Fault};
use quorumscope_core::faults;
use quorumscope_core::knob::{Among, Knob, Takes};
use quorumscope_core::latency::PLACES;
use quorumscope_core::scenario::{Scenario, order_from_value};
use quorumscope_core::spec::Spec;
use serde_json::{Map, Value, json};

/// The most nodes of a role that serves, and of one that only asks.
const MOST: (u16, u16) = (16, 3);
/// When orders begin at the latest, in microseconds.
const LATEST: u64 = 20_000_000;

/// Any scenario of any system, with up to 8 orders of any kind.
pub fn scenarios() -> impl Strategy<Value = Scenario> {
    select(systems()).prop_flat_map(scenarios_of)
}

/// The same of one system.
pub fn scenarios_of(spec: &'static Spec) -> impl Strategy<Value = Scenario> {
    casts(spec).prop_flat_map(move |cast| {
        let orders = vec(order(spec, cast, LATEST), 0..8);
        (document(spec, cast), orders).prop_map(|(document, orders)| with_orders(document, orders))
    })
}

/// The usual scenario of a system with up to 4 orders, one of them of this fault, or of a traitor
/// with this behaviour.
pub fn scenarios_with(
    spec: &'static Spec,
    fault: &'static Fault,
    behaviour: Option<&'static Behaviour>,
    before: Value,
) -> impl Strategy<Value = Scenario> {
    const SOON: u64 = 2_500_000;
    casts(spec).prop_flat_map(move |cast| {
        let before = before.clone();
        let orders = vec(order(spec, cast, SOON), 0..4);
        let settings = settings(spec, cast);
        let this = order_of(spec, cast, SOON, fault, behaviour);
        (settings, orders, this).prop_map(move |(settings, mut orders, this)| {
            let bare =
                json!({ "protocol": spec.name, "cast": counts(spec, cast), "until_ms": 8000 });
            let document = settings.into_iter().flatten().fold(bare, with_setting);
            orders.extend(before.as_array().cloned().into_iter().flatten());
            orders.push(this);
            with_orders(document, orders)
        })
    })
}

/// The document with those orders that go with the rest.
fn with_orders(mut document: Value, orders: Vec<Value>) -> Scenario {
    let bare = Scenario::from_value(&document).expect("all of its fields are in bounds");
    let fits = |order: &Value| order_from_value(order, &bare, "").is_ok();
    document["script"] = orders.into_iter().filter(fits).collect();
    Scenario::from_value(&document).expect("its orders were read one by one")
}

/// How many nodes play each role; at least one in all.
fn casts(spec: &'static Spec) -> impl Strategy<Value = Cast> {
    let roles = spec.roles.iter();
    let counts: Vec<_> = roles
        .map(|role| {
            let most = if role.serves { MOST.0 } else { MOST.1 };
            role.bounds.0..=role.bounds.1.min(most)
        })
        .collect();
    counts.prop_map(|counts| {
        let counts = counts.into_iter().enumerate();
        counts.fold(Cast::usual(spec.roles), |cast, (role, count)| {
            cast.with(role, count)
        })
    })
}

fn counts(spec: &Spec, cast: Cast) -> Value {
    let roles = spec.roles.iter().enumerate();
    let counts = roles.map(|(index, role)| (role.plural.to_owned(), cast.count(index).into()));
    Value::Object(counts.collect())
}

fn document(spec: &'static Spec, cast: Cast) -> impl Strategy<Value = Value> {
    let parts = (
        0..1u64 << 53,
        latency(),
        0..50u32,
        settings(spec, cast),
        0..60_000_000u64,
    );
    parts.prop_map(move |(seed, latency, requests, settings, until)| {
        let document = json!({
            "protocol": spec.name, "cast": counts(spec, cast), "seed": seed, "latency": latency,
            "until_ms": ms(until), "workload": { "requests": requests },
        });
        settings.into_iter().flatten().fold(document, with_setting)
    })
}

/// Where a document sets something: its object, empty for the top, and its name there.
type Place = (&'static str, String);

/// A value for each knob of the system and its workload, or none; some do not go together.
fn settings(spec: &'static Spec, cast: Cast) -> Vec<BoxedStrategy<Option<(Place, Value)>>> {
    let place = |knob: &'static Knob| match knob.name {
        "quorum" => (knob, ""),
        _ => (knob, "settings"),
    };
    let few = |knob: &&Knob| knob.name != "requests";
    let workload = spec
        .workload
        .iter()
        .filter(few)
        .map(|knob| (knob, "workload"));
    let all = spec.knobs.iter().map(place).chain(workload);
    all.map(|(knob, object)| {
        let values = value(knob, None, spec, cast);
        let placed = move |(name, value)| ((object, name), value);
        values.prop_map(move |given| given.map(placed)).boxed()
    })
    .collect()
}

/// The document with one setting more, if that goes with the others.
fn with_setting(document: Value, ((object, name), value): (Place, Value)) -> Value {
    let mut changed = document.clone();
    match object {
        "" => changed[name] = value,
        _ => changed[object][name] = value,
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
fn order(spec: &'static Spec, cast: Cast, latest: u64) -> impl Strategy<Value = Value> {
    let faults: Vec<_> = applicable(spec).collect();
    let behaviours = spec.behaviours.iter().copied().map(Some);
    let behaviours: Vec<_> = behaviours
        .chain(spec.behaviours.is_empty().then_some(None))
        .collect();
    (select(faults), select(behaviours))
        .prop_flat_map(move |(fault, behaviour)| order_of(spec, cast, latest, fault, behaviour))
}

/// The faults that can be ordered for a system.
pub fn applicable(spec: &'static Spec) -> impl Iterator<Item = &'static Fault> {
    let faults = faults::ALL.iter().copied();
    faults.filter(|fault| (fault.fits)(spec))
}

fn order_of(
    spec: &'static Spec,
    cast: Cast,
    latest: u64,
    fault: &'static Fault,
    behaviour: Option<&'static Behaviour>,
) -> BoxedStrategy<Value> {
    let lies = fault
        .knobs
        .iter()
        .any(|knob| knob.takes == Takes::Behaviour);
    let more = behaviour.filter(|_| lies).map_or(&[][..], |lie| lie.knobs);
    let knobs = fault.knobs.iter().chain(more);
    let knobs: Vec<_> = knobs
        .map(|knob| value(knob, behaviour, spec, cast))
        .collect();
    (times(fault, latest), knobs)
        .prop_map(move |(times, knobs)| {
            let mut entry: Map<String, Value> = times;
            entry.insert("do".into(), fault.name.into());
            entry.extend(knobs.into_iter().flatten());
            Value::Object(entry)
        })
        .boxed()
}

fn times(fault: &Fault, latest: u64) -> impl Strategy<Value = Map<String, Value>> + use<> {
    let lasts = if fault.lasts {
        any::<bool>().boxed()
    } else {
        Just(false).boxed()
    };
    (0..latest, 1..latest, lasts).prop_map(|(at, lasting, ends)| {
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
    behaviour: Option<&'static Behaviour>,
    spec: &'static Spec,
    cast: Cast,
) -> BoxedStrategy<Option<(String, Value)>> {
    let total = cast.total();
    let values: BoxedStrategy<Value> = match knob.takes {
        Takes::Node(among) => one_node(cast, among),
        Takes::NodeOrAll => one_node(cast, Among::Any),
        Takes::Votes => (1..=cast.servers().max(1)).prop_map(Value::from).boxed(),
        Takes::Nodes => some_nodes(total).prop_map(|nodes| json!(nodes)).boxed(),
        Takes::Groups => groups(total).boxed(),
        Takes::Span | Takes::Period => (1..3_000_000u64).prop_map(ms).boxed(),
        Takes::Number { min, max } => {
            let small = min..=max.min(min.saturating_add(100));
            prop_oneof![min..=max, small].prop_map(Value::from).boxed()
        }
        Takes::Numbers { min, max } => vec(min..=max, 1..4)
            .prop_map(|numbers| json!(numbers))
            .boxed(),
        Takes::Kinds => vec(any::<Index>(), 1..4)
            .prop_map(|picks| kinds(spec, &picks))
            .boxed(),
        Takes::Behaviour => Just(json!(behaviour.map(|one| one.name))).boxed(),
        Takes::Flag => any::<bool>().prop_map(Value::from).boxed(),
        Takes::Answer | Takes::Disk | Takes::Choice(_) => {
            select(spec.names(knob.takes)).prop_map(Value::from).boxed()
        }
    };
    let named = values.prop_map(|value| Some((knob.name.to_owned(), value)));
    if !knob.must() {
        return prop_oneof![Just(None), named].boxed();
    }
    named.boxed()
}

/// One of those who may be named; of none, a value that is refused.
fn one_node(cast: Cast, among: Among) -> BoxedStrategy<Value> {
    let nodes: Vec<u16> = cast.those(among).map(|node| node.0).collect();
    match nodes.is_empty() {
        true => Just(Value::Null).boxed(),
        false => select(nodes).prop_map(Value::from).boxed(),
    }
}

fn kinds(spec: &Spec, picks: &[Index]) -> Value {
    picks.iter().map(|pick| pick.get(spec.kinds).name).collect()
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
