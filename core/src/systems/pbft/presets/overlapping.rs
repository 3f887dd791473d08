//! Two partitions at a time.

use super::{Chapter, DropReason, Expect, Preset};

pub(super) const OVERLAPPING: Preset = Preset {
    name: "overlapping",
    title: "Two partitions at a time",
    chapter: Chapter::Partitions,
    story: "A second partition falls across the first. For three seconds no replica reaches \
            another one; then one ends after the other.",
    watch: "No quorum until the second partition ends too.",
    document: r#"{ "script": [
    { "at_ms": 500, "do": "partition", "groups": [[0, 1], [2, 3]], "until_ms": 5000 },
    { "at_ms": 2000, "do": "partition", "groups": [[0, 2], [1, 3]], "until_ms": 8000 }] }"#,
    counterpart: None,
    expects: Expect {
        breaks: &[],
        answered: (5, 5),
        view: (0, u32::MAX),
        drops: &[DropReason::Partition],
    },
};
