//! Machines that must tell each other what they did.

use crate::presets::{Chapter, Expect, Preset};

pub(super) const WORSE: Preset = Preset {
    name: "more-makes-it-worse",
    title: "More makes it worse",
    chapter: Chapter::Timing,
    story: "Each of eight servers tells all others what it did, and they tell all others, too. \
            With n servers that is n(n-1) words for each request: eight get no more done than \
            two would, about 111 requests a second.",
    watch: "Servers that are busy all the time, and mostly with being told.",
    document: r#"
{
  "protocol": "service",
  "cast": {"servers": 8, "clients": 32},
  "latency": {"model": "constant", "ms": 1},
  "workload": {"requests": 40, "gap_ms": 0, "work_ms": 16},
  "settings": {"policy": "least-loaded", "share": "tell-all", "timeout_ms": 60000},
  "until_ms": 60000 }"#,
    counterpart: None,
    expects: Expect {
        breaks: &[],
        answered: (1280, 1280),
        view: (0, 0),
        drops: &[],
    },
};

pub(super) const FOUR: Preset = Preset {
    name: "four-are-best",
    title: "Four are best",
    chapter: Chapter::Timing,
    story: "The same with half of the servers: 143 requests a second, which is the most that any \
            number of them can do here. A word costs a sixteenth of the work, and the best \
            number is the root of sixteen.",
    watch: "Four servers that do more than eight.",
    document: r#"
{
  "protocol": "service",
  "cast": {"servers": 4, "clients": 32},
  "latency": {"model": "constant", "ms": 1},
  "workload": {"requests": 40, "gap_ms": 0, "work_ms": 16},
  "settings": {"policy": "least-loaded", "share": "tell-all", "timeout_ms": 60000},
  "until_ms": 60000 }"#,
    counterpart: None,
    expects: Expect {
        breaks: &[],
        answered: (1280, 1280),
        view: (0, 0),
        drops: &[],
    },
};
