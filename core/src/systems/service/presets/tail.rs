//! Requests that are as slow as the slowest of a hundred servers.

use crate::presets::{Chapter, Expect, Preset};

pub(super) const SLOWEST: Preset = Preset {
    name: "slowest-of-a-hundred",
    title: "The slowest of a hundred",
    chapter: Chapter::Timing,
    story: "Each request needs an answer of all hundred servers, and one in a hundred answers is \
            slow. Then 63 requests of a hundred are slow: as slow as the slowest.",
    watch: "A median of 100 ms, though 99 of a hundred answers take 1 ms.",
    document: r#"
{
  "protocol": "service",
  "cast": {"servers": 100},
  "latency": {"model": "constant", "ms": 1},
  "workload": {"requests": 50, "arrivals": "even", "rate_per_s": 8, "work": "two-point", "work_ms": 1, "slow_ms": 100, "slow_per_mille": 10},
  "settings": {"policy": "fan-out"},
  "until_ms": 60000 }"#,
    counterpart: None,
    expects: Expect {
        breaks: &[],
        answered: (200, 200),
        view: (0, 0),
        drops: &[],
    },
};

pub(super) const HEDGED: Preset = Preset {
    name: "hedged",
    title: "Hedged",
    chapter: Chapter::Timing,
    story: "The same, but after 10 ms the balancer asks another server for each part that is \
            missing, and takes what comes first. Two requests in a hundred are slow.",
    watch: "About one message in a hundred more, and hardly a slow request.",
    document: r#"
{
  "protocol": "service",
  "cast": {"servers": 100},
  "latency": {"model": "constant", "ms": 1},
  "workload": {"requests": 50, "arrivals": "even", "rate_per_s": 8, "work": "two-point", "work_ms": 1, "slow_ms": 100, "slow_per_mille": 10},
  "settings": {"policy": "fan-out", "hedge_ms": 10},
  "until_ms": 60000 }"#,
    counterpart: None,
    expects: Expect {
        breaks: &["done-once"],
        answered: (200, 200),
        view: (0, 0),
        drops: &[],
    },
};
