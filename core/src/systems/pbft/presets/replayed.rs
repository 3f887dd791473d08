//! Old messages again.

use super::{Chapter, Expect, Preset};

pub(super) const REPLAYED: Preset = Preset {
    name: "replayed",
    title: "Yesterday's messages",
    chapter: Chapter::Traitors,
    story: "The primary sends each of its messages once more, long after it mattered. Nothing \
            is accepted twice: not a pre-prepare, not a vote, not a request.",
    watch: "Old messages that change nothing.",
    document: r#"
{ "script": [{ "do": "corrupt", "node": 0, "behaviour": "replay", "after_ms": 700 }] }"#,
    counterpart: None,
    expects: Expect {
        breaks: &[],
        answered: (5, 5),
        view: (0, 0),
        drops: &[],
    },
};
