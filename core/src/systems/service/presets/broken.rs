//! Machines that break and are repaired, over and over.

use crate::presets::{Chapter, DropReason, Expect, Preset};

pub(super) const ALWAYS: Preset = Preset {
    name: "always-broken",
    title: "Something is always broken",
    chapter: Chapter::Crashes,
    story: "Thirty machines run for 30 s on average until they break, and are repaired in 3 s. \
            One breaks each second, and all of them are up one twentieth of the time. Probes and \
            further attempts make a service of them that answers.",
    watch: "Machines that come and go, and answers all the time.",
    document: r#"
{
  "protocol": "service",
  "cast": {"balancers": 2, "servers": 28},
  "latency": {"model": "constant", "ms": 1},
  "workload": {"requests": 500, "arrivals": "poisson", "rate_per_s": 40},
  "settings": {"probe_ms": 200, "timeout_ms": 200, "attempts": 6},
  "script": [{"do": "wear", "mttf_ms": 30000, "mttr_ms": 3000}],
  "until_ms": 60000 }"#,
    counterpart: None,
    expects: Expect {
        breaks: &["done-once"],
        answered: (1900, 2000),
        view: (0, 0),
        drops: &[DropReason::Crashed],
    },
};

pub(super) const OFTEN: Preset = Preset {
    name: "often-and-short",
    title: "Same nines: often and short",
    chapter: Chapter::Crashes,
    story: "This server breaks every 2 s and is back after 2 ms: it is up for 99.9 % of the \
            time. No minute passes without a fault.",
    watch: "Some thirty faults, each too short to matter much.",
    document: r#"
{
  "protocol": "service",
  "cast": {"balancers": 0, "servers": 1},
  "latency": {"model": "constant", "ms": 1},
  "workload": {"requests": 750, "arrivals": "even", "rate_per_s": 50, "work_ms": 1},
  "settings": {"policy": "by-name"},
  "script": [{"do": "wear", "node": 0, "mttf_ms": 2000, "mttr_ms": 2}],
  "until_ms": 60000 }"#,
    counterpart: None,
    expects: Expect {
        breaks: &[],
        answered: (2800, 3000),
        view: (0, 0),
        drops: &[DropReason::Crashed],
    },
};

pub(super) const SELDOM: Preset = Preset {
    name: "seldom-and-long",
    title: "Same nines, other life",
    chapter: Chapter::Crashes,
    story: "This server breaks every 200 s and is back after 200 ms: it is up for 99.9 % of the \
            time, too. Three minutes of four pass without a fault, and one that has one has ten \
            requests without an answer.",
    watch: "Most runs of a minute without any fault: available is not reliable.",
    document: r#"
{
  "protocol": "service",
  "cast": {"balancers": 0, "servers": 1},
  "latency": {"model": "constant", "ms": 1},
  "workload": {"requests": 750, "arrivals": "even", "rate_per_s": 50, "work_ms": 1},
  "settings": {"policy": "by-name"},
  "script": [{"do": "wear", "node": 0, "mttf_ms": 200000, "mttr_ms": 200}],
  "until_ms": 60000 }"#,
    counterpart: None,
    expects: Expect {
        breaks: &[],
        answered: (2800, 3000),
        view: (0, 0),
        drops: &[],
    },
};
