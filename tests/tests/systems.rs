//! What every system must do, whatever it is: each test loops over all that are known.

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestRng, TestRunner};
use quorumscope_core::export::{self, Stretch, export};
use quorumscope_core::fault::{Fault, Order};
use quorumscope_core::faults;
use quorumscope_core::knob::{self, Args, Knob};
use quorumscope_core::link::{self, LinkExtras};
use quorumscope_core::presets::{self, Preset};
use quorumscope_core::promise::Hears;
use quorumscope_core::protocol::NodeId;
use quorumscope_core::report::report;
use quorumscope_core::scenario::Scenario;
use quorumscope_core::spec::Spec;
use quorumscope_core::time::{Span, Time};
use quorumscope_core::trace::{MessageId, Transit, What};
use quorumscope_core::world::{World, open};
use quorumscope_tests::arbitrary::{applicable, scenarios_of, scenarios_with};
use quorumscope_tests::{broken, read, report_on, run, systems};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// How many scenarios of each system are drawn where one says little.
const CASES: u32 = 24;
/// How many are drawn to find one in which something happens.
const MOST_DRAWS: u32 = 2000;

/// The same scenarios with each run of the tests.
fn runner(cases: u32) -> TestRunner {
    let config = Config {
        cases,
        failure_persistence: None,
        ..Config::default()
    };
    TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha))
}

/// Holds each system to something in scenarios drawn at random.
fn in_any_scenario(test: impl Fn(&Scenario) -> Result<(), TestCaseError>) {
    for spec in systems() {
        let outcome = runner(CASES).run(&scenarios_of(spec), |scenario| test(&scenario));
        outcome.unwrap_or_else(|failure| panic!("{}: {failure}", spec.name));
    }
}

/// Draws scenarios until one of them does.
fn some(scenarios: &impl Strategy<Value = Scenario>, does: impl FnMut(&Scenario) -> bool) -> bool {
    let mut runner = runner(MOST_DRAWS);
    let mut does = does;
    (0..MOST_DRAWS).any(|_| {
        let drawn = scenarios.new_tree(&mut runner);
        does(
            &drawn
                .expect("scenarios are drawn without rejecting any")
                .current(),
        )
    })
}

fn recorded(scenario: &Scenario) -> Box<dyn World> {
    let mut world = open(scenario);
    world.record(true);
    world.run_until(Time::NEVER, u64::MAX);
    world
}

/// All that nodes but this one could notice or do; messages by what they are, not by number.
fn noticed(scenario: &Scenario, but: Option<NodeId>) -> Vec<(Time, NodeId, What)> {
    let world = recorded(scenario);
    let events = world.chronicle().events.iter();
    let others = events.filter(|event| Some(event.node) != but);
    let unnumbered = |transit: &Transit| Transit {
        message: MessageId::default(),
        ..*transit
    };
    let told = |what: &What| match what {
        What::Ordered(_) | What::Lifted(_) | What::Sent { .. } => None,
        What::Delivered(transit) => Some(What::Delivered(unnumbered(transit))),
        What::Dropped(transit, why) => Some(What::Dropped(unnumbered(transit), *why)),
        what => Some(what.clone()),
    };
    others
        .filter_map(|event| Some((event.at, event.node, told(&event.what)?)))
        .collect()
}

/// Whether the last order of a scenario is of this fault and changes what happens; of this
/// behaviour, if it makes the only traitor: then to others.
fn last_order_matters(scenario: &Scenario, fault: &Fault, behaviour: Option<&str>) -> bool {
    let mut without = scenario.clone();
    let Some(order) = without.script.pop() else {
        return false;
    };
    let traitor = behaviour.and_then(|_| order.args.node("node"));
    let lies = |order: &Order| behaviour.is_some() && order.args.name("behaviour").is_some();
    if without.script.iter().any(lies) {
        return false;
    }
    order.fault.name == fault.name
        && order.args.name("behaviour") == behaviour
        && noticed(scenario, traitor) != noticed(&without, traitor)
}

#[test]
fn a_run_is_the_same_twice() {
    in_any_scenario(|scenario| {
        let (one, other) = (run(scenario), run(scenario));
        prop_assert_eq!(one.trace_hash(), other.trace_hash());
        prop_assert_eq!(report(one.as_ref()), report(other.as_ref()));
        Ok(())
    });
}

#[test]
fn a_run_is_the_same_from_a_snapshot_on_and_step_by_step() {
    in_any_scenario(|scenario| {
        let straight = run(scenario);
        let mut world = open(scenario);
        world.run_until(Time::ZERO + Span::from_ms(700), u64::MAX);
        let (kept, hash) = (world.save(), world.trace_hash());
        world.run_until(Time::ZERO + Span::from_ms(5_000), u64::MAX);
        world.load(&kept);
        prop_assert_eq!((world.now(), world.trace_hash()), (kept.at, hash));
        while world.step() {}
        world.run_until(Time::NEVER, u64::MAX);
        prop_assert_eq!(report(world.as_ref()), report(straight.as_ref()));
        Ok(())
    });
}

#[test]
fn a_node_restarts_from_every_disk() {
    for spec in systems() {
        for keeps in spec.disk_names() {
            let whole = Scenario::of(spec);
            for node in 0..whole.total_nodes() {
                let restart =
                    json!({ "do": "restart", "at_ms": 450, "node": node, "keeps": keeps });
                let scenario = read(&json!({ "protocol": spec.name, "script": [restart] }));
                let (one, other) = (run(&scenario), run(&scenario));
                assert_eq!(
                    report(one.as_ref()),
                    report(other.as_ref()),
                    "{}",
                    spec.name
                );
                assert!(one.condition(NodeId(node)).up, "{}: {keeps}", spec.name);
            }
        }
    }
}

#[test]
fn the_short_form_of_a_node_is_the_same_in_the_long_one() {
    in_any_scenario(|scenario| {
        let mut world = open(scenario);
        for seconds in 0..10 {
            world.run_until(Time::ZERO + Span::from_ms(seconds * 400), u64::MAX);
            for node in (0..scenario.total_nodes()).map(NodeId) {
                prop_assert_eq!(world.portrait(node).sketch, world.sketch(node));
            }
        }
        Ok(())
    });
}

/// What must have happened before this fault can do anything.
fn before(fault: &Fault) -> Value {
    match fault.name {
        "heal" => json!([{ "do": "silence", "node": 0 }]),
        "tamper" => json!([{ "do": "slow", "extra_ms": 2000 }]),
        "dictate" => json!([{ "do": "corrupt", "node": 0, "behaviour": "puppet" }]),
        _ => json!([]),
    }
}

#[test]
fn every_fault_that_can_be_ordered_changes_some_run() {
    for spec in systems() {
        for fault in applicable(spec).filter(|fault| fault.name != "corrupt") {
            let lie = spec.behaviours.first().copied();
            let drawn = scenarios_with(spec, fault, lie, before(fault));
            let matters = some(&drawn, |scenario| last_order_matters(scenario, fault, None));
            assert!(matters, "{} does nothing to {}", fault.name, spec.name);
        }
    }
}

#[test]
fn every_behaviour_that_is_offered_changes_some_run() {
    let corrupt = faults::find("corrupt").expect("traitors are made by an order");
    for spec in systems() {
        for behaviour in spec.behaviours {
            let drawn = scenarios_with(spec, corrupt, Some(behaviour), json!([]));
            let matters = some(&drawn, |scenario| {
                last_order_matters(scenario, corrupt, Some(behaviour.name))
            });
            assert!(matters, "{} does nothing in {}", behaviour.name, spec.name);
        }
    }
}

#[test]
fn every_kind_rule_and_claim_that_is_named_occurs() {
    for spec in systems() {
        let kinds = spec.kinds.iter().map(|kind| kind.name);
        let rules = spec.rules.iter().map(|rule| rule.name);
        let claims = spec.promises.iter().flat_map(|promise| promise.hears);
        let mut missing: BTreeSet<String> = kinds.chain(rules).map(String::from).collect();
        missing.extend(claims.map(|hears| format!("{hears:?}")));
        let mut look_through = |scenario: &Scenario| {
            for event in &recorded(scenario).chronicle().events {
                let name = match &event.what {
                    What::Sent { kind, .. } => spec.kinds[usize::from(*kind)].name.to_owned(),
                    What::Because(rule, _) => rule.name.to_owned(),
                    What::Claimed(claim) => format!("{:?}", Hears::of(claim)),
                    _ => continue,
                };
                missing.remove(&name);
            }
            missing.is_empty()
        };
        let prepared = presets::known().into_iter().map(Preset::scenario);
        for scenario in prepared.filter(|scenario| scenario.spec == spec) {
            look_through(&scenario);
        }
        some(&scenarios_of(spec), look_through);
        assert!(missing.is_empty(), "{}: never {missing:?}", spec.name);
    }
}

#[test]
fn left_out_settings_are_as_the_knobs_say_and_stay_so() {
    for spec in systems() {
        let usual = Scenario::of(spec);
        assert_eq!(read(&json!({ "protocol": spec.name })), usual);
        assert_eq!(read(&usual.to_value()), usual);
        assert_eq!(read(&usual.canonical()), usual);
        let (opened, _) = link::open(&format!("?protocol={}", spec.name)).expect("a good link");
        assert_eq!(opened, usual);
        for (knobs, args) in [
            (spec.knobs, &usual.settings),
            (spec.workload, &usual.workload),
        ] {
            for knob in knobs {
                let default = knob.default(args);
                assert_eq!(args.0.get(knob.name), default.as_ref(), "{}", knob.name);
            }
        }
    }
}

/// What is set under this name, among the settings or about the workload.
fn set(scenario: &Scenario, knob: &Knob) -> Option<knob::Value> {
    let value = |args: &Args| args.0.get(knob.name).cloned();
    value(&scenario.settings).or_else(|| value(&scenario.workload))
}

#[test]
fn every_setting_comes_back_from_documents_and_links() {
    for spec in systems() {
        let usual = Scenario::of(spec);
        for knob in spec.knobs.iter().chain(spec.workload) {
            let other = |scenario: &Scenario| {
                let value = set(scenario, knob);
                if value == set(&usual, knob) {
                    return false;
                }
                let code = link::encode(scenario, &LinkExtras::default());
                let (linked, _) = link::decode(&code).expect("a link that was just made");
                let documents = [scenario.to_value(), scenario.canonical()];
                for back in documents.iter().map(read).chain([linked]) {
                    assert_eq!(set(&back, knob), value, "{}", knob.name);
                }
                true
            };
            let found = some(&scenarios_of(spec), other);
            assert!(found, "{}: {} takes one value only", spec.name, knob.name);
        }
    }
}

#[test]
fn a_promise_says_when_there_was_nothing_to_judge_it_by() {
    for spec in systems() {
        let calm = json!({ "protocol": spec.name });
        let crash = |node| json!({ "do": "crash", "node": node });
        let all_down: Vec<Value> = (0..Scenario::of(spec).servers()).map(crash).collect();
        let down = json!({ "protocol": spec.name, "script": all_down });
        for (document, well) in [(calm, true), (down, false)] {
            let mut world = open(&read(&document));
            world.record(true);
            world.run_until(Time::NEVER, u64::MAX);
            assert_eq!(broken(world.as_ref()), [""; 0], "{document}");
            assert_eq!(world.promises().len(), spec.promises.len());
            let events = &world.chronicle().events;
            let claimed = |hears: &Hears| {
                let mut events = events.iter();
                events.any(|event| matches!(&event.what, What::Claimed(claim) if Hears::of(claim) == *hears))
            };
            for standing in world.promises() {
                let judged = match standing.promise.settles() {
                    true => well,
                    false => standing.promise.hears.iter().any(claimed),
                };
                assert_eq!(
                    standing.judged, judged,
                    "{:?}: {document}",
                    standing.promise
                );
            }
        }
    }
}

/// Names with what is said of each, by what they are names of.
fn sayings(spec: &Spec) -> [(&'static str, Vec<(&'static str, &'static str)>); 7] {
    let kinds = spec.kinds.iter().map(|one| (one.name, one.story));
    let rules = spec.rules.iter().map(|one| (one.name, one.says));
    let stages = spec.stages.iter().map(|one| (one.name, one.says));
    let knobs = spec.knobs.iter().map(|one| (one.name, one.says));
    let behaviours = spec.behaviours.iter().map(|one| (one.name, one.says));
    let promises = spec.promises.iter().map(|one| (one.name, one.says));
    let metrics = spec.metrics.iter().map(|one| (one.name, one.says));
    [
        ("kinds", kinds.collect()),
        ("rules", rules.collect()),
        ("stages", stages.collect()),
        ("knobs", knobs.collect()),
        ("behaviours", behaviours.collect()),
        ("promises", promises.collect()),
        ("metrics", metrics.collect()),
    ]
}

#[test]
fn what_a_system_says_about_itself_has_names_and_sentences() {
    for spec in systems() {
        let name = spec.name;
        for (what, all) in sayings(spec) {
            let names: BTreeSet<&str> = all.iter().map(|(name, _)| *name).collect();
            assert_eq!(names.len(), all.len(), "{name}: two {what} of one name");
            let dumb = all
                .iter()
                .find(|(one, says)| one.is_empty() || says.is_empty());
            assert_eq!(dumb, None, "{name}: {what}");
        }
        let letters: BTreeSet<char> = spec.kinds.iter().map(|kind| kind.letter).collect();
        assert_eq!(letters.len(), spec.kinds.len(), "{name}: letters of kinds");
        let serves: Vec<bool> = spec.roles.iter().map(|role| role.serves).collect();
        assert!(
            serves.is_sorted_by(|one, next| one >= next),
            "{name}: roles"
        );
        let said = [spec.title, spec.says, spec.source];
        assert!(said.iter().all(|text| !text.is_empty()), "{name}");
    }
}

#[test]
fn every_export_can_be_made_of_every_system() {
    for spec in systems() {
        let world = recorded(&Scenario::of(spec));
        for format in export::ALL {
            let text = export(format, world.as_ref(), Stretch::ALL);
            let text = text.unwrap_or_else(|problem| panic!("{}: {problem}", format.name));
            assert!(!text.is_empty(), "{} of {}", format.name, spec.name);
        }
    }
}

/// A client asks the servers in turn, and the other one where no echo comes in time.
#[test]
fn a_system_from_outside_the_core_runs_by_its_name() {
    assert!(systems().len() > 1);
    let calm = report_on(&json!({ "protocol": "echo", "workload": { "requests": 4 } }));
    let answers = |report: &Value| -> Vec<usize> {
        let nodes = report["servers"].as_array().into_iter().flatten();
        nodes
            .map(|node| node["executed"].as_array().map_or(0, Vec::len))
            .collect()
    };
    assert_eq!(answers(&calm), [2, 2]);
    assert_eq!(calm["messages"]["sent"], json!({ "ping": 4, "pong": 4 }));
    let fixed = read(&json!({ "protocol": "echo", "settings": { "in_turn": false } }));
    assert_eq!(answers(&report(run(&fixed).as_ref())), [5, 0]);
    let crashed = report_on(&json!({
        "protocol": "echo", "script": [{ "do": "crash", "node": 0 }],
    }));
    assert_eq!(answers(&crashed), [0, 5]);
    assert_eq!(crashed["metrics"]["answered"], 5);
}

#[test]
fn a_link_by_hand_names_a_system_its_settings_and_its_traitors() {
    let _ = systems();
    let text = "?protocol=echo&n=3&clients=2&timeout_ms=50&in_turn=false&f=1&behaviour=wrong-echo";
    let (scenario, _) = link::open(text).expect("a good link");
    let meant = read(&json!({
        "protocol": "echo", "nodes": 3, "clients": 2,
        "settings": { "timeout_ms": 50, "in_turn": false },
        "script": [{ "do": "corrupt", "node": 0, "behaviour": "wrong-echo" }],
    }));
    assert_eq!(scenario, meant);
    assert_eq!(broken(run(&scenario).as_ref()), ["true-echo"]);
    let (short, _) = link::open("?protocol=echo&timeout=50").expect("a good link");
    let (long, _) = link::open("?protocol=echo&timeout_ms=50").expect("a good link");
    assert_eq!(short, long);
    for refused in [
        "?protocol=echo&quorum=2",
        "?protocol=echo&in_turn=often",
        "?protocol=ech",
    ] {
        assert!(link::open(refused).is_err(), "{refused}");
    }
}
