//! Damage that a checksum finds.

use super::{Chapter, DropReason, Expect, Preset};

pub(super) const CORRUPTED_LINE: Preset = Preset {
    name: "corrupted-line",
    title: "Noise on the line",
    chapter: Chapter::Omissions,
    story: "Every tenth message is damaged on its way. Its checksum tells, and the recipient \
            throws it away: to the protocol, corruption is loss.",
    watch: "Damaged messages die on arrival; no wrong value ever counts.",
    document: r#"{ "script": [{ "do": "omit", "cause": "corruption", "per_mille": 100 }] }"#,
    counterpart: None,
    expects: Expect {
        breaks: &[],
        answered: (5, 5),
        view: (0, u32::MAX),
        drops: &[DropReason::Corruption],
    },
};
