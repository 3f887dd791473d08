//! The leader says nothing, and nobody can tell why.

use super::{Chapter, DropReason, Expect, Preset};

pub(super) const SILENT_PRIMARY: Preset = Preset {
    name: "silent-primary",
    title: "The primary falls silent",
    chapter: Chapter::Crashes,
    story: "The primary hears everything and says nothing. To the others it is as good as \
            crashed: they replace it in the same way.",
    watch: "The same view change as after a crash, though the old primary runs and follows along.",
    document: r#"{ "script": [{ "at_ms": 500, "do": "silence", "node": 0 }] }"#,
    counterpart: None,
    expects: Expect {
        breaks: &[],
        answered: (5, 5),
        view: (1, 1),
        drops: &[DropReason::Silent],
    },
};
