//! A leader that stays just under the timeout.

use super::{Chapter, Expect, Preset};

pub(super) const SLOW_PRIMARY: Preset = Preset {
    name: "slow-primary",
    title: "The slow primary",
    chapter: Chapter::Traitors,
    story: "The primary proposes 300 ms late, just under the timeout. It breaks no rule that \
            anyone could prove, and every client waits.",
    watch: "Latencies far above the normal case, and no view change.",
    document: r#"
{ "script": [{ "do": "corrupt", "node": 0, "behaviour": "slow-primary", "delay_ms": 300 }] }"#,
    counterpart: None,
    expects: Expect {
        breaks: &[],
        answered: (5, 5),
        view: (0, 0),
        drops: &[],
    },
};
