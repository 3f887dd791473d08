//! More crashes than f: safe, but at a standstill.

use super::{Chapter, DropReason, Expect, Preset};

pub(super) const TOO_MANY_CRASHES: Preset = Preset {
    name: "too-many-crashes",
    title: "Two of four crash",
    chapter: Chapter::Crashes,
    story: "Two replicas are no quorum. Nothing is decided any more, and nothing wrong is \
            decided either. At six seconds one of the dead comes back, and the run goes on.",
    watch: "A standstill without a broken promise, and its end.",
    document: r#"{ "script": [
    { "at_ms": 500, "do": "crash", "node": 2 },
    { "at_ms": 500, "do": "crash", "node": 3 },
    { "at_ms": 6000, "do": "restart", "node": 3 }] }"#,
    counterpart: None,
    expects: Expect {
        breaks: &[],
        answered: (5, 5),
        view: (0, u32::MAX),
        drops: &[DropReason::Crashed],
    },
};
