//! Nothing goes wrong.

use super::{Chapter, Expect, Preset};

pub(super) const NORMAL_CASE: Preset = Preset {
    name: "normal-case",
    title: "The normal case",
    chapter: Chapter::Normal,
    story: "Four replicas, of which one could lie. None does: each request passes through pre- \
            prepare, prepare and commit, and the client believes two equal answers.",
    watch: "Five message delays from request to answer, and how each phase fills its quorum.",
    document: r#"{ "seed": 7 }"#,
    counterpart: None,
    expects: Expect {
        breaks: &[],
        answered: (5, 5),
        view: (0, 0),
        drops: &[],
    },
};
