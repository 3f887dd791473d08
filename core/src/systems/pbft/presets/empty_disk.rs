//! A replica comes back with nothing.

use super::{Chapter, DropReason, Expect, Preset};

pub(super) const EMPTY_DISK: Preset = Preset {
    name: "empty-disk",
    title: "Back with an empty disk",
    chapter: Chapter::Crashes,
    story: "A backup comes back with an empty disk. It fetches the state of the last stable \
            checkpoint from a replica that certified it, and verifies its digest.",
    watch: "State transfer: it skips what it will never execute itself.",
    document: r#"
{ "workload": { "requests": 12, "gap_ms": 200 }, "settings": { "checkpoint_interval": 4 },
  "script": [
    { "at_ms": 2000, "do": "crash", "node": 2 },
    { "at_ms": 2500, "do": "restart", "node": 2, "keeps": "nothing" }] }"#,
    counterpart: Some("all-forget"),
    expects: Expect {
        breaks: &[],
        answered: (12, 12),
        view: (0, 0),
        drops: &[DropReason::Crashed],
    },
};
