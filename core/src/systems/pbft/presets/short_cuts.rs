//! The optimisations of section 5.1.

use super::{Chapter, Expect, Preset};

pub(super) const SHORT_CUTS: Preset = Preset {
    name: "short-cuts",
    title: "Short cuts",
    chapter: Chapter::Normal,
    story: "Reads are answered at once, from the state at hand, and writes are executed when \
            prepared: the client waits for a quorum of equal answers instead of f+1.",
    watch: "Two delays for a read, four for a write, where the plain protocol takes five.",
    document: r#"{ "latency": { "model": "constant", "ms": 40 },
  "workload": { "requests": 10, "reads_per_mille": 500 },
  "settings": { "tentative": true, "read_only": true } }"#,
    counterpart: None,
    expects: Expect {
        breaks: &[],
        answered: (10, 10),
        view: (0, 0),
        drops: &[],
    },
};
