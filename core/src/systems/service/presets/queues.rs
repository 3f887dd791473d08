//! One fast machine or several slow ones, one queue or several.

use crate::presets::{Chapter, Expect, Preset};

pub(super) const UP: Preset = Preset {
    name: "one-fast-machine",
    title: "Up: one machine, four times as fast",
    chapter: Chapter::Normal,
    story: "Eighty per cent of what one fast machine can do is asked of it. A request waits, and \
            then has the whole machine: 12.5 ms of both, on average. Nothing is faster, and \
            nothing else is there when it stops.",
    watch: "The mean near 12.5 ms, and a tail that is five times as long.",
    document: r#"
{
  "protocol": "service",
  "cast": {"servers": 1, "clients": 8},
  "latency": {"model": "constant", "ms": 0.1},
  "workload": {"requests": 1000, "arrivals": "poisson", "rate_per_s": 320, "work": "exponential"},
  "settings": {"speeds_per_mille": 4000, "timeout_ms": 60000},
  "until_ms": 60000 }"#,
    counterpart: None,
    expects: Expect {
        breaks: &[],
        answered: (8000, 8000),
        view: (0, 0),
        drops: &[],
    },
};

pub(super) const OUT: Preset = Preset {
    name: "four-machines-one-queue",
    title: "Out: four machines, one queue",
    chapter: Chapter::Normal,
    story: "The same work at four machines of usual speed. Requests wait in one queue at the \
            balancer, for whichever server is idle first: 17.5 ms on average, by Erlang's \
            formula. And three machines are left when one stops.",
    watch: "The mean near 17.5 ms, 10 of which are work.",
    document: r#"
{
  "protocol": "service",
  "cast": {"clients": 8},
  "latency": {"model": "constant", "ms": 0.1},
  "workload": {"requests": 1000, "arrivals": "poisson", "rate_per_s": 320, "work": "exponential"},
  "settings": {"policy": "central", "timeout_ms": 60000},
  "until_ms": 60000 }"#,
    counterpart: None,
    expects: Expect {
        breaks: &[],
        answered: (8000, 8000),
        view: (0, 0),
        drops: &[],
    },
};

pub(super) const FOUR_QUEUES: Preset = Preset {
    name: "four-queues",
    title: "One queue or four",
    chapter: Chapter::Normal,
    story: "The balancer draws a server for each request, and requests wait there. While some \
            wait at one server, others are idle: 50 ms on average, where one queue takes 17.5.",
    watch: "Queues at some servers while others have nothing to do.",
    document: r#"
{
  "protocol": "service",
  "cast": {"clients": 8},
  "latency": {"model": "constant", "ms": 0.1},
  "workload": {"requests": 1000, "arrivals": "poisson", "rate_per_s": 320, "work": "exponential"},
  "settings": {"policy": "random", "timeout_ms": 60000},
  "until_ms": 60000 }"#,
    counterpart: None,
    expects: Expect {
        breaks: &[],
        answered: (8000, 8000),
        view: (0, 0),
        drops: &[],
    },
};

pub(super) const TWO_LOOKS: Preset = Preset {
    name: "two-looks",
    title: "Two looks are enough",
    chapter: Chapter::Normal,
    story: "The balancer draws two servers for each request and takes the one with fewer under \
            way. That is almost as good as looking at all of them: about 20 ms where one draw \
            takes 50.",
    watch: "Forty queues, and hardly one that is longer than two or three.",
    document: r#"
{
  "protocol": "service",
  "cast": {"servers": 40, "clients": 8},
  "latency": {"model": "constant", "ms": 0.1},
  "workload": {"requests": 2000, "arrivals": "poisson", "rate_per_s": 3200, "work": "exponential"},
  "settings": {"policy": "two-choices", "timeout_ms": 60000},
  "until_ms": 60000 }"#,
    counterpart: None,
    expects: Expect {
        breaks: &[],
        answered: (16000, 16000),
        view: (0, 0),
        drops: &[],
    },
};

pub(super) const OLD_AND_NEW: Preset = Preset {
    name: "old-and-new",
    title: "Old and new machines",
    chapter: Chapter::Timing,
    story: "Two servers are three times as fast as the other two, and each gets as many \
            requests. The slow ones get more than they can do and drown, while the fast ones are \
            idle half of the time.",
    watch: "Two queues that grow as long as requests come.",
    document: r#"
{
  "protocol": "service",
  "cast": {"clients": 8},
  "latency": {"model": "constant", "ms": 1},
  "workload": {"requests": 350, "arrivals": "poisson", "rate_per_s": 280, "work": "exponential"},
  "settings": {"speeds_per_mille": [1500, 1500, 500, 500], "timeout_ms": 60000},
  "until_ms": 60000 }"#,
    counterpart: None,
    expects: Expect {
        breaks: &[],
        answered: (2800, 2800),
        view: (0, 0),
        drops: &[],
    },
};

pub(super) const BY_SPEED: Preset = Preset {
    name: "by-speed",
    title: "Shares by speed",
    chapter: Chapter::Timing,
    story: "The same machines, and the balancer gives each request to the server that will be \
            done with it first. The same work is done with time to spare.",
    watch: "The fast servers get three requests of four, and no queue grows.",
    document: r#"
{
  "protocol": "service",
  "cast": {"clients": 8},
  "latency": {"model": "constant", "ms": 1},
  "workload": {"requests": 350, "arrivals": "poisson", "rate_per_s": 280, "work": "exponential"},
  "settings": {"policy": "fastest", "speeds_per_mille": [1500, 1500, 500, 500], "timeout_ms": 60000},
  "until_ms": 60000 }"#,
    counterpart: None,
    expects: Expect {
        breaks: &[],
        answered: (2800, 2800),
        view: (0, 0),
        drops: &[],
    },
};
