//! The leader stops.

use super::{Chapter, DropReason, Expect, Preset};

pub(super) const CRASHED_PRIMARY: Preset = Preset {
    name: "crashed-primary",
    title: "The primary crashes",
    chapter: Chapter::Crashes,
    story: "The primary stops. The client gives up waiting and asks everyone; the backups time \
            out, and three VIEW-CHANGE messages make the next replica primary.",
    watch: "One slow answer, then the usual pace in view 1.",
    document: r#"{ "script": [{ "at_ms": 500, "do": "crash", "node": 0 }] }"#,
    counterpart: None,
    expects: Expect {
        breaks: &[],
        answered: (5, 5),
        view: (1, 1),
        drops: &[DropReason::Crashed],
    },
};
