//! A service that was slow for two seconds.

use crate::presets::{Chapter, Expect, Preset};

pub(super) const STORM: Preset = Preset {
    name: "retry-storm",
    title: "Retry storm",
    chapter: Chapter::BeyondTheBound,
    story: "Four servers can do 400 requests a second, and 200 come. For two seconds they are \
            slow, requests time out, and clients try up to four times. From then on 800 attempts \
            a second keep the servers busy with work that nobody waits for any more: slow for \
            two seconds, down for ever.",
    watch: "After 4 s the servers are as fast as before, and nothing is answered in time.",
    document: r#"
{
  "protocol": "service",
  "cast": {"clients": 8},
  "latency": {"model": "constant", "ms": 1},
  "workload": {"requests": 500, "arrivals": "poisson", "rate_per_s": 200},
  "settings": {"timeout_ms": 100, "attempts": 4},
  "script": [{"at_ms": 2000, "until_ms": 4000, "do": "weaken", "node": 1, "per_mille": 20},
    {"at_ms": 2000, "until_ms": 4000, "do": "weaken", "node": 2, "per_mille": 20},
    {"at_ms": 2000, "until_ms": 4000, "do": "weaken", "node": 3, "per_mille": 20},
    {"at_ms": 2000, "until_ms": 4000, "do": "weaken", "node": 4, "per_mille": 20}] }"#,
    counterpart: Some("one-attempt"),
    expects: Expect {
        breaks: &["done-once", "recovery"],
        answered: (300, 1200),
        view: (0, 0),
        drops: &[],
    },
};

pub(super) const ONE_ATTEMPT: Preset = Preset {
    name: "one-attempt",
    title: "One attempt",
    chapter: Chapter::Timing,
    story: "The same two seconds, and clients try once. What waits is done, and two seconds \
            later all is as before.",
    watch: "Requests that fail while the queue is long, and none after it.",
    document: r#"
{
  "protocol": "service",
  "cast": {"clients": 8},
  "latency": {"model": "constant", "ms": 1},
  "workload": {"requests": 500, "arrivals": "poisson", "rate_per_s": 200},
  "settings": {"timeout_ms": 100, "attempts": 1},
  "script": [{"at_ms": 2000, "until_ms": 4000, "do": "weaken", "node": 1, "per_mille": 20},
    {"at_ms": 2000, "until_ms": 4000, "do": "weaken", "node": 2, "per_mille": 20},
    {"at_ms": 2000, "until_ms": 4000, "do": "weaken", "node": 3, "per_mille": 20},
    {"at_ms": 2000, "until_ms": 4000, "do": "weaken", "node": 4, "per_mille": 20}] }"#,
    counterpart: Some("retry-storm"),
    expects: Expect {
        breaks: &[],
        answered: (2800, 3600),
        view: (0, 0),
        drops: &[],
    },
};

pub(super) const SHORT_QUEUE: Preset = Preset {
    name: "short-queue",
    title: "A queue of eight",
    chapter: Chapter::Timing,
    story: "Clients try four times, and a server refuses what its queue has no room for. What \
            waits is never more than can be done in time.",
    watch: "Refusals while the servers are slow, and answers right after.",
    document: r#"
{
  "protocol": "service",
  "cast": {"clients": 8},
  "latency": {"model": "constant", "ms": 1},
  "workload": {"requests": 500, "arrivals": "poisson", "rate_per_s": 200},
  "settings": {"timeout_ms": 100, "attempts": 4, "queue": 8},
  "script": [{"at_ms": 2000, "until_ms": 4000, "do": "weaken", "node": 1, "per_mille": 20},
    {"at_ms": 2000, "until_ms": 4000, "do": "weaken", "node": 2, "per_mille": 20},
    {"at_ms": 2000, "until_ms": 4000, "do": "weaken", "node": 3, "per_mille": 20},
    {"at_ms": 2000, "until_ms": 4000, "do": "weaken", "node": 4, "per_mille": 20}] }"#,
    counterpart: None,
    expects: Expect {
        breaks: &["done-once"],
        answered: (3000, 4000),
        view: (0, 0),
        drops: &[],
    },
};

pub(super) const BUDGET: Preset = Preset {
    name: "retry-budget",
    title: "A budget of retries",
    chapter: Chapter::Timing,
    story: "Clients try up to four times, but each request earns only a tenth of a retry. \
            However much times out, no more than 220 attempts a second come.",
    watch: "Few retries, and a queue that is worked off.",
    document: r#"
{
  "protocol": "service",
  "cast": {"clients": 8},
  "latency": {"model": "constant", "ms": 1},
  "workload": {"requests": 500, "arrivals": "poisson", "rate_per_s": 200},
  "settings": {"timeout_ms": 100, "attempts": 4, "budget_per_mille": 100},
  "script": [{"at_ms": 2000, "until_ms": 4000, "do": "weaken", "node": 1, "per_mille": 20},
    {"at_ms": 2000, "until_ms": 4000, "do": "weaken", "node": 2, "per_mille": 20},
    {"at_ms": 2000, "until_ms": 4000, "do": "weaken", "node": 3, "per_mille": 20},
    {"at_ms": 2000, "until_ms": 4000, "do": "weaken", "node": 4, "per_mille": 20}] }"#,
    counterpart: None,
    expects: Expect {
        breaks: &["done-once"],
        answered: (2600, 3700),
        view: (0, 0),
        drops: &[],
    },
};
