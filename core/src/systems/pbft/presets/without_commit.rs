//! What the second round of votes is for: without it.

use super::{Chapter, Expect, Preset};

pub(super) const WITHOUT_COMMIT: Preset = Preset {
    name: "without-commit",
    title: "Without COMMIT",
    chapter: Chapter::BeyondTheBound,
    story: "Not pBFT: replicas execute what is prepared. Replica 3 alone prepares one request and \
            executes it, and the view changes without hearing of that: the others give the same \
            number to another request. Nobody lies.",
    watch: "Replica 3 executing in view 0, and the others executing something else in view 1.",
    document: r#"{ "clients": 2,
  "latency": { "model": "constant", "ms": 20 },
  "workload": { "requests": 1, "gap_ms": 0 },
  "settings": { "without_commit": true, "view_timeout_ms": 500, "client_timeout_ms": 200 },
  "script": [
    { "at_ms": 0, "until_ms": 500, "do": "cut", "kinds": ["pre-prepare"], "from": 0, "to": 1 },
    { "at_ms": 0, "until_ms": 1200, "do": "cut", "kinds": ["request"], "from": 4, "to": 1 },
    { "at_ms": 0, "until_ms": 1200, "do": "cut", "kinds": ["request"], "from": 5, "to": 0 },
    { "at_ms": 0, "until_ms": 1200, "do": "cut", "kinds": ["relay"], "to": 0 },
    { "at_ms": 0, "until_ms": 500, "do": "cut", "kinds": ["prepare"], "to": 0 },
    { "at_ms": 0, "until_ms": 500, "do": "cut", "kinds": ["prepare"], "to": 1 },
    { "at_ms": 0, "until_ms": 500, "do": "cut", "kinds": ["prepare"], "from": 3, "to": 2 },
    { "at_ms": 0, "until_ms": 1200, "do": "cut", "kinds": ["view-change"], "from": 3, "to": 1 },
    { "at_ms": 0, "until_ms": 1200, "do": "cut", "kinds": ["state-request"] }],
  "until_ms": 20000 }"#,
    counterpart: Some("with-commit"),
    expects: Expect {
        breaks: &["agreement"],
        answered: (1, 2),
        view: (1, u32::MAX),
        drops: &[],
    },
};
