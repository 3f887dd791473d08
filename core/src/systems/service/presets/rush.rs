//! More requests than servers, for a while.

use crate::presets::{Chapter, Expect, Preset};

pub(super) const RUSH_HOUR: Preset = Preset {
    name: "rush-hour",
    title: "Rush hour",
    chapter: Chapter::Timing,
    story: "For twenty seconds four times as many requests come. The balancer rents more \
            servers, but they take three seconds to boot; when the rush is over it gives them \
            back, after a while.",
    watch: "Latency that rises at once, and servers that come three seconds late.",
    document: r#"
{
  "protocol": "service",
  "cast": {"servers": 10, "clients": 8},
  "latency": {"model": "constant", "ms": 1},
  "workload": {"requests": 750, "arrivals": "poisson", "rate_per_s": 60},
  "settings": {"timeout_ms": 60000, "scale_every_ms": 1000, "target": 40, "boot_ms": 3000, "cool_ms": 5000, "start_servers": 2},
  "script": [{"at_ms": 10000, "until_ms": 30000, "do": "surge", "per_mille": 4000}],
  "until_ms": 60000 }"#,
    counterpart: None,
    expects: Expect {
        breaks: &[],
        answered: (5800, 6000),
        view: (0, 0),
        drops: &[],
    },
};
