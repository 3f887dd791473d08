//! One traitor is one too many for three.

use super::{Chapter, Expect, Preset};

pub(super) const THREE_REPLICAS: Preset = Preset {
    name: "three-replicas",
    title: "Three replicas, one traitor",
    chapter: Chapter::BeyondTheBound,
    story: "Three replicas tolerate no traitor: with a quorum of two, the two-faced primary is \
            in every quorum. Each backup follows its own story, by the rules.",
    watch: "Two honest replicas that execute different values at one sequence number.",
    document: r#"{ "nodes": 3,
  "script": [
    { "do": "corrupt", "node": 0, "behaviour": "two-faced", "camps": [[1], [2]] }] }"#,
    counterpart: Some("two-faced-held"),
    expects: Expect {
        breaks: &["agreement", "prepared-uniqueness", "answer"],
        answered: (5, 5),
        view: (0, u32::MAX),
        drops: &[],
    },
};
