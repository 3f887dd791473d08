//! A primary that serves some and starves one.

use super::{Chapter, Expect, Preset};

pub(super) const IGNORED_CLIENT: Preset = Preset {
    name: "ignored-client",
    title: "One client is left out",
    chapter: Chapter::Traitors,
    story: "The primary is a traitor that serves one client and acts as if the other had asked \
            for nothing. The ignored client asks all replicas; they pass its request on in vain, \
            and the timer that they started for that very request runs out, however busy the \
            primary is.",
    watch: "Requests of one client executed while the other waits, and then view 1.",
    document: r#"{ "clients": 2, "workload": { "requests": 6, "gap_ms": 100 },
  "script": [{ "do": "corrupt", "node": 0, "behaviour": "ignored-client", "client": 5 }] }"#,
    counterpart: None,
    expects: Expect {
        breaks: &[],
        answered: (12, 12),
        view: (1, 1),
        drops: &[],
    },
};
