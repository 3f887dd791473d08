//! Loss by chance on every link.

use super::{Chapter, DropReason, Expect, Preset};

pub(super) const LOSSY_NETWORK: Preset = Preset {
    name: "lossy-network",
    title: "A lossy network",
    chapter: Chapter::Omissions,
    story: "Every seventh message is lost, anywhere. Whoever waits in vain asks again: the \
            client, the replicas that fell behind, and those that want another view.",
    watch: "Retries, and view changes that loss alone brings about.",
    document: r#"{ "script": [{ "do": "omit", "per_mille": 150 }] }"#,
    counterpart: None,
    expects: Expect {
        breaks: &[],
        answered: (5, 5),
        view: (0, u32::MAX),
        drops: &[DropReason::RouterQueueOverflow],
    },
};
