//! Services with one mistake: each is caught, by a promise or by a count that comes out wrong.

use super::{followed, metric, scenario, sent};
use quorumscope_core::systems::service::flaw;
use quorumscope_core::world::{World, open};
use quorumscope_tests::{broken, finish};
use serde_json::{Value, json};

fn run(fields: &Value, flaw: Option<&'static str>) -> Box<dyn World> {
    let mut scenario = scenario(fields);
    scenario.flaw = flaw;
    let mut world = open(&scenario);
    world.record(true);
    finish(world.as_mut());
    world
}

/// The promise that a mistake breaks, in a run in which nothing breaks without it.
fn breaks(flaw: &'static str, promise: &str, fields: &Value) {
    assert_eq!(broken(&*run(fields, None)), [""; 0], "without {flaw}");
    let broken = broken(&*run(fields, Some(flaw)));
    assert!(broken.contains(&promise), "{flaw}: broke {broken:?}");
}

/// A mistake that shows in a count: what it is without it, and with it.
fn counts(flaw: &'static str, fields: &Value, count: fn(&dyn World) -> f64) -> (f64, f64) {
    (count(&*run(fields, None)), count(&*run(fields, Some(flaw))))
}

fn open_loop(rate: u32, requests: u32) -> Value {
    json!({ "requests": requests, "arrivals": "even", "rate_per_s": rate })
}

#[test]
fn counting_every_answer_breaks_once_and_the_books() {
    let twice = json!({ "script": [{ "do": "duplicate", "kinds": ["answer"] }] });
    breaks(flaw::COUNTS_TWICE, "once", &twice);
    breaks(flaw::COUNTS_TWICE, "conservation", &twice);
}

#[test]
fn forgetting_a_request_breaks_the_books() {
    let refused = json!({ "cast": { "servers": 1 }, "settings": { "queue": 0 },
        "workload": open_loop(1000, 5) });
    breaks(flaw::FORGETS, "conservation", &refused);
}

#[test]
fn taking_copies_for_requests_breaks_done_once() {
    let copies = json!({ "script": [{ "do": "duplicate", "kinds": ["dispatch"] }] });
    breaks(flaw::TAKES_COPIES, "done-once", &copies);
    let replayed = json!({ "until_ms": 10_000, "script": [
        { "do": "corrupt", "node": 0, "behaviour": "replay", "after_ms": 700 }] });
    breaks(flaw::TAKES_COPIES, "done-once", &replayed);
}

#[test]
fn never_taking_a_server_in_again_breaks_recovery() {
    let script: Vec<Value> = (1..=4)
        .flat_map(|node| {
            [
                json!({ "at_ms": 1000, "do": "crash", "node": node }),
                json!({ "at_ms": 2000, "do": "restart", "node": node }),
            ]
        })
        .collect();
    let all_out = json!({ "workload": open_loop(50, 200), "script": script,
        "settings": { "probe_ms": 100 } });
    breaks(flaw::NEVER_IN, "recovery", &all_out);
}

#[test]
fn leaving_a_balancer_for_an_old_timeout_leads_back_to_the_one_that_is_down() {
    let door = json!({ "cast": { "balancers": 2, "clients": 2 }, "workload": open_loop(100, 100),
        "settings": { "timeout_ms": 200, "attempts": 2 },
        "script": [{ "at_ms": 500, "do": "crash", "node": 0 }] });
    let turns = |world: &dyn World| followed(world, "other-door").len() as f64;
    let (right, wrong) = counts(flaw::ANY_TIMEOUT, &door, turns);
    assert!(right == 1.0 && wrong > 5.0, "{right} and {wrong}");
}

#[test]
fn retries_without_a_cap_send_more_than_the_sum_says() {
    let dead = json!({ "cast": { "balancers": 0, "servers": 1, "clients": 1 },
        "workload": { "requests": 1 }, "until_ms": 5000,
        "settings": { "timeout_ms": 100, "attempts": 4 },
        "script": [{ "do": "crash", "node": 0 }] });
    let requests = |world: &dyn World| sent(world, "request") as f64;
    assert_eq!(counts(flaw::NO_CAP, &dead, requests), (4.0, 51.0));
}

#[test]
fn trusting_silence_sends_requests_to_the_dead() {
    let dead = json!({ "cast": { "servers": 2 }, "workload": open_loop(100, 100),
        "settings": { "probe_ms": 100 }, "script": [{ "do": "crash", "node": 1 }] });
    let failed = |world: &dyn World| metric(world, "failed");
    assert_eq!(counts(flaw::TRUSTS_SILENCE, &dead, failed), (15.0, 200.0));
}

#[test]
fn dropping_late_work_hides_what_a_storm_feeds_on() {
    let slow = json!({ "cast": { "servers": 1 }, "workload": open_loop(1000, 5),
        "settings": { "timeout_ms": 50 } });
    let worked = |world: &dyn World| metric(world, "answered") + metric(world, "wasted");
    let (right, wrong) = counts(flaw::DROPS_LATE, &slow, worked);
    assert!(right == 20.0 && wrong < 8.0, "{right} and {wrong}");
}

#[test]
fn every_mistake_is_tried_here() {
    let text = include_str!("flaws.rs");
    for name in flaw::ALL {
        let constant = name.to_uppercase().replace('-', "_");
        assert!(text.contains(&format!("flaw::{constant}")), "{name}");
    }
}
