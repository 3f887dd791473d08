//! The right quorum for five.

use super::{Chapter, Expect, Preset};

pub(super) const FIVE_RIGHT: Preset = Preset {
    name: "five-right",
    title: "Five with a quorum of four",
    chapter: Chapter::Traitors,
    story: "A two-faced primary among five replicas. The quorum for five is four, not three: no \
            story finds four voters in its camp, so both die and the view changes.",
    watch: "Why n = 5 needs a larger quorum than 2f+1.",
    document: r#"{ "nodes": 5,
  "script": [
    { "do": "corrupt", "node": 0, "behaviour": "two-faced", "camps": [[1, 2], [3, 4]] }] }"#,
    counterpart: Some("five-wrong"),
    expects: Expect {
        breaks: &[],
        answered: (5, 5),
        view: (1, u32::MAX),
        drops: &[],
    },
};
