//! A leader that leaves one replica out.

use super::{Chapter, DropReason, Expect, Preset};

pub(super) const WITHHELD_PROPOSALS: Preset = Preset {
    name: "withheld-proposals",
    title: "The primary that leaves one out",
    chapter: Chapter::Traitors,
    story: "The primary never speaks to one backup. The others carry on without it; checkpoints \
            and state transfer keep it from falling behind for ever.",
    watch: "A replica that learns of decisions only through checkpoints.",
    document: r#"
{ "workload": { "requests": 12, "gap_ms": 200 }, "settings": { "checkpoint_interval": 4 },
  "script": [{ "do": "corrupt", "node": 0, "behaviour": "withhold", "to": [3] }] }"#,
    counterpart: None,
    expects: Expect {
        breaks: &[],
        answered: (12, 12),
        view: (0, u32::MAX),
        drops: &[DropReason::Withheld],
    },
};
