//! Promises hold where theory gives them, in any scenario, and break where a run is made to.

use super::{recorded, scenario};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use quorumscope_core::outlook::Outlook;
use quorumscope_core::promise::Given;
use quorumscope_core::systems::service;
use quorumscope_core::world::World;
use quorumscope_tests::arbitrary::scenarios_of;
use quorumscope_tests::{broken, run, systems};
use serde_json::{Value, json};

const CASES: u32 = 2000;

fn given(world: &dyn World, name: &str) -> Given {
    let outlook = Outlook::of(world);
    let mut all = world.promises().iter();
    let standing = all.find(|standing| standing.promise.name == name);
    (standing.expect(name).promise.given)(&outlook)
}

#[test]
fn no_promise_breaks_that_theory_gives() {
    let _ = systems();
    let config = Config {
        cases: CASES,
        failure_persistence: None,
        ..Config::default()
    };
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let outcome =
        TestRunner::new_with_rng(config, rng).run(&scenarios_of(service::SPEC), |drawn| {
            let world = run(&drawn);
            for name in broken(&*world) {
                let given = given(&*world, name);
                prop_assert!(!given.promised(), "{name} broke: {}", drawn.canonical());
            }
            Ok(())
        });
    outcome.unwrap_or_else(|failure| panic!("{failure}"));
}

/// Why theory does not give a promise in a set-up, if it does not.
fn why(promise: &str, fields: &Value) -> Option<String> {
    match given(&*run(&scenario(fields)), promise) {
        Given::Promised => None,
        Given::NotNow(why) | Given::Never(why) => Some(why),
    }
}

/// Holds theory to what it says of set-ups: nothing, or why a promise is not given.
fn says(promise: &str, cases: &[(Value, Option<&str>)]) {
    for (fields, says) in cases {
        let why = why(promise, fields);
        let right = match (&why, says) {
            (None, None) => true,
            (Some(why), Some(says)) => why.contains(says),
            _ => false,
        };
        assert!(right, "{promise} with {fields}: {why:?}, not {says:?}");
    }
}

fn settings(settings: &Value) -> Value {
    json!({ "settings": settings })
}

#[test]
fn theory_says_why_requests_may_be_done_twice() {
    says("conservation", &[(json!({}), None)]);
    says("once", &[(settings(&json!({ "attempts": 4 })), None)]);
    says(
        "done-once",
        &[
            (json!({}), None),
            (settings(&json!({ "attempts": 2 })), Some("asks again")),
            (settings(&json!({ "hedge_ms": 50 })), Some("second server")),
            (settings(&json!({ "policy": "fan-out" })), None),
        ],
    );
}

#[test]
fn theory_says_why_answers_may_never_come_in_time_again() {
    let open = |rate: u32, settings: Value| {
        json!({ "settings": settings,
            "workload": { "requests": 10, "arrivals": "even", "rate_per_s": rate } })
    };
    let cases = [
        (open(100, json!({})), None),
        (open(500, json!({})), Some("as the servers can do")),
        (open(200, json!({ "attempts": 4 })), Some("retries alone")),
        (open(200, json!({ "attempts": 4, "queue": 8 })), None),
        (
            open(200, json!({ "attempts": 4, "budget_per_mille": 100 })),
            None,
        ),
        (open(80, json!({ "attempts": 4 })), None),
    ];
    says("recovery", &cases);
}

#[test]
fn theory_says_which_machine_is_the_one_that_all_depend_on() {
    let probed = |cast: Value| json!({ "cast": cast, "settings": { "probe_ms": 200 } });
    let doors = || json!({ "balancers": 2 });
    let provider = || json!({ "balancers": 2, "providers": 1 });
    let mut fallback = probed(provider());
    fallback["settings"]["fallback"] = json!(true);
    let mut crowded = probed(doors());
    crowded["workload"] = json!({ "requests": 10, "arrivals": "even", "rate_per_s": 350 });
    let cases = [
        (probed(doors()), None),
        (probed(json!({ "balancers": 1 })), Some("one balancer")),
        (
            probed(json!({ "balancers": 2, "servers": 1 })),
            Some("one server"),
        ),
        (probed(provider()), Some("one provider")),
        (fallback, None),
        (json!({ "cast": doors() }), Some("probes")),
        (crowded, Some("One machine fewer")),
        (json!({ "cast": { "balancers": 0 } }), None),
        (
            json!({ "cast": { "balancers": 0, "clients": 1 } }),
            Some("different servers"),
        ),
    ];
    says("no-single-point", &cases);
}

#[test]
fn one_machine_is_a_single_point_and_two_are_not() {
    let requests = json!({ "requests": 100, "arrivals": "even", "rate_per_s": 20 });
    let breaks = |cast: Value, settings: Value, node: u16| {
        let world = recorded(
            &json!({ "cast": cast, "workload": requests, "settings": settings,
            "script": [{ "at_ms": 1000, "do": "crash", "node": node }] }),
        );
        let witness = world
            .promises()
            .iter()
            .find(|one| one.promise.name == "no-single-point");
        let witness = witness.and_then(|one| one.witnesses.first().map(|it| it.says.clone()));
        (broken(&*world).contains(&"no-single-point"), witness)
    };
    let probed = || json!({ "probe_ms": 100, "attempts": 2, "timeout_ms": 300 });
    let (broke, says) = breaks(json!({ "balancers": 1 }), probed(), 0);
    assert!(broke);
    assert!(says.is_some_and(|says| says.contains("balancer 0 stopped at 1000")));
    assert!(!breaks(json!({ "balancers": 2 }), probed(), 0).0);
    assert!(!breaks(json!({ "balancers": 1 }), probed(), 2).0);
    let one = json!({ "balancers": 2, "providers": 1 });
    let mut settings = probed();
    assert!(breaks(one.clone(), settings.clone(), 6).0);
    settings["fallback"] = json!(true);
    settings["call_timeout_ms"] = json!(100);
    assert!(!breaks(one, settings.clone(), 6).0);
    settings["fallback"] = json!(false);
    assert!(!breaks(json!({ "balancers": 2, "providers": 2 }), settings, 6).0);
}
