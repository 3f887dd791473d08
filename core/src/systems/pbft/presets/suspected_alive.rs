//! A live leader that is too slow.

use super::{Chapter, Expect, Preset};

pub(super) const SUSPECTED_ALIVE: Preset = Preset {
    name: "suspected-alive",
    title: "Suspected, but alive",
    chapter: Chapter::Timing,
    story: "Whatever the primary sends takes two and a half seconds longer. It works and is \
            honest, and is replaced all the same: nobody can tell slow from dead.",
    watch: "A view change away from a replica that never failed.",
    document: r#"
{ "script": [{ "at_ms": 500, "do": "slow", "from": 0, "extra_ms": 2500, "until_ms": 8000 }] }"#,
    counterpart: None,
    expects: Expect {
        breaks: &[],
        answered: (5, 5),
        view: (1, 1),
        drops: &[],
    },
};
