//! Orders about one message, when the past of a run changes: they find their message, or say that they did not.

use quorumscope_core::chronicle::Idle;
use quorumscope_core::protocol::NodeId;
use quorumscope_core::scenario::Scenario;
use quorumscope_core::time::Time;
use quorumscope_core::trace::{DropReason, Transit, What};
use quorumscope_core::world::{World, open};
use quorumscope_tests::read;
use serde_json::{Value, json};

fn opened(script: &[Value]) -> Box<dyn World> {
    let document = json!({ "latency": { "model": "constant", "ms": 40 },
        "workload": { "requests": 1 }, "script": script });
    let mut world = open(&Scenario::from_value(&document).expect("a sound script"));
    world.record(true);
    world
}

fn run(script: &[Value]) -> Box<dyn World> {
    let mut world = opened(script);
    world.run_until(Time::NEVER, u64::MAX);
    world
}

/// What was picked out by hand and lost.
fn picked(world: &dyn World) -> Vec<Transit> {
    let events = world.chronicle().events.iter();
    events
        .filter_map(|event| match event.what {
            What::Dropped(transit, DropReason::Chosen) => Some(transit),
            _ => None,
        })
        .collect()
}

/// A COMMIT from replica 2 to replica 3 that is under way at 170 ms.
fn commit() -> Transit {
    let world = run(&[]);
    let kinds = world.kinds();
    let found = world.chronicle().events.iter().find_map(|event| {
        let What::Delivered(transit) = event.what else {
            return None;
        };
        let named = kinds[usize::from(transit.kind)].name == "commit";
        (named && (transit.from.0, transit.to.0) == (2, 3)).then_some(transit)
    });
    found.expect("it arrives")
}

fn drop(transit: &Transit) -> Value {
    let at = transit.sent.ms() + 1.0;
    json!({ "at_ms": at, "do": "tamper", "message": transit.message.0, "to": transit.to.0, "how": "drop" })
}

fn known(transit: &Transit) -> Value {
    let mut order = drop(transit);
    order["from"] = json!(transit.from.0);
    order["kinds"] = json!(["commit"]);
    order["view"] = json!(transit.label.view);
    order["sequence"] = json!(transit.label.sequence);
    order
}

/// A change of the past that gives later messages other numbers: replica 1 is silent for a while.
fn silence() -> Value {
    json!({ "do": "silence", "node": 1, "until_ms": 100 })
}

#[test]
fn what_an_order_knows_of_its_message_changes_nothing_while_the_number_is_right() {
    let commit = commit();
    let (plain, more) = (run(&[drop(&commit)]), run(&[known(&commit)]));
    assert_eq!(picked(plain.as_ref()), [commit]);
    assert_eq!(plain.trace_hash(), more.trace_hash());
    assert!(more.chronicle().idle.is_empty());
}

#[test]
fn an_order_finds_its_message_under_another_number() {
    let commit = commit();
    let by_number = run(&[silence(), drop(&commit)]);
    let same = |transit: &Transit| {
        (transit.from, transit.to, transit.kind) == (commit.from, commit.to, commit.kind)
    };
    assert!(
        !picked(by_number.as_ref()).iter().any(same),
        "the number alone is another message's"
    );
    let by_looks = run(&[silence(), known(&commit)]);
    let found = picked(by_looks.as_ref());
    assert!(found.len() == 1 && same(&found[0]) && found[0].label == commit.label);
    assert_ne!(found[0].message, commit.message);
}

#[test]
fn an_order_that_came_to_nothing_is_remembered_with_its_reason() {
    let mut other = known(&commit());
    other["view"] = json!(7);
    let tells = run(&[
        json!({ "do": "crash", "node": 3, "at_ms": 1 }),
        json!({ "do": "crash", "node": 3, "at_ms": 2 }),
        json!({ "do": "heal", "at_ms": 3 }),
        other,
        json!({ "do": "tamper", "message": 99999, "to": 1, "how": "drop" }),
        json!({ "do": "dictate", "message": 1, "to": 1, "choice": "withhold" }),
        json!({ "do": "silence", "node": 2, "at_ms": 4, "until_ms": 900 }),
        json!({ "do": "heal", "at_ms": 5 }),
    ]);
    let idle: Vec<(u32, Idle)> = tells
        .chronicle()
        .idle
        .iter()
        .map(|(index, why)| (*index, *why))
        .collect();
    assert_eq!(
        idle,
        [
            (1, Idle::Down),
            (2, Idle::Whole),
            (3, Idle::NotUnderWay),
            (4, Idle::NotUnderWay),
            (5, Idle::NotAsked),
        ]
    );
}

#[test]
fn a_puppet_is_told_the_same_after_its_past_changed() {
    let puppet = json!({ "do": "corrupt", "node": 0, "behaviour": "puppet" });
    let mut world = opened(std::slice::from_ref(&puppet));
    world.run_until(Time(60_000), u64::MAX);
    let held = world.awaited()[0].transit;
    let kind = world.kinds()[usize::from(held.kind)].name;
    let told = json!({ "at_ms": 60, "do": "dictate", "message": held.message.0 + 1000, "to": held.to.0,
        "choice": "withhold", "from": 0, "kinds": [kind], "view": held.label.view,
        "sequence": held.label.sequence });
    let after = run(&[puppet, told]);
    assert!(after.chronicle().idle.is_empty());
    let withheld = after.chronicle().events.iter().any(|event| {
        matches!(event.what, What::Dropped(transit, DropReason::Withheld) if transit.to == held.to)
    });
    assert!(withheld);
}

#[test]
fn what_would_be_asked_at_a_machine_that_is_down_is_not_asked_and_the_run_ends() {
    for arrivals in ["even", "poisson"] {
        let world = quorumscope_tests::run(&read(&json!({
            "workload": { "arrivals": arrivals, "rate_per_s": 20, "requests": 30 },
            "script": [{ "at_ms": 500, "do": "crash", "node": 4 }],
        })));
        assert!(world.ended(), "{arrivals}");
        let asked = world.asked(NodeId(4));
        assert!((5..25).contains(&asked), "{arrivals}: {asked}");
    }
}
