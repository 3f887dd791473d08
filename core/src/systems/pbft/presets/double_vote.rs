//! A backup that votes for everything.

use super::{Chapter, Expect, Preset};

pub(super) const DOUBLE_VOTE: Preset = Preset {
    name: "double-vote",
    title: "The double voter",
    chapter: Chapter::Traitors,
    story: "One backup votes twice at every sequence number, for the proposal and for something \
            nobody proposed. Votes count only with their digest, so the second never finds \
            company.",
    watch: "Stray votes beside every quorum.",
    document: r#"{ "script": [{ "do": "corrupt", "node": 2, "behaviour": "double-vote" }] }"#,
    counterpart: None,
    expects: Expect {
        breaks: &[],
        answered: (5, 5),
        view: (0, 0),
        drops: &[],
    },
};
