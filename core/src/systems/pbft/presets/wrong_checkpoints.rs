//! Without a stable checkpoint the window never moves.

use super::{Chapter, Expect, Preset};

pub(super) const WRONG_CHECKPOINTS: Preset = Preset {
    name: "wrong-checkpoints",
    title: "Two lie about their state",
    chapter: Chapter::BeyondTheBound,
    story: "Two of four replicas state the digest of another state in each CHECKPOINT. No three \
            ever agree on one, so no checkpoint becomes stable and the window never moves: after \
            as many requests as it holds, the service stops.",
    watch: "Exactly four answers, and then none.",
    document: r#"{ "workload": { "requests": 10, "gap_ms": 100 },
  "settings": { "checkpoint_interval": 2, "window": 4 },
  "script": [
    { "do": "corrupt", "node": 2, "behaviour": "lying-checkpoint" },
    { "do": "corrupt", "node": 3, "behaviour": "lying-checkpoint" }] }"#,
    counterpart: None,
    expects: Expect {
        breaks: &[],
        answered: (4, 4),
        view: (0, u32::MAX),
        drops: &[],
    },
};
