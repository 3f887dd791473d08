//! A partition without a majority.

use super::{Chapter, DropReason, Expect, Preset};

pub(super) const EVEN_SPLIT: Preset = Preset {
    name: "even-split",
    title: "Split down the middle",
    chapter: Chapter::Partitions,
    story: "Two and two: neither side is a quorum, so neither decides. When the partition \
            heals, the messages that were lost are asked for again.",
    watch: "No decision while it lasts, and none on either side that the other would have to \
            take back.",
    document: r#"{ "script": [
    { "at_ms": 500, "do": "partition", "groups": [[0, 1], [2, 3]], "until_ms": 6000 }] }"#,
    counterpart: None,
    expects: Expect {
        breaks: &[],
        answered: (5, 5),
        view: (0, u32::MAX),
        drops: &[DropReason::Partition],
    },
};
