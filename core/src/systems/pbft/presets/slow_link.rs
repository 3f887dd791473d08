//! One slow link.

use super::{Chapter, Expect, Preset};

pub(super) const SLOW_LINK: Preset = Preset {
    name: "slow-link",
    title: "One slow link",
    chapter: Chapter::Timing,
    story: "Only the link from the primary to one backup is slow. That backup gathers the votes \
            of the others long before it learns what they are for.",
    watch: "Votes that wait for their pre-prepare, and three replicas that do not wait at all.",
    document: r#"{ "script": [{ "do": "slow", "from": 0, "to": 3, "extra_ms": 900 }] }"#,
    counterpart: None,
    expects: Expect {
        breaks: &[],
        answered: (5, 5),
        view: (0, 0),
        drops: &[],
    },
};
