//! A replica that answers falsely.

use super::{Chapter, Expect, Preset};

pub(super) const WRONG_ANSWERS: Preset = Preset {
    name: "wrong-answers",
    title: "Wrong answers",
    chapter: Chapter::Traitors,
    story: "One replica answers every request with a wrong result. The client believes a result \
            only when f+1 replicas give the same one.",
    watch: "The odd answer out, at every request.",
    document: r#"{ "script": [{ "do": "corrupt", "node": 2, "behaviour": "corrupt-reply" }] }"#,
    counterpart: None,
    expects: Expect {
        breaks: &[],
        answered: (5, 5),
        view: (0, 0),
        drops: &[],
    },
};
