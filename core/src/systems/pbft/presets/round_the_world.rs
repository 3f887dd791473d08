//! Latency between real places.

use super::{Chapter, Expect, Preset};

pub(super) const ROUND_THE_WORLD: Preset = Preset {
    name: "round-the-world",
    title: "Round the world",
    chapter: Chapter::Normal,
    story: "Seven replicas on four continents. A quorum is five of them, so the nearest five \
            set the pace and the farthest two only follow.",
    watch: "Which votes complete the quorum, and which come too late to matter.",
    document: r#"{ "nodes": 7,
  "latency": { "model": "regions", "jitter_ms": 4, "places": ["virginia", "oregon", "ireland",
               "frankfurt", "mumbai", "tokyo", "sydney"] },
  "settings": { "view_timeout_ms": 2000, "client_timeout_ms": 4000 } }"#,
    counterpart: None,
    expects: Expect {
        breaks: &[],
        answered: (5, 5),
        view: (0, 0),
        drops: &[],
    },
};
