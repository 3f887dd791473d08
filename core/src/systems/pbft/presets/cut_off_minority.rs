//! A replica cut off, then back.

use super::{Chapter, DropReason, Expect, Preset};

pub(super) const CUT_OFF_MINORITY: Preset = Preset {
    name: "cut-off-minority",
    title: "One is cut off",
    chapter: Chapter::Partitions,
    story: "One backup is cut off while the others go on. When the partition heals it has \
            missed whole checkpoints, and fetches the state instead of the messages.",
    watch: "How far it falls behind, and how it catches up.",
    document: r#"
{ "workload": { "requests": 12, "gap_ms": 300 }, "settings": { "checkpoint_interval": 4 },
  "script": [
    { "at_ms": 500, "do": "partition", "groups": [[0, 1, 2], [3]] },
    { "at_ms": 3500, "do": "heal" }] }"#,
    counterpart: None,
    expects: Expect {
        breaks: &[],
        answered: (12, 12),
        view: (0, 0),
        drops: &[DropReason::Partition],
    },
};
