//! What is counted in a stretch: messages, timeouts, decisions, and how long answers took.

use super::{Stretch, arrows, names};
use crate::chronicle::Asked;
use crate::metric::rank;
use crate::protocol::Claim;
use crate::report::number;
use crate::time::{Span, Time};
use crate::trace::{DropReason, What};
use crate::world::World;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// One number: what it measures, of what, and its value; `null` where there is none.
pub(super) type Row = (&'static str, String, Value);

/// The numbers of a stretch, in reading order.
pub(super) fn rows(world: &dyn World, stretch: Stretch) -> Vec<Row> {
    let mut rows = vec![
        ("span_ms", "from".into(), json!(stretch.from.ms())),
        ("span_ms", "to".into(), json!(stretch.to.ms())),
    ];
    counted(world, stretch, &mut rows);
    answered(world, stretch, &mut rows);
    let whole = world.scenario().spec.metrics.iter();
    rows.extend(whole.map(|metric| (metric.name, "run".into(), number((metric.measure)(world)))));
    rows
}

#[derive(Default)]
struct Counts {
    sent: Vec<u64>,
    delivered: Vec<u64>,
    dropped: [u64; DropReason::ALL.len()],
    timeouts: BTreeMap<&'static str, u64>,
    executed: Vec<u64>,
    views: u64,
}

fn counted(world: &dyn World, stretch: Stretch, rows: &mut Vec<Row>) {
    let kinds = world.kinds();
    let mut counts = Counts {
        sent: vec![0; kinds.len()],
        delivered: vec![0; kinds.len()],
        executed: vec![0; world.nodes()],
        ..Counts::default()
    };
    for event in arrows::events(world, stretch) {
        match &event.what {
            What::Sent { kind, to, .. } => counts.sent[usize::from(*kind)] += to.copies(),
            What::Delivered(transit) => counts.delivered[usize::from(transit.kind)] += 1,
            What::Dropped(_, reason) => counts.dropped[*reason as usize] += 1,
            What::TimerFired { timer } => *counts.timeouts.entry(timer).or_default() += 1,
            What::Claimed(Claim::Applied { .. }) => counts.executed[event.node.index()] += 1,
            What::Claimed(Claim::Entered { round, .. }) if *round > 0 => counts.views += 1,
            _ => {}
        }
    }
    for (metric, list) in [("sent", &counts.sent), ("delivered", &counts.delivered)] {
        let named = kinds.iter().zip(list);
        rows.extend(named.map(|(kind, count)| (metric, kind.name.into(), json!(count))));
    }
    let dropped = DropReason::ALL.iter().zip(counts.dropped);
    rows.extend(dropped.map(|(reason, count)| ("dropped", reason.name().into(), json!(count))));
    let timeouts = counts.timeouts.iter();
    rows.extend(timeouts.map(|(timer, count)| ("timeouts", (*timer).into(), json!(count))));
    rows.push(("views_entered", "all".into(), json!(counts.views)));
    let servers = (0..world.scenario().servers()).map(crate::protocol::NodeId);
    rows.extend(servers.map(|id| {
        let count = counts.executed[id.index()];
        ("executed", names::long(world, id), json!(count))
    }));
}

/// Latencies of the requests that were made or answered in the stretch.
fn answered(world: &dyn World, stretch: Stretch, rows: &mut Vec<Row>) {
    let asked = world.chronicle().asked.iter().flatten();
    let known = |asked: &&Asked| asked.at <= stretch.to;
    let answer = |asked: &Asked| {
        asked
            .answered
            .map(|(at, _)| at)
            .filter(|at| *at <= stretch.to)
    };
    let mut latencies: Vec<Span> = Vec::new();
    for request in asked.filter(known) {
        let answer = answer(request);
        if answer.is_some_and(|at| at < stretch.from) {
            continue;
        }
        let latency = answer.map(|at| at.since(request.at));
        latencies.extend(latency);
        let latency = latency.map(Span::ms);
        rows.push(("latency_ms", request.op.to_string(), json!(latency)));
    }
    latencies.sort_unstable();
    let count = latencies.len();
    rows.push(("answered", "all".into(), json!(count)));
    let seconds = stretch.to.since(stretch.from).ms() / 1000.0;
    let rate = (seconds > 0.0).then(|| count as f64 / seconds);
    rows.push(("answered_per_second", "all".into(), json!(rate)));
    if let (Some(least), Some(most)) = (latencies.first(), latencies.last()) {
        let sum: u64 = latencies.iter().map(|latency| latency.0).sum();
        let of = |name: &str, value: f64| ("latency_summary_ms", name.to_owned(), json!(value));
        let at = |per_cent| rank(&latencies, per_cent).map_or(0.0, Span::ms);
        rows.push(of("mean", Time(sum).ms() / count as f64));
        rows.push(of("min", least.ms()));
        rows.push(of("median", at(50)));
        rows.push(of("p95", at(95)));
        rows.push(of("p99", at(99)));
        rows.push(of("max", most.ms()));
    }
}
