//! Draws a scenario of any system, from what the system and the faults say about themselves.

use super::generator::latency;
use crate::{SeededRng, pick, some};
use quorumscope_core::cast::Cast;
use quorumscope_core::fault::Fault;
use quorumscope_core::faults;
use quorumscope_core::knob::{Knob, Takes};
use quorumscope_core::scenario::{Scenario, order_from_value};
use quorumscope_core::spec::Spec;
use rand::{RngExt, SeedableRng};
use serde_json::{Value, json};

/// The most nodes of a role that serves, and of one that only asks.
const MOST: (u16, u16) = (7, 3);
/// Orders come in this many milliseconds, and the run ends after twice as many.
const END: u64 = 4_000;

/// The scenario of this number; what does not go together is left out of it.
pub(super) fn scenario(spec: &'static Spec, seed: u64) -> Scenario {
    let mut rng = SeededRng::seed_from_u64(seed);
    let cast = cast(&mut rng, spec);
    let roles = spec.roles.iter().enumerate();
    let counts: Value = roles
        .map(|(index, role)| (role.plural.to_owned(), Value::from(cast.count(index))))
        .collect();
    let mut scenario = Scenario::of(spec);
    let mut document = json!({});
    let mut put = |object: &str, name: &str, value: Value| {
        let mut changed = document.clone();
        match object {
            "" => changed[name] = value,
            _ => changed[object][name] = value,
        }
        if let Ok(read) = Scenario::from_value(&changed) {
            (document, scenario) = (changed, read);
        }
    };
    put("", "protocol", spec.name.into());
    put("", "cast", counts);
    put("", "seed", (seed % (1 << 53)).into());
    put("", "latency", latency(&mut rng));
    put("", "until_ms", (2 * END).into());
    for (object, knob) in knobs(spec) {
        let usual = rng.random_ratio(2, 3);
        let value = value(&mut rng, knob, spec, cast);
        if !usual && knob.name != "quorum" {
            put(object, knob.name, value);
        }
    }
    put("workload", "requests", rng.random_range(1..=20).into());
    for _ in 0..rng.random_range(0..7) {
        let order = order(&mut rng, spec, cast);
        if let Ok(order) = order_from_value(&order, &scenario, "") {
            scenario.script.push(order);
        }
    }
    scenario
}

fn knobs(spec: &'static Spec) -> impl Iterator<Item = (&'static str, &'static Knob)> {
    let settings = spec.knobs.iter().map(|knob| ("settings", knob));
    settings.chain(spec.workload.iter().map(|knob| ("workload", knob)))
}

fn cast(rng: &mut SeededRng, spec: &'static Spec) -> Cast {
    let roles = spec.roles.iter().enumerate();
    roles.fold(Cast::usual(spec.roles), |cast, (index, role)| {
        let most = if role.serves { MOST.0 } else { MOST.1 };
        let (least, most) = (role.bounds.0, role.bounds.1.min(most));
        cast.with(index, rng.random_range(least..=most.max(least)))
    })
}

/// Any fault that the system offers, or a traitor of its.
fn order(rng: &mut SeededRng, spec: &'static Spec, cast: Cast) -> Value {
    let offered: Vec<&Fault> = faults::ALL
        .iter()
        .copied()
        .filter(|fault| (fault.fits)(spec))
        .collect();
    let fault = pick(rng, &offered);
    let begins = rng.random_range(0..END);
    let mut order = json!({ "do": fault.name, "at_ms": begins });
    if fault.lasts && rng.random_ratio(2, 3) {
        order["until_ms"] = rng.random_range(begins + 1..=END + 1).into();
    }
    for knob in fault.knobs {
        give(rng, &mut order, knob, spec, cast);
    }
    let behaviour = order["behaviour"]
        .as_str()
        .and_then(|name| spec.behaviour(name));
    for knob in behaviour.map_or(&[][..], |behaviour| behaviour.knobs) {
        give(rng, &mut order, knob, spec, cast);
    }
    order
}

fn give(rng: &mut SeededRng, order: &mut Value, knob: &Knob, spec: &'static Spec, cast: Cast) {
    let left_out = !knob.must() && rng.random_ratio(1, 2);
    let value = value(rng, knob, spec, cast);
    if !left_out {
        order[knob.name] = value;
    }
}

/// A value that the knob takes; of no node that fits, one that is refused.
fn value(rng: &mut SeededRng, knob: &Knob, spec: &'static Spec, cast: Cast) -> Value {
    let total = u64::from(cast.total());
    match knob.takes {
        Takes::Node(among) => {
            let those: Vec<u16> = cast.those(among).map(|node| node.0).collect();
            match those.is_empty() {
                true => Value::Null,
                false => pick(rng, &those).into(),
            }
        }
        Takes::NodeOrAll => rng.random_range(0..total).into(),
        Takes::Nodes => some_of(rng, total).into(),
        Takes::Groups => {
            let (one, other): (Vec<_>, Vec<_>) = some_of(rng, total)
                .into_iter()
                .partition(|_| rng.random_ratio(1, 2));
            json!([one, other])
        }
        Takes::Span | Takes::Period => rng.random_range(1..=2_000).into(),
        Takes::Number { min, max } => rng
            .random_range(min..=max.min(min.saturating_add(100)))
            .into(),
        Takes::Votes => rng
            .random_range(1..=u64::from(cast.servers().max(1)))
            .into(),
        Takes::Flag => rng.random_ratio(1, 2).into(),
        Takes::Kinds => json!([one_name(rng, spec, knob.takes)]),
        takes => one_name(rng, spec, takes),
    }
}

fn some_of(rng: &mut SeededRng, total: u64) -> Vec<u64> {
    let count = rng.random_range(1..=total);
    some(rng, count, total)
}

fn one_name(rng: &mut SeededRng, spec: &'static Spec, takes: Takes) -> Value {
    let names = spec.names(takes);
    match names.is_empty() {
        true => Value::Null,
        false => pick(rng, &names).into(),
    }
}
