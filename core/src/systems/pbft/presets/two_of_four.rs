//! Two traitors are one too many for four.

use super::{Chapter, Expect, Preset};

pub(super) const TWO_OF_FOUR: Preset = Preset {
    name: "two-of-four",
    title: "Two traitors of four",
    chapter: Chapter::BeyondTheBound,
    story: "The primary and a backup collude, and vote for both stories. Two quorums of three \
            share two replicas of four, and here both of those lie.",
    watch: "Each honest replica with a full quorum, for another value.",
    document: r#"{ "nodes": 4,
  "script": [
    { "do": "corrupt", "node": 0, "behaviour": "two-faced", "camps": [[2], [3]] },
    { "do": "corrupt", "node": 1, "behaviour": "two-faced", "camps": [[2], [3]] }] }"#,
    counterpart: Some("two-faced-held"),
    expects: Expect {
        breaks: &["agreement", "prepared-uniqueness", "committed-local"],
        answered: (5, 5),
        view: (0, u32::MAX),
        drops: &[],
    },
};
