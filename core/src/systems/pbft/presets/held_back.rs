//! A partition that delays instead of losing.

use super::{Chapter, Expect, Preset};

pub(super) const HELD_BACK: Preset = Preset {
    name: "held-back",
    title: "Held back",
    chapter: Chapter::Partitions,
    story: "The network falls apart, but keeps what it cannot deliver. When it heals, all of it \
            arrives at once: old votes, and the calls for another view that both sides made \
            meanwhile.",
    watch: "Messages that wait at the cut, and the flood when it heals.",
    document: r#"{ "script": [
    { "at_ms": 500, "do": "partition", "groups": [[0, 1], [2, 3]], "hold": true,
      "until_ms": 3000 }] }"#,
    counterpart: None,
    expects: Expect {
        breaks: &[],
        answered: (5, 5),
        view: (0, u32::MAX),
        drops: &[],
    },
};
