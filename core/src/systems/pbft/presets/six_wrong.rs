//! A quorum of 2f+1 that needs no traitor to fork.

use super::{Chapter, DropReason, Expect, Preset};

pub(super) const SIX_WRONG: Preset = Preset {
    name: "six-wrong",
    title: "Six with a quorum of three",
    chapter: Chapter::BeyondTheBound,
    story: "With six replicas and a quorum of three, two quorums need not meet at all. A \
            partition is enough: each half decides on its own, and nobody lies.",
    watch: "A fork without any traitor.",
    document: r#"{ "nodes": 6, "clients": 2, "quorum": 3,
  "script": [{ "do": "partition", "groups": [[0, 1, 2, 6], [3, 4, 5, 7]] }] }"#,
    counterpart: Some("six-right"),
    expects: Expect {
        breaks: &["agreement"],
        answered: (10, 10),
        view: (3, u32::MAX),
        drops: &[DropReason::Partition],
    },
};
