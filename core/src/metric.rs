//! What is measured of a run, as data: a name, a unit, a sentence, and how it is found.
//!
//! General metrics are here; a system names those that say something about it in
//! its [`Spec`](crate::spec::Spec), beside its own. Reports, files and pages loop
//! over them.

use crate::chronicle::Asked;
use crate::protocol::NodeId;
use crate::time::{Span, Time};
use crate::world::World;
use std::fmt::{self, Debug};

/// One number that is measured of a run so far.
#[derive(Clone, Copy)]
pub struct Metric {
    /// Its name in reports, with its unit at the end where it has one.
    pub name: &'static str,
    /// Its name on screen.
    pub title: &'static str,
    /// What it says, in a sentence.
    pub says: &'static str,
    /// What it is counted in.
    pub unit: Unit,
    /// Finds it; `None` where there is nothing to measure yet.
    pub measure: fn(&dyn World) -> Option<f64>,
}

impl Debug for Metric {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Metric({})", self.name)
    }
}

/// What a metric is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// A number of things.
    Count,
    /// Milliseconds.
    Ms,
    /// Things a second.
    PerSecond,
    /// A share of 1.
    Share,
}

impl Unit {
    /// What stands behind the number on screen.
    #[must_use]
    pub const fn sign(self) -> &'static str {
        match self {
            Self::Count => "",
            Self::Ms => "ms",
            Self::PerSecond => "/s",
            Self::Share => "%",
        }
    }

    /// The number as screens show it, without its sign.
    #[must_use]
    pub fn shown(self, value: f64) -> String {
        match self {
            Self::Count if value == libm::trunc(value) => format!("{value:.0}"),
            Self::Count => format!("{value:.1}"),
            Self::Ms => format!("{value:.1}"),
            Self::PerSecond => format!("{value:.2}"),
            Self::Share => format!("{:.1}", value * 100.0),
        }
    }
}

/// How many operations were asked for.
pub const ASKED: Metric = Metric {
    name: "asked",
    title: "Asked",
    says: "Operations that clients have asked for.",
    unit: Unit::Count,
    measure: |world| Some(asked(world).count() as f64),
};

/// How many operations were answered.
pub const ANSWERED: Metric = Metric {
    name: "answered",
    title: "Answered",
    says: "Operations whose answer a client has accepted.",
    unit: Unit::Count,
    measure: |world| Some(took(world).count() as f64),
};

/// How many answers a second.
pub const THROUGHPUT: Metric = Metric {
    name: "answered_per_s",
    title: "Answered a second",
    says: "Answers accepted a second of simulated time, over the run so far.",
    unit: Unit::PerSecond,
    measure: |world| {
        let seconds = world.now().ms() / 1000.0;
        (seconds > 0.0).then(|| took(world).count() as f64 / seconds)
    },
};

/// The mean time to an answer.
pub const LATENCY_MEAN: Metric = Metric {
    name: "latency_mean_ms",
    title: "Mean latency",
    says: "From the moment a client asks to the moment it accepts the answer, on average.",
    unit: Unit::Ms,
    measure: |world| {
        let (count, sum) =
            took(world).fold((0u64, 0), |(count, sum), span| (count + 1, sum + span.0));
        (count > 0).then(|| Time(sum).ms() / count as f64)
    },
};

/// Half of the answers took no longer.
pub const LATENCY_P50: Metric = Metric {
    name: "latency_p50_ms",
    title: "Latency, median",
    says: "Half of the answers took no longer.",
    unit: Unit::Ms,
    measure: |world| percentile(world, 50),
};

/// Nine of ten answers took no longer.
pub const LATENCY_P90: Metric = Metric {
    name: "latency_p90_ms",
    title: "Latency, 90 %",
    says: "Nine of ten answers took no longer.",
    unit: Unit::Ms,
    measure: |world| percentile(world, 90),
};

/// 99 of a hundred answers took no longer.
pub const LATENCY_P99: Metric = Metric {
    name: "latency_p99_ms",
    title: "Latency, 99 %",
    says: "99 of a hundred answers took no longer.",
    unit: Unit::Ms,
    measure: |world| percentile(world, 99),
};

/// How many messages were sent for each answer.
pub const MESSAGES_PER_ANSWER: Metric = Metric {
    name: "messages_per_answer",
    title: "Messages for an answer",
    says: "All messages sent so far, for each answer that was accepted.",
    unit: Unit::Count,
    measure: |world| {
        let answers = took(world).count();
        (answers > 0).then(|| world.stats().total_sent() as f64 / answers as f64)
    },
};

/// How many messages were lost or not taken.
pub const DROPPED: Metric = Metric {
    name: "dropped",
    title: "Messages lost",
    says: "Messages that did not arrive, or were not taken.",
    unit: Unit::Count,
    measure: |world| Some(world.stats().dropped.iter().sum::<u64>() as f64),
};

/// What most systems that answer clients measure.
pub const USUAL: &[&Metric] = &[
    &ASKED,
    &ANSWERED,
    &THROUGHPUT,
    &LATENCY_MEAN,
    &LATENCY_P50,
    &LATENCY_P90,
    &LATENCY_P99,
    &MESSAGES_PER_ANSWER,
    &DROPPED,
];

/// The operations that were asked for so far.
pub fn asked(world: &dyn World) -> impl Iterator<Item = &Asked> {
    let nodes = (0..world.nodes()).map(|index| NodeId(index as u16));
    nodes.flat_map(|node| &world.chronicle().asked[node.index()][..world.asked(node)])
}

/// How long each answer took that was accepted so far.
fn took(world: &dyn World) -> impl Iterator<Item = Span> {
    let now = world.now();
    asked(world).filter_map(move |asked| {
        let (at, _) = asked.answered.filter(|(at, _)| *at <= now)?;
        Some(at.since(asked.at))
    })
}

/// How long each answer took that was accepted so far, shortest first.
#[must_use]
pub fn latencies(world: &dyn World) -> Vec<Span> {
    let mut all: Vec<Span> = took(world).collect();
    all.sort_unstable();
    all
}

/// The least latency that `per_cent` of a hundred answers do not exceed, in milliseconds.
fn percentile(world: &dyn World, per_cent: usize) -> Option<f64> {
    let mut all: Vec<Span> = took(world).collect();
    let place = place(all.len(), per_cent);
    (place < all.len()).then(|| all.select_nth_unstable(place).1.ms())
}

/// The least of sorted values that `per_cent` of a hundred do not exceed; `None` of nothing.
#[must_use]
pub fn rank(sorted: &[Span], per_cent: usize) -> Option<Span> {
    sorted.get(place(sorted.len(), per_cent)).copied()
}

/// The place of that value among `count` in order.
fn place(count: usize, per_cent: usize) -> usize {
    (count * per_cent).div_ceil(100).max(1) - 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Scenario;
    use crate::world::open;

    #[test]
    fn a_percentile_is_a_value_that_was_measured() {
        let spans: Vec<Span> = (1..=10).map(Span).collect();
        assert_eq!(rank(&spans, 50), Some(Span(5)));
        assert_eq!(rank(&spans, 90), Some(Span(9)));
        assert_eq!(rank(&spans, 99), Some(Span(10)));
        assert_eq!(rank(&spans, 0), Some(Span(1)));
        assert_eq!(rank(&[], 50), None);
    }

    #[test]
    fn a_mean_of_counts_keeps_a_decimal_and_a_count_has_none() {
        assert_eq!(Unit::Count.shown(29.0), "29");
        assert_eq!(Unit::Count.shown(29.25), "29.2");
        assert_eq!(Unit::Share.shown(0.125), "12.5");
    }

    #[test]
    fn a_run_is_measured_as_far_as_it_has_come() {
        let mut world = open(&Scenario::default());
        let value = |world: &dyn World, metric: &Metric| (metric.measure)(world);
        assert_eq!(value(world.as_ref(), &LATENCY_P50), None);
        assert_eq!(value(world.as_ref(), &ANSWERED), Some(0.0));
        world.run_until(Time::NEVER, u64::MAX);
        assert_eq!(value(world.as_ref(), &ANSWERED), Some(5.0));
        // One request, three proposals, nine PREPAREs, twelve COMMITs, four replies.
        assert_eq!(value(world.as_ref(), &MESSAGES_PER_ANSWER), Some(29.0));
        let p50 = value(world.as_ref(), &LATENCY_P50);
        assert!(
            p50.is_some_and(|ms| (100.0..300.0).contains(&ms)),
            "{p50:?}"
        );
    }
}
