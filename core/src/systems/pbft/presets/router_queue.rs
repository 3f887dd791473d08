//! Loss from load at the sender.

use super::{Chapter, DropReason, Expect, Preset};

pub(super) const ROUTER_QUEUE: Preset = Preset {
    name: "router-queue",
    title: "The router overflows",
    chapter: Chapter::Omissions,
    story: "The primary sits behind a router that holds six messages and needs 8 ms for each. \
            Four clients are more than it can carry: what finds the queue full is lost.",
    watch: "Loss that comes from load, not from dice; the others think the primary dead and \
            replace it.",
    document: r#"{ "clients": 4, "workload": { "requests": 6, "gap_ms": 50 },
  "script": [{ "do": "omit", "node": 0, "direction": "send", "cause": "router-queue-overflow",
               "capacity": 6, "service_ms": 8 }] }"#,
    counterpart: None,
    expects: Expect {
        breaks: &[],
        answered: (24, 24),
        view: (1, u32::MAX),
        drops: &[DropReason::RouterQueueOverflow],
    },
};
