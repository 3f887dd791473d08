//! A partition in one direction.

use super::{Chapter, DropReason, Expect, Preset};

pub(super) const ONE_WAY: Preset = Preset {
    name: "one-way",
    title: "Heard by nobody",
    chapter: Chapter::Partitions,
    story: "The primary hears the others, but they do not hear it. It sees the votes against it \
            and joins the view that replaces it.",
    watch: "Arrows that reach replica 0, and none that leave it for another replica.",
    document: r#"{ "workload": { "requests": 12 }, "settings": { "checkpoint_interval": 4 },
  "script": [
    { "at_ms": 500, "do": "partition", "groups": [[1, 2, 3], [0]], "one_way": true,
      "until_ms": 5000 }] }"#,
    counterpart: None,
    expects: Expect {
        breaks: &[],
        answered: (12, 12),
        view: (1, u32::MAX),
        drops: &[DropReason::Partition],
    },
};
