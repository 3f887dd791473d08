//! Batching under load.

use super::{Chapter, Expect, Preset};

pub(super) const MANY_CLIENTS: Preset = Preset {
    name: "many-clients",
    title: "Many clients, few agreements",
    chapter: Chapter::Normal,
    story: "Eight clients ask at once. The primary puts waiting requests under one sequence \
            number, so that one agreement serves many.",
    watch: "Fewer sequence numbers than requests, and a checkpoint that lets old log entries go.",
    document: r#"
{ "clients": 8, "settings": { "batch": 8 }, "workload": { "requests": 6, "gap_ms": 50 } }"#,
    counterpart: None,
    expects: Expect {
        breaks: &[],
        answered: (48, 48),
        view: (0, 0),
        drops: &[],
    },
};
