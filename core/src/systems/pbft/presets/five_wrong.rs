//! A quorum of 2f+1 where it is not enough.

use super::{Chapter, Expect, Preset};

pub(super) const FIVE_WRONG: Preset = Preset {
    name: "five-wrong",
    title: "Five with a quorum of three",
    chapter: Chapter::BeyondTheBound,
    story: "Somebody took 2f+1 for the quorum of five replicas. Two quorums of three may share \
            just one replica, and that one lies.",
    watch: "A fork with a single traitor among five.",
    document: r#"{ "nodes": 5, "quorum": 3,
  "script": [
    { "do": "corrupt", "node": 0, "behaviour": "two-faced", "camps": [[1, 2], [3, 4]] }] }"#,
    counterpart: Some("five-right"),
    expects: Expect {
        breaks: &["agreement", "prepared-uniqueness"],
        answered: (5, 5),
        view: (0, u32::MAX),
        drops: &[],
    },
};
