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

#[test]
fn theory_says_why_a_promise_is_not_given() {
    let open = |rate: u32| json!({ "requests": 10, "arrivals": "even", "rate_per_s": rate });
    let probed = |more: Value| {
        let mut fields = json!({ "cast": { "balancers": 2 }, "settings": { "probe_ms": 200 } });
        for (name, value) in more.as_object().into_iter().flatten() {
            for (name, value) in [(name, value)] {
                match value.as_object() {
                    Some(all) => all.iter().for_each(|(key, value)| {
                        fields[name][key] = value.clone();
                    }),
                    None => fields[name] = value.clone(),
                }
            }
        }
        fields
    };
    for (promise, fields, says) in [
        ("conservation", json!({}), None),
        ("once", json!({ "settings": { "attempts": 4 } }), None),
        ("done-once", json!({}), None),
        (
            "done-once",
            json!({ "settings": { "attempts": 2 } }),
            Some("asks again"),
        ),
        (
            "done-once",
            json!({ "settings": { "hedge_ms": 50 } }),
            Some("second server"),
        ),
        (
            "done-once",
            json!({ "settings": { "policy": "fan-out" } }),
            Some("all of them"),
        ),
        ("recovery", json!({ "workload": open(100) }), None),
        (
            "recovery",
            json!({ "workload": open(500) }),
            Some("as the servers can do"),
        ),
        (
            "recovery",
            json!({ "workload": open(200), "settings": { "attempts": 4 } }),
            Some("retries alone"),
        ),
        (
            "recovery",
            json!({ "workload": open(200), "settings": { "attempts": 4, "queue": 8 } }),
            None,
        ),
        (
            "recovery",
            json!({ "workload": open(200), "settings": { "attempts": 4, "budget_per_mille": 100 } }),
            None,
        ),
        ("no-single-point", probed(json!({})), None),
        (
            "no-single-point",
            probed(json!({ "cast": { "balancers": 1 } })),
            Some("one balancer"),
        ),
        (
            "no-single-point",
            probed(json!({ "cast": { "servers": 1 } })),
            Some("one server"),
        ),
        (
            "no-single-point",
            probed(json!({ "cast": { "providers": 1 } })),
            Some("one provider"),
        ),
        (
            "no-single-point",
            probed(json!({ "cast": { "providers": 1 }, "settings": { "fallback": true } })),
            None,
        ),
        (
            "no-single-point",
            probed(json!({ "settings": { "probe_ms": 0 } })),
            Some("probes"),
        ),
        (
            "no-single-point",
            probed(json!({ "workload": open(350) })),
            Some("One machine fewer"),
        ),
        (
            "no-single-point",
            json!({ "cast": { "balancers": 0 } }),
            None,
        ),
    ] {
        let why = why(promise, &fields);
        let right = match (&why, says) {
            (None, None) => true,
            (Some(why), Some(says)) => why.contains(says),
            _ => false,
        };
        assert!(right, "{promise} with {fields}: {why:?}, not {says:?}");
    }
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
