//! A backup that accuses without cause.

use super::{Chapter, Expect, Preset};

pub(super) const FALSE_ALARMS: Preset = Preset {
    name: "false-alarms",
    title: "False alarms",
    chapter: Chapter::Traitors,
    story: "One backup calls for a view change every 400 ms though nothing is wrong. It takes \
            f+1 to move anyone, so the others stay where they are.",
    watch: "VIEW-CHANGE messages that nobody joins.",
    document: r#"{ "script": [{ "do": "corrupt", "node": 3, "behaviour": "false-view-change",
               "every_ms": 400 }] }"#,
    counterpart: None,
    expects: Expect {
        breaks: &[],
        answered: (5, 5),
        view: (0, 0),
        drops: &[],
    },
};
