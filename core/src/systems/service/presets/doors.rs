//! Machines known by their names, and machines behind a door.

use crate::presets::{Chapter, DropReason, Expect, Preset};

pub(super) const FOUR_TILLS: Preset = Preset {
    name: "four-tills",
    title: "Four shops, four tills",
    chapter: Chapter::Crashes,
    story: "Each client knows one server by its name, as in a network operating system. One \
            server stops: everything that its client asks for fails, and the others notice \
            nothing.",
    watch: "One client that fails again and again, and three that do not.",
    document: r#"
{
  "protocol": "service",
  "cast": {"balancers": 0},
  "workload": {"requests": 12, "gap_ms": 200},
  "settings": {"policy": "by-name"},
  "script": [{"at_ms": 1500, "do": "crash", "node": 1}] }"#,
    counterpart: None,
    expects: Expect {
        breaks: &[],
        answered: (36, 48),
        view: (0, 0),
        drops: &[DropReason::Crashed],
    },
};

pub(super) const ONE_DOOR: Preset = Preset {
    name: "one-door",
    title: "One door",
    chapter: Chapter::Crashes,
    story: "Clients know a balancer, and the servers behind it are one thing to them. One server \
            stops: the balancer notices by its probes, and a second attempt finds another \
            server.",
    watch: "Requests that are late, and none that fails.",
    document: r#"
{
  "protocol": "service",
  "workload": {"requests": 12, "gap_ms": 200},
  "settings": {"probe_ms": 150, "timeout_ms": 500, "attempts": 3},
  "script": [{"at_ms": 1500, "do": "crash", "node": 2}] }"#,
    counterpart: None,
    expects: Expect {
        breaks: &[],
        answered: (48, 48),
        view: (0, 0),
        drops: &[DropReason::Crashed],
    },
};

pub(super) const DOOR_FALLS: Preset = Preset {
    name: "door-falls",
    title: "The door falls",
    chapter: Chapter::BeyondTheBound,
    story: "The balancer itself stops. All servers run, and nobody is answered: one machine was \
            enough to stop everything.",
    watch: "Four servers with nothing to do, and clients that give up.",
    document: r#"
{
  "protocol": "service",
  "workload": {"requests": 12, "gap_ms": 200},
  "settings": {"probe_ms": 150, "timeout_ms": 500, "attempts": 3},
  "script": [{"at_ms": 1650, "do": "crash", "node": 0}] }"#,
    counterpart: Some("two-doors"),
    expects: Expect {
        breaks: &["no-single-point"],
        answered: (4, 36),
        view: (0, 0),
        drops: &[DropReason::Crashed],
    },
};

pub(super) const TWO_DOORS: Preset = Preset {
    name: "two-doors",
    title: "Two doors",
    chapter: Chapter::Crashes,
    story: "With two balancers a client whose attempt times out turns to the other one. One \
            balancer stops, and every request is answered.",
    watch: "Clients of the first balancer that wait once, and then ask the second.",
    document: r#"
{
  "protocol": "service",
  "cast": {"balancers": 2},
  "workload": {"requests": 12, "gap_ms": 200},
  "settings": {"probe_ms": 150, "timeout_ms": 500, "attempts": 3},
  "script": [{"at_ms": 1650, "do": "crash", "node": 0}] }"#,
    counterpart: Some("door-falls"),
    expects: Expect {
        breaks: &[],
        answered: (48, 48),
        view: (0, 0),
        drops: &[DropReason::Crashed],
    },
};
