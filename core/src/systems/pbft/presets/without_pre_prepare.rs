//! What the primary is for: without its proposals.

use super::{Chapter, Expect, Preset};

pub(super) const WITHOUT_PRE_PREPARE: Preset = Preset {
    name: "without-pre-prepare",
    title: "Without PRE-PREPARE",
    chapter: Chapter::BeyondTheBound,
    story: "Not pBFT: clients send to all replicas, and each numbers the requests in the order in \
            which it hears them. Four clients ask at once and the orders differ, so that no number \
            finds a quorum: all wait for another view, again and again.",
    watch: "PREPAREs for different requests at one number, and views that change though nobody fails.",
    document: r#"{ "clients": 4,
  "workload": { "requests": 3, "gap_ms": 0 },
  "settings": { "without_pre_prepare": true } }"#,
    counterpart: None,
    expects: Expect {
        breaks: &[],
        answered: (12, 12),
        view: (1, u32::MAX),
        drops: &[],
    },
};
