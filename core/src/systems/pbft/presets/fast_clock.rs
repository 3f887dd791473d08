//! A clock that runs too fast.

use super::{Chapter, Expect, Preset};

pub(super) const FAST_CLOCK: Preset = Preset {
    name: "fast-clock",
    title: "A clock ten times too fast",
    chapter: Chapter::Timing,
    story: "The timers of one backup run out ten times too early. It calls for a view change \
            again and again; but f of them alone never move anyone.",
    watch: "One impatient replica in a view of its own, and three that take no notice.",
    document: r#"{ "script": [{ "do": "drift", "node": 3, "ppm": 9000000 }] }"#,
    counterpart: None,
    expects: Expect {
        breaks: &[],
        answered: (5, 5),
        view: (0, u32::MAX),
        drops: &[],
    },
};
