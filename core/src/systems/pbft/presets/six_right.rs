//! The right quorum for six, split in halves.

use super::{Chapter, DropReason, Expect, Preset};

pub(super) const SIX_RIGHT: Preset = Preset {
    name: "six-right",
    title: "Six in halves",
    chapter: Chapter::Partitions,
    story: "Six replicas in two halves, a client in each. The quorum for six is four: neither \
            half has it, so neither decides while the partition lasts.",
    watch: "Two halves that wait, and agree once they meet again.",
    document: r#"{ "nodes": 6, "clients": 2, "workload": { "requests": 3 },
  "script": [
    { "do": "partition", "groups": [[0, 1, 2, 6], [3, 4, 5, 7]], "until_ms": 6000 }] }"#,
    counterpart: Some("six-wrong"),
    expects: Expect {
        breaks: &[],
        answered: (6, 6),
        view: (0, u32::MAX),
        drops: &[DropReason::Partition],
    },
};
