//! What the second round of votes is for: with it.

use super::{Chapter, Expect, Preset};

pub(super) const WITH_COMMIT: Preset = Preset {
    name: "with-commit",
    title: "What COMMIT is for",
    chapter: Chapter::Partitions,
    story: "Replica 3 alone is prepared for a request when the view changes, and the others do not \
            hear of it. It has not executed anything: it waits for a quorum that is prepared too, \
            and such a quorum no view change can miss.",
    watch: "Replica 3 prepared in view 0, and executing what all execute in view 1.",
    document: r#"{ "clients": 2,
  "latency": { "model": "constant", "ms": 20 },
  "workload": { "requests": 1, "gap_ms": 0 },
  "settings": { "view_timeout_ms": 500, "client_timeout_ms": 200 },
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
    counterpart: Some("without-commit"),
    expects: Expect {
        breaks: &[],
        answered: (2, 2),
        view: (1, u32::MAX),
        drops: &[],
    },
};
