//! Damage that nobody finds.

use super::{Chapter, Expect, Preset};

pub(super) const NO_CHECKSUM: Preset = Preset {
    name: "no-checksum",
    title: "Noise without a checksum",
    chapter: Chapter::Omissions,
    story: "All that one backup sends is damaged, and no checksum tells. It is as if it lied: \
            within the bound, its nonsense finds no quorum.",
    watch: "Votes for digests that nobody proposed, counted apart and outvoted.",
    document: r#"
{ "script": [{ "do": "omit", "node": 3, "cause": "corruption", "checksum": false }] }"#,
    counterpart: None,
    expects: Expect {
        breaks: &[],
        answered: (5, 5),
        view: (0, 0),
        drops: &[],
    },
};
