//! Latency with a heavy tail.

use super::{Chapter, Expect, Preset};

pub(super) const HEAVY_TAIL: Preset = Preset {
    name: "heavy-tail",
    title: "A heavy tail",
    chapter: Chapter::Timing,
    story: "Most messages take little more than 20 ms, and a few take very much longer. A \
            quorum waits for its fastest members only, so the tail is seldom felt.",
    watch: "Stragglers that arrive long after their request was answered.",
    document: r#"{ "workload": { "requests": 12, "gap_ms": 200 },
  "latency": { "model": "pareto", "min_ms": 20, "shape": 1.1, "max_ms": 3000 } }"#,
    counterpart: None,
    expects: Expect {
        breaks: &[],
        answered: (12, 12),
        view: (0, u32::MAX),
        drops: &[],
    },
};
