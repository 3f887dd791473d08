//! A service: its rules by hand-made numbers, its promises, its mistakes and its presets.

mod closed_forms;
mod flaws;
mod lessons;
mod presets;
mod promises;
mod refusals;
mod rules;

use quorumscope_core::scenario::Scenario;
use quorumscope_core::trace::{Event, What};
use quorumscope_core::world::{World, open};
use quorumscope_tests::{finish, read, systems};
use serde_json::{Value, json};

/// A scenario of a service whose messages take a millisecond, with some of its fields.
fn scenario(fields: &Value) -> Scenario {
    let _ = systems();
    let mut document =
        json!({ "protocol": "service", "latency": { "model": "constant", "ms": 1 } });
    for (name, value) in fields.as_object().into_iter().flatten() {
        document[name] = value.clone();
    }
    read(&document)
}

/// Its run, at the end, with all events.
fn recorded(fields: &Value) -> Box<dyn World> {
    let mut world = open(&scenario(fields));
    world.record(true);
    finish(world.as_mut());
    world
}

/// What is measured of a run under this name.
fn metric(world: &dyn World, name: &str) -> f64 {
    let mut metrics = world.scenario().spec.metrics.iter();
    let metric = metrics.find(|metric| metric.name == name);
    let measure = metric.unwrap_or_else(|| panic!("no metric {name}")).measure;
    measure(world).unwrap_or_else(|| panic!("nothing to measure {name} by"))
}

/// How many messages of a kind were sent.
fn sent(world: &dyn World, kind: &str) -> u64 {
    let place = world.kinds().iter().position(|known| known.name == kind);
    world.stats().sent[place.unwrap_or_else(|| panic!("no kind {kind}"))]
}

/// When something happened, in milliseconds.
fn when(world: &dyn World, is: impl Fn(&Event) -> bool) -> Vec<f64> {
    let events = world.chronicle().events.iter();
    events
        .filter(|event| is(event))
        .map(|event| event.at.ms())
        .collect()
}

/// When a rule of this name was followed, in milliseconds.
fn followed(world: &dyn World, name: &str) -> Vec<f64> {
    when(
        world,
        |event| matches!(event.what, What::Because(rule, _) if rule.name == name),
    )
}

/// When messages of this kind left, in milliseconds.
fn left(world: &dyn World, kind: &str) -> Vec<f64> {
    let kinds = world.kinds();
    when(
        world,
        |event| matches!(event.what, What::Sent { kind: index, .. } if kinds[usize::from(index)].name == kind),
    )
}

/// How long each request took that was answered, in milliseconds, by client and number.
fn latencies(world: &dyn World) -> Vec<f64> {
    let asked = world.chronicle().asked.iter().flatten();
    let spans = asked.filter_map(|asked| Some(asked.answered?.0.since(asked.at).ms()));
    spans.collect()
}

/// Whether two numbers differ by at most so much of the second.
fn near(found: f64, right: f64, tolerance: f64) -> bool {
    (found - right).abs() <= right * tolerance
}
