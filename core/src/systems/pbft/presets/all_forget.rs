//! Promises that are forgotten.

use super::{Chapter, Expect, Preset};

pub(super) const ALL_FORGET: Preset = Preset {
    name: "all-forget",
    title: "All disks are lost",
    chapter: Chapter::BeyondTheBound,
    story: "All replicas restart at once with empty disks. Nobody lies, but what was decided is \
            forgotten, and sequence numbers begin again with other requests.",
    watch: "The same sequence number, decided once before the restart and once after it.",
    document: r#"{ "script": [
    { "at_ms": 1200, "do": "restart", "node": 0, "keeps": "nothing" },
    { "at_ms": 1200, "do": "restart", "node": 1, "keeps": "nothing" },
    { "at_ms": 1200, "do": "restart", "node": 2, "keeps": "nothing" },
    { "at_ms": 1200, "do": "restart", "node": 3, "keeps": "nothing" }] }"#,
    counterpart: Some("empty-disk"),
    expects: Expect {
        breaks: &["agreement", "prepared-uniqueness"],
        answered: (5, 5),
        view: (0, u32::MAX),
        drops: &[],
    },
};
