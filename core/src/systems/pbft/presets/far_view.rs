//! One voice for a view far ahead.

use super::{Chapter, Expect, Preset};

pub(super) const FAR_VIEW: Preset = Preset {
    name: "far-view",
    title: "A view far ahead",
    chapter: Chapter::Traitors,
    story: "A traitor asks for a view a thousand ahead, again and again. One replica alone moves \
            nobody: it takes f+1, of whom one is honest, and then the smallest view that they \
            ask for counts.",
    watch: "VIEW-CHANGEs for views that nobody enters.",
    document: r#"{ "script": [
    { "do": "corrupt", "node": 3, "behaviour": "false-view-change", "ahead": 1000 }] }"#,
    counterpart: None,
    expects: Expect {
        breaks: &[],
        answered: (5, 5),
        view: (0, 0),
        drops: &[],
    },
};
