//! Two colluding traitors, held.

use super::{Chapter, Expect, Preset};

pub(super) const TWO_OF_SEVEN: Preset = Preset {
    name: "two-of-seven",
    title: "Two traitors of seven",
    chapter: Chapter::Traitors,
    story: "The primary and a backup tell two camps different stories and vote for both. Five \
            of seven are a quorum, so one camp must do without its story.",
    watch: "The traitors' votes on both sides, and the honest votes that are missing on one.",
    document: r#"{ "nodes": 7,
  "script": [
    { "do": "corrupt", "node": 0, "behaviour": "two-faced", "camps": [[2, 3, 4], [5, 6]] },
    { "do": "corrupt", "node": 1, "behaviour": "two-faced", "camps": [[2, 3, 4], [5, 6]] }] }"#,
    counterpart: Some("three-of-seven"),
    expects: Expect {
        breaks: &[],
        answered: (5, 5),
        view: (0, u32::MAX),
        drops: &[],
    },
};
