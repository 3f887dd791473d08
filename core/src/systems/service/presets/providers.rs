//! A machine of somebody else, without which nothing works.

use crate::presets::{Chapter, DropReason, Expect, Preset};

pub(super) const NOT_MINE: Preset = Preset {
    name: "not-my-machine",
    title: "Not my machine",
    chapter: Chapter::BeyondTheBound,
    story: "Each request needs a call to a provider, which is down for four seconds. The servers \
            wait for it and then refuse: the service is as available as what it rests on.",
    watch: "Servers that are well, and requests that fail all the same.",
    document: r#"
{
  "protocol": "service",
  "cast": {"providers": 1},
  "latency": {"model": "constant", "ms": 1},
  "workload": {"requests": 125, "arrivals": "poisson", "rate_per_s": 50},
  "settings": {"timeout_ms": 1000, "breaker": 0},
  "script": [{"at_ms": 2000, "do": "crash", "node": 5},
    {"at_ms": 6000, "do": "restart", "node": 5}] }"#,
    counterpart: Some("with-a-default"),
    expects: Expect {
        breaks: &["no-single-point"],
        answered: (250, 330),
        view: (0, 0),
        drops: &[DropReason::Crashed],
    },
};

pub(super) const DEFAULT: Preset = Preset {
    name: "with-a-default",
    title: "With a default",
    chapter: Chapter::Crashes,
    story: "Where the provider does not answer, the servers give a default: yesterday's price, \
            an empty list. Nobody is turned away, but each waits for the timeout first.",
    watch: "Defaults, each of them 200 ms late.",
    document: r#"
{
  "protocol": "service",
  "cast": {"providers": 1},
  "latency": {"model": "constant", "ms": 1},
  "workload": {"requests": 125, "arrivals": "poisson", "rate_per_s": 50},
  "settings": {"timeout_ms": 1000, "breaker": 0, "fallback": true},
  "script": [{"at_ms": 2000, "do": "crash", "node": 5},
    {"at_ms": 6000, "do": "restart", "node": 5}] }"#,
    counterpart: Some("not-my-machine"),
    expects: Expect {
        breaks: &[],
        answered: (250, 330),
        view: (0, 0),
        drops: &[DropReason::Crashed],
    },
};

pub(super) const BREAKER: Preset = Preset {
    name: "with-a-breaker",
    title: "With a breaker",
    chapter: Chapter::Crashes,
    story: "After five calls without an answer a server makes none for a second, and gives the \
            default at once; then it tries one.",
    watch: "Defaults that come as fast as answers, but for the first ones and a try each second.",
    document: r#"
{
  "protocol": "service",
  "cast": {"providers": 1},
  "latency": {"model": "constant", "ms": 1},
  "workload": {"requests": 125, "arrivals": "poisson", "rate_per_s": 50},
  "settings": {"timeout_ms": 1000, "fallback": true},
  "script": [{"at_ms": 2000, "do": "crash", "node": 5},
    {"at_ms": 6000, "do": "restart", "node": 5}] }"#,
    counterpart: None,
    expects: Expect {
        breaks: &[],
        answered: (250, 330),
        view: (0, 0),
        drops: &[DropReason::Crashed],
    },
};

pub(super) const SECOND: Preset = Preset {
    name: "second-provider",
    title: "A second provider",
    chapter: Chapter::Crashes,
    story: "Where the first provider is silent, the servers call a second one. All requests are \
            answered, some of them late.",
    watch: "Answers of the second provider while the first is down.",
    document: r#"
{
  "protocol": "service",
  "cast": {"providers": 2},
  "latency": {"model": "constant", "ms": 1},
  "workload": {"requests": 125, "arrivals": "poisson", "rate_per_s": 50},
  "settings": {"timeout_ms": 1000},
  "script": [{"at_ms": 2000, "do": "crash", "node": 5},
    {"at_ms": 6000, "do": "restart", "node": 5}] }"#,
    counterpart: None,
    expects: Expect {
        breaks: &[],
        answered: (500, 500),
        view: (0, 0),
        drops: &[DropReason::Crashed],
    },
};
