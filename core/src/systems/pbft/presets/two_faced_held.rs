//! An equivocating leader, held.

use super::{Chapter, Expect, Preset};

pub(super) const TWO_FACED_HELD: Preset = Preset {
    name: "two-faced-held",
    title: "The two-faced primary",
    chapter: Chapter::Traitors,
    story: "The primary tells two backups one story and the third another. Each story is \
            genuine, yet a quorum is three of four, and two quorums share an honest replica: \
            only one story can win.",
    watch: "Contradictory pre-prepares under one sequence number, and the story that stays alone.",
    document: r#"{ "nodes": 4,
  "script": [
    { "do": "corrupt", "node": 0, "behaviour": "two-faced", "camps": [[1, 2], [3]] }] }"#,
    counterpart: Some("three-replicas"),
    expects: Expect {
        breaks: &[],
        answered: (5, 5),
        view: (0, u32::MAX),
        drops: &[],
    },
};
