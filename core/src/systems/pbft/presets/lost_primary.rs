//! The leader alone on its side.

use super::{Chapter, DropReason, Expect, Preset};

pub(super) const LOST_PRIMARY: Preset = Preset {
    name: "lost-primary",
    title: "The primary is cut off",
    chapter: Chapter::Partitions,
    story: "The primary is alone on its side. The majority moves to view 1; the old primary \
            hears of it only after the partition heals, and follows.",
    watch: "Two replicas that both believe they lead, and why only one of them can decide.",
    document: r#"{ "workload": { "requests": 12 }, "settings": { "checkpoint_interval": 4 },
  "script": [
    { "at_ms": 500, "do": "partition", "groups": [[0], [1, 2, 3]] },
    { "at_ms": 5000, "do": "heal" }] }"#,
    counterpart: None,
    expects: Expect {
        breaks: &[],
        answered: (12, 12),
        view: (1, u32::MAX),
        drops: &[DropReason::Partition],
    },
};
