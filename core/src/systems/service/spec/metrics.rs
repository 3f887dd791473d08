//! What is measured of a service.

use super::super::SERVERS;
use super::settings;
use crate::metric::{
    ANSWERED, ASKED, DROPPED, LATENCY_MEAN, LATENCY_P50, LATENCY_P90, LATENCY_P99,
    MESSAGES_PER_ANSWER, Metric, THROUGHPUT, Unit, asked,
};
use crate::protocol::NodeId;
use crate::world::World;

/// In the order of reports.
pub(super) const ALL: &[&Metric] = &[
    &ASKED,
    &ANSWERED,
    &DEGRADED,
    &FAILED,
    &OPEN,
    &WASTED,
    &RETRIES,
    &HEDGES,
    &REFUSED,
    &THROUGHPUT,
    &LATENCY_MEAN,
    &LATENCY_P50,
    &LATENCY_P90,
    &LATENCY_P99,
    &IN_SYSTEM,
    &MESSAGES_PER_ANSWER,
    &DROPPED,
    &RENTED,
    &CRASHES,
    &AVAILABILITY,
];

const DEGRADED: Metric = Metric {
    name: "degraded",
    title: "Defaults",
    says: "Requests whose clients took a default in place of an answer.",
    unit: Unit::Count,
    measure: |world| Some(ended_badly(world, true)),
};

const FAILED: Metric = Metric {
    name: "failed",
    title: "Failed",
    says: "Requests that clients gave up on.",
    unit: Unit::Count,
    measure: |world| Some(ended_badly(world, false)),
};

const OPEN: Metric = Metric {
    name: "open",
    title: "Open",
    says: "Requests without an end so far: asked, and neither answered nor failed.",
    unit: Unit::Count,
    measure: |world| {
        let open = asked(world).filter(|asked| {
            let by_now = |at| at <= world.now();
            let answered = asked.answered.is_some_and(|(at, _)| by_now(at));
            !answered && !asked.failed.is_some_and(|(at, _)| by_now(at))
        });
        Some(open.count() as f64)
    },
};

const WASTED: Metric = Metric {
    name: "wasted",
    title: "Wasted",
    says: "Answers and results that came after the first, or after the client gave up.",
    unit: Unit::Count,
    measure: |world| Some(sum_of(world, "wasted")),
};

const RETRIES: Metric = Metric {
    name: "retries",
    title: "Retries",
    says: "Attempts of clients beyond the first of each request.",
    unit: Unit::Count,
    measure: |world| Some(sum_of(world, "retries")),
};

const HEDGES: Metric = Metric {
    name: "hedges",
    title: "Hedges",
    says: "How often a balancer asked another server, too.",
    unit: Unit::Count,
    measure: |world| Some(sum_of(world, "hedges")),
};

const REFUSED: Metric = Metric {
    name: "refused",
    title: "Refused",
    says: "Requests that a server or a balancer refused, or threw away.",
    unit: Unit::Count,
    measure: |world| Some(sum_of(world, "refused") + sum_of(world, "too old")),
};

const IN_SYSTEM: Metric = Metric {
    name: "in_system",
    title: "In the system",
    says: "Requests without an end, averaged over the time so far: by Little's law, as many as come \
           in a second, times the seconds that each stays.",
    unit: Unit::Count,
    measure: |world| {
        let (now, all) = (world.now(), world.now().0);
        let stay = |asked: &crate::chronicle::Asked| {
            let ends = [
                asked.answered.map(|end| end.0),
                asked.failed.map(|end| end.0),
            ];
            let end = ends.into_iter().flatten().min().unwrap_or(now).min(now);
            end.since(asked.at).0 as f64
        };
        (all > 0).then(|| asked(world).map(stay).sum::<f64>() / all as f64)
    },
};

const RENTED: Metric = Metric {
    name: "rented_ms",
    title: "Rented",
    says: "For how long servers were rented, all together: the bill.",
    unit: Unit::Ms,
    measure: |world| {
        let scenario = world.scenario();
        let settings = settings::read(&scenario.settings, &scenario.cast);
        let now = world.now().ms();
        let all = f64::from(scenario.cast.count(SERVERS));
        let Some(every) = settings.scale_every else {
            return Some(all * now);
        };
        let portrait = world.portrait(NodeId(0));
        let fact = |name| {
            portrait
                .fact(name)
                .and_then(|fact| fact.parse::<f64>().ok())
        };
        let since = now - fact("looks")? * every.ms();
        Some(fact("paid, µs")? / 1000.0 + fact("rented")? * since.max(0.0))
    },
};

const CRASHES: Metric = Metric {
    name: "crashes",
    title: "Crashes",
    says: "How often a machine of the service went down.",
    unit: Unit::Count,
    measure: |world| {
        let serving = (0..world.scenario().servers()).map(NodeId);
        let crashes = serving.map(|node| f64::from(world.condition(node).crashes));
        Some(crashes.sum())
    },
};

const AVAILABILITY: Metric = Metric {
    name: "availability",
    title: "Availability of a server",
    says: "The share of time that a server was up, on average.",
    unit: Unit::Share,
    measure: |world| {
        let servers = world.scenario().cast.nodes_of(SERVERS);
        let time = world.now().ms() * servers.len() as f64;
        let down = servers.map(|node| world.condition(NodeId(node)).down.ms());
        (time > 0.0).then(|| 1.0 - down.sum::<f64>() / time)
    },
};

/// Requests that ended with a default, or with none.
fn ended_badly(world: &dyn World, degraded: bool) -> f64 {
    let now = world.now();
    let so = |end: Option<(_, bool)>| end.is_some_and(|(at, how)| at <= now && how == degraded);
    asked(world).filter(|asked| so(asked.failed)).count() as f64
}

/// What nodes count under this name, all together.
fn sum_of(world: &dyn World, name: &str) -> f64 {
    let nodes = (0..world.nodes()).map(|index| world.portrait(NodeId(index as u16)));
    let counts = nodes.filter_map(|node| node.fact(name).and_then(number));
    counts.fold(0.0, |sum, count| sum + count)
}

/// A fact of a portrait that is a whole number.
fn number(fact: &str) -> Option<f64> {
    Some(fact.parse::<u64>().ok()? as f64)
}
