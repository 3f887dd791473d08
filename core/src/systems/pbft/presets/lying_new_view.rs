//! A new leader that forgets what was prepared.

use super::{Chapter, DropReason, Expect, Preset};

pub(super) const LYING_NEW_VIEW: Preset = Preset {
    name: "lying-new-view",
    title: "The new primary lies",
    chapter: Chapter::Traitors,
    story: "The primary crashes, and the next one is a traitor: its NEW-VIEW leaves out what \
            was prepared before. The others compute the same list from the certificates, see \
            the lie, and move on to view 2.",
    watch: "A NEW-VIEW that every honest replica rejects.",
    document: r#"{ "nodes": 7,
  "script": [
    { "do": "corrupt", "node": 1, "behaviour": "lying-new-view" },
    { "at_ms": 700, "do": "crash", "node": 0 }] }"#,
    counterpart: None,
    expects: Expect {
        breaks: &[],
        answered: (5, 5),
        view: (2, 2),
        drops: &[DropReason::Crashed],
    },
};
