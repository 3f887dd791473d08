//! A VIEW-CHANGE that leaves out what was prepared.

use super::{Chapter, DropReason, Expect, Preset};

pub(super) const HIDDEN_CERTIFICATE: Preset = Preset {
    name: "hidden-certificate",
    title: "A traitor hides what was prepared",
    chapter: Chapter::Traitors,
    story: "Replica 1 never got the proposal. The primary crashes, and a traitor leaves out of \
            its VIEW-CHANGE that it was prepared. Three VIEW-CHANGEs make a new view, and \
            whatever was committed is prepared at two honest replicas: one of the three tells of \
            it.",
    watch: "A NEW-VIEW that carries over number 1, which only one of its VIEW-CHANGEs mentions.",
    document: r#"{ "latency": { "model": "constant", "ms": 10 },
  "workload": { "requests": 2, "gap_ms": 400 },
  "script": [
    { "do": "corrupt", "node": 3, "behaviour": "hiding-view-change" },
    { "do": "cut", "from": 0, "to": 1, "kinds": ["pre-prepare"] },
    { "at_ms": 200, "do": "crash", "node": 0 }] }"#,
    counterpart: None,
    expects: Expect {
        breaks: &[],
        answered: (2, 2),
        view: (1, 1),
        drops: &[DropReason::Crashed],
    },
};
