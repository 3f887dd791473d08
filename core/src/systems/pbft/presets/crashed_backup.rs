//! One crash within the bound.

use super::{Chapter, DropReason, Expect, Preset};

pub(super) const CRASHED_BACKUP: Preset = Preset {
    name: "crashed-backup",
    title: "A backup crashes",
    chapter: Chapter::Crashes,
    story: "One backup stops. The other three are a quorum, and nobody waits for the fourth.",
    watch: "Latency hardly changes; messages to the dead replica are lost.",
    document: r#"{ "script": [{ "at_ms": 500, "do": "crash", "node": 3 }] }"#,
    counterpart: None,
    expects: Expect {
        breaks: &[],
        answered: (5, 5),
        view: (0, 0),
        drops: &[DropReason::Crashed],
    },
};
