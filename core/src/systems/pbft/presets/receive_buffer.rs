//! Loss from load at the recipient.

use super::{Chapter, DropReason, Expect, Preset};

pub(super) const RECEIVE_BUFFER: Preset = Preset {
    name: "receive-buffer",
    title: "The receive buffer overflows",
    chapter: Chapter::Omissions,
    story: "The primary takes 8 ms for each message and has room for four. Votes that come \
            while its buffer is full are lost; three other replicas are enough.",
    watch: "How bursts of votes overflow the buffer, while pauses let it empty.",
    document: r#"{ "clients": 4, "workload": { "requests": 6, "gap_ms": 50 },
  "script": [{ "do": "omit", "node": 0, "direction": "receive",
               "cause": "receive-buffer-overflow", "capacity": 4, "service_ms": 8 }] }"#,
    counterpart: None,
    expects: Expect {
        breaks: &[],
        answered: (24, 24),
        view: (0, u32::MAX),
        drops: &[DropReason::ReceiveBufferOverflow],
    },
};
