//! A replica comes back with an old state.

use super::{Chapter, DropReason, Expect, Preset};

pub(super) const STALE_RESTART: Preset = Preset {
    name: "stale-restart",
    title: "Back with an old state",
    chapter: Chapter::Crashes,
    story: "A backup crashes and comes back without its last eight writes: it has forgotten two \
            decisions and the votes it gave for them.",
    watch: "What it executed before and no longer knows, and how the others bring it up to date.",
    document: r#"{ "workload": { "requests": 8 },
  "script": [
    { "at_ms": 1500, "do": "crash", "node": 2 },
    { "at_ms": 2500, "do": "restart", "node": 2, "keeps": "stale", "lost_writes": 8 }] }"#,
    counterpart: None,
    expects: Expect {
        breaks: &[],
        answered: (8, 8),
        view: (0, 0),
        drops: &[DropReason::Crashed],
    },
};
