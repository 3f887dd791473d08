//! Duplication and reordering.

use super::{Chapter, Expect, Preset};

pub(super) const TWICE_AND_LATE: Preset = Preset {
    name: "twice-and-late",
    title: "Twice, and out of order",
    chapter: Chapter::Omissions,
    story: "Half of all messages come twice, and all of them overtake one another. Votes count \
            once for each sender, and requests execute in the order of their numbers.",
    watch: "Commits before their prepares, and not one request executed twice.",
    document: r#"{ "script": [
    { "do": "duplicate", "per_mille": 500, "within_ms": 400 },
    { "do": "reorder", "spread_ms": 300 }] }"#,
    counterpart: None,
    expects: Expect {
        breaks: &[],
        answered: (5, 5),
        view: (0, u32::MAX),
        drops: &[],
    },
};
