//! Each preset keeps its promise: what breaks, how far it gets, and what it is there to show, with
//! its own seed and with twenty others.

use super::metric;
use quorumscope_core::presets::{Preset, find};
use quorumscope_core::protocol::NodeId;
use quorumscope_core::scenario::Scenario;
use quorumscope_core::systems::service;
use quorumscope_core::trace::DropReason;
use quorumscope_core::world::World;
use quorumscope_tests::{broken, run, systems};

const ALL: &[&Preset] = service::SYSTEM.presets;

/// How many requests of a client failed.
fn failed(world: &dyn World, client: u16) -> usize {
    let asked = &world.chronicle().asked[usize::from(client)];
    asked.iter().filter(|asked| asked.failed.is_some()).count()
}

/// What share of the requests that came in a stretch of time was answered, in seconds.
fn answered(world: &dyn World, from: f64, to: f64) -> f64 {
    let asked = world.chronicle().asked.iter().flatten();
    let within: Vec<_> = asked
        .filter(|asked| (from * 1000.0..to * 1000.0).contains(&asked.at.ms()))
        .collect();
    let answered = within.iter().filter(|asked| asked.answered.is_some());
    answered.count() as f64 / within.len() as f64
}

/// The mean latency of answers to requests that came in a stretch of time.
fn latency(world: &dyn World, from: f64, to: f64) -> f64 {
    let asked = world.chronicle().asked.iter().flatten();
    let within = asked.filter(|asked| (from * 1000.0..to * 1000.0).contains(&asked.at.ms()));
    let spans: Vec<f64> = within
        .filter_map(|asked| Some(asked.answered?.0.since(asked.at).ms()))
        .collect();
    spans.iter().sum::<f64>() / spans.len() as f64
}

/// Whether a run shows what its preset is about.
fn shows(name: &str, world: &dyn World) -> bool {
    let value = |name| metric(world, name);
    let within = |name, least: f64, most: f64| (least..=most).contains(&value(name));
    match name {
        "four-tills" => {
            let others = [4, 6, 7].map(|client| failed(world, client));
            failed(world, 5) >= 3 && others == [0, 0, 0]
        }
        "one-door" | "two-doors" => value("failed") == 0.0 && value("retries") > 0.0,
        "door-falls" => {
            let up = (1..5).all(|server| world.condition(NodeId(server)).up);
            up && answered(world, 1.65, 20.0) == 0.0
        }
        "one-fast-machine" => within("latency_mean_ms", 9.0, 19.0),
        "four-machines-one-queue" => within("latency_mean_ms", 14.5, 23.0),
        "four-queues" => within("latency_mean_ms", 35.0, 75.0),
        "two-looks" => within("latency_mean_ms", 17.5, 22.0),
        "old-and-new" => value("latency_p90_ms") > 1000.0,
        "by-speed" => value("latency_p99_ms") < 250.0,
        "more-makes-it-worse" => within("answered_per_s", 107.0, 113.0),
        "four-are-best" => within("answered_per_s", 139.0, 144.0),
        "retry-storm" => answered(world, 8.0, 19.0) < 0.02,
        "one-attempt" | "retry-budget" => answered(world, 8.0, 19.0) > 0.97,
        "short-queue" => answered(world, 5.0, 19.0) > 0.99,
        "rush-hour" => {
            let (before, in_it, after) = (
                latency(world, 5.0, 10.0),
                latency(world, 10.0, 14.0),
                latency(world, 20.0, 30.0),
            );
            let all_the_time = 10.0 * world.now().ms();
            before < 30.0
                && in_it > 100.0
                && after < 60.0
                && value("rented_ms") < 0.5 * all_the_time
        }
        "slowest-of-a-hundred" => value("latency_p50_ms") > 100.0,
        "hedged" => value("latency_p90_ms") < 20.0,
        "not-my-machine" => value("failed") > 150.0 && value("degraded") == 0.0,
        "with-a-default" => value("failed") == 0.0 && value("degraded") > 150.0,
        "with-a-breaker" => {
            // Half as many calls wait: fewer requests are in the system.
            value("failed") == 0.0 && value("in_system") < 2.0
        }
        "second-provider" => value("failed") + value("degraded") == 0.0,
        // Now and then both balancers are down for a while.
        "always-broken" => value("failed") < 200.0 && within("availability", 0.83, 0.96),
        "often-and-short" => value("crashes") >= 12.0 && value("availability") > 0.997,
        "seldom-and-long" => value("crashes") <= 3.0 && value("availability") > 0.98,
        other => panic!("nobody says what {other} shows"),
    }
}

/// What breaks beside what retries break by their nature.
fn beside_retries(names: &[&'static str]) -> Vec<&'static str> {
    let names = names.iter().copied();
    names.filter(|name| *name != "done-once").collect()
}

fn disappoints(preset: &Preset) -> Option<String> {
    let world = run(&preset.scenario());
    let (world, expects) = (world.as_ref(), &preset.expects);
    let (breaks, answered) = (broken(world), metric(world, "answered") as usize);
    let (least, most) = expects.answered;
    let lost = |reason: &&DropReason| world.stats().dropped[**reason as usize] == 0;
    if breaks != expects.breaks {
        return Some(format!("breaks {breaks:?}"));
    }
    if !(least..=most).contains(&answered) {
        return Some(format!("{answered} answers"));
    }
    if let Some(reason) = expects.drops.iter().find(lost) {
        return Some(format!("loses nothing to {}", reason.name()));
    }
    (!shows(preset.name, world)).then(|| "does not show what it is about".into())
}

#[test]
fn every_preset_keeps_its_promise() {
    let _ = systems();
    let say = |preset: &&Preset| disappoints(preset).map(|why| format!("{}: {why}", preset.name));
    let disappointments: Vec<String> = ALL.iter().filter_map(say).collect();
    assert!(disappointments.is_empty(), "{disappointments:#?}");
}

#[test]
fn what_a_preset_shows_is_no_accident_of_its_seed() {
    let _ = systems();
    for preset in ALL {
        for seed in 100..120 {
            let world = run(&Scenario {
                seed,
                ..preset.scenario()
            });
            let breaks = beside_retries(&broken(world.as_ref()));
            let should = beside_retries(preset.expects.breaks);
            assert_eq!(breaks, should, "{} with seed {seed}", preset.name);
            let seen = shows(preset.name, world.as_ref());
            assert!(seen, "{} does not show it with seed {seed}", preset.name);
        }
    }
}

#[test]
fn presets_are_found_by_name_and_have_two_sides() {
    let _ = systems();
    for preset in ALL {
        assert_eq!(find(preset.name).map(|found| found.name), Some(preset.name));
        assert!(Scenario::parse(preset.document).is_ok(), "{}", preset.name);
        let Some(name) = preset.counterpart else {
            continue;
        };
        let other = find(name).unwrap_or_else(|| panic!("no {name}"));
        let breaks = |preset: &Preset| beside_retries(preset.expects.breaks).len();
        assert_ne!(breaks(preset), breaks(other), "{} and {name}", preset.name);
    }
}
