//! Three traitors are one too many for seven.

use super::{Chapter, Expect, Preset};

pub(super) const THREE_OF_SEVEN: Preset = Preset {
    name: "three-of-seven",
    title: "Three traitors of seven",
    chapter: Chapter::BeyondTheBound,
    story: "Seven replicas tolerate two traitors. A third lets each camp of two honest replicas \
            find five voters for its own story.",
    watch: "The same attack that two traitors of seven fail at.",
    document: r#"{ "nodes": 7,
  "script": [
    { "do": "corrupt", "node": 0, "behaviour": "two-faced", "camps": [[3, 4], [5, 6]] },
    { "do": "corrupt", "node": 1, "behaviour": "two-faced", "camps": [[3, 4], [5, 6]] },
    { "do": "corrupt", "node": 2, "behaviour": "two-faced", "camps": [[3, 4], [5, 6]] }] }"#,
    counterpart: Some("two-of-seven"),
    expects: Expect {
        breaks: &["agreement", "prepared-uniqueness", "committed-local"],
        answered: (5, 5),
        view: (0, u32::MAX),
        drops: &[],
    },
};
