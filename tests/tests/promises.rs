//! Random scenarios by the thousand: promises hold where theory says so, and break where it does.
//!
//! `quorumscope soak` looks through more of the same scenarios, and names them by the same numbers.

use quorumscope::soak::{Plan, flaw, scenario, search, shrink};
use quorumscope_core::fault::{Fault, Order};
use quorumscope_core::outlook::Outlook;
use quorumscope_core::scenario::Scenario;
use quorumscope_core::{faults, latency, systems};
use quorumscope_tests::{broken, read, run};
use serde_json::json;
use std::collections::BTreeSet;

const THREADS: u64 = 2;

/// Fails with the smallest scenario that shows the first flaw found.
fn flawless(plan: Plan, count: u64) {
    if let Some(failure) = search(plan, &[], 0, count, THREADS) {
        panic!(
            "{plan:?} {}: {}\n{}",
            failure.seed, failure.says, failure.document
        );
    }
}

#[test]
fn with_at_most_f_liars_and_forgetters_no_promise_breaks_whatever_else_goes_wrong() {
    flawless(Plan::Safety, 20_000);
}

#[test]
fn once_faults_end_every_request_is_answered() {
    flawless(Plan::Liveness, 10_000);
}

#[test]
fn where_two_quorums_may_share_traitors_only_agreement_breaks_almost_always() {
    let broken = (0..200).filter(|&seed| {
        let drawn = scenario(Plan::Beyond, &[], seed);
        flaw(Plan::Beyond, &drawn).is_some()
    });
    let sizes: Vec<u16> = broken
        .map(|seed| scenario(Plan::Beyond, &[], seed).servers())
        .collect();
    assert!(sizes.len() >= 180, "{} of 200", sizes.len());
    for n in 3..=10 {
        assert!(sizes.contains(&n), "never with {n} replicas");
    }
}

#[test]
fn every_fault_behaviour_and_latency_is_drawn() {
    let drawn: Vec<Scenario> = (0..2000)
        .map(|seed| scenario(Plan::Safety, &[], seed))
        .collect();
    let orders = || drawn.iter().flat_map(|scenario| &scenario.script);
    let named = |name: fn(&Order) -> Option<&'static str>| -> BTreeSet<&str> {
        orders().filter_map(name).collect()
    };
    let fits = |fault: &&&Fault| (fault.fits)(systems::first());
    let all_faults: BTreeSet<_> = faults::ALL
        .iter()
        .filter(fits)
        .map(|fault| fault.name)
        .collect();
    assert_eq!(named(|order| Some(order.fault.name)), all_faults);
    let all_behaviours: BTreeSet<_> = systems::first().behaviours.iter().map(|b| b.name).collect();
    assert_eq!(named(|order| order.args.name("behaviour")), all_behaviours);
    let all_disks = BTreeSet::from(["everything", "stale", "checkpoint", "nothing"]);
    assert_eq!(named(|order| order.args.name("keeps")), all_disks);
    let model = |scenario: &Scenario| scenario.to_value()["latency"]["model"].to_string();
    let models: BTreeSet<String> = drawn.iter().map(model).collect();
    assert_eq!(models.len(), latency::MODELS.len());
    let sizes: BTreeSet<u16> = drawn.iter().map(Scenario::servers).collect();
    assert_eq!(sizes, (1..=16).collect());
}

#[test]
fn a_number_names_one_scenario() {
    for plan in [Plan::Safety, Plan::Liveness, Plan::Beyond] {
        assert_eq!(scenario(plan, &[], 7), scenario(plan, &[], 7));
        assert_ne!(scenario(plan, &[], 7), scenario(plan, &[], 8));
    }
}

#[test]
fn a_failing_scenario_is_cut_down_to_what_it_needs() {
    let traitor = |node| json!({ "do": "corrupt", "node": node, "behaviour": "two-faced" });
    let whole = read(
        &json!({ "clients": 2, "workload": { "requests": 40 }, "script": [
        { "do": "duplicate" }, traitor(0), { "at_ms": 5000, "do": "heal" }, traitor(1),
        { "at_ms": 900, "do": "crash", "node": 4 } ] }),
    );
    let disagrees = |scenario: &Scenario| broken(run(scenario).as_ref()).contains(&"agreement");
    assert!(disagrees(&whole));
    let small = shrink(&whole, disagrees);
    assert!(disagrees(&small));
    let requests = small.workload.number("requests");
    assert_eq!((small.script.len(), requests), (2, Some(1)));
}

#[test]
fn in_any_system_no_promise_breaks_that_theory_gives() {
    let all = quorumscope_tests::systems();
    if let Some(failure) = search(Plan::Given, &all, 0, 6_000, THREADS) {
        panic!("{}: {}\n{}", failure.seed, failure.says, failure.document);
    }
}

#[test]
fn a_scenario_of_any_system_is_drawn_again_from_its_number() {
    let all = quorumscope_tests::systems();
    for seed in 0..200 {
        let drawn = scenario(Plan::Given, &all, seed);
        assert_eq!(drawn, scenario(Plan::Given, &all, seed));
        assert_eq!(Scenario::from_value(&drawn.to_value()), Ok(drawn));
    }
    let drawn = |seed| scenario(Plan::Given, &all, seed).spec.name;
    let names: BTreeSet<&str> = (0..all.len() as u64).map(drawn).collect();
    assert_eq!(names.len(), all.len());
}

#[test]
fn who_forgot_stays_unreliable_when_it_restarts_with_all_that_is_left() {
    let restart = |at, keeps| json!({ "at_ms": at, "do": "restart", "node": 0, "keeps": keeps });
    let forgot = |script: serde_json::Value| {
        let world = run(&read(&json!({ "script": script })));
        Outlook::of(world.as_ref()).forgetful
    };
    assert_eq!(forgot(json!([restart(100, "everything")])), 0);
    let both = json!([restart(100, "nothing"), restart(900, "everything")]);
    assert_eq!(forgot(both), 1);
}
