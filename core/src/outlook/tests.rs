//! What theory promises while things go wrong, and in which words.

use super::*;
use crate::scenario::Scenario;
use crate::time::Time;
use crate::world::open;
use serde_json::{Value, json};

/// What theory says of a run of this scenario after so many milliseconds.
fn outlook(document: &Value, ms: u64) -> Outlook {
    let scenario = Scenario::parse(&document.to_string()).expect("a scenario");
    let mut world = open(&scenario);
    world.run_until(Time(ms * 1000), u64::MAX);
    Outlook::of(world.as_ref())
}

fn says(theory: &Outlook) -> String {
    theory.warnings().join(" ")
}

fn traitors(behaviour: &str, nodes: &[u16]) -> Vec<Value> {
    let turn = |node| json!({ "do": "corrupt", "node": node, "behaviour": behaviour });
    nodes.iter().map(turn).collect()
}

#[test]
fn all_is_promised_where_nothing_is_wrong() {
    let theory = outlook(&json!({}), 100);
    assert_eq!(theory.progress(), Hope::Promised);
    assert_eq!(says(&theory), "");
}

#[test]
fn progress_is_not_promised_while_the_network_is_cut() {
    let cut = json!({ "script": [{ "at_ms": 50, "do": "partition", "groups": [[0, 1], [2, 3]],
        "until_ms": 150 }] });
    assert_eq!(outlook(&cut, 40).progress(), Hope::Promised);
    let during = outlook(&cut, 100);
    assert_eq!((during.progress(), during.together), (Hope::NotWhileCut, 2));
    assert!(says(&during).contains("no more than 2 of 4 reach one another"));
    assert_eq!(outlook(&cut, 200).progress(), Hope::Promised);
    let lost = json!({ "script": [{ "at_ms": 50, "do": "omit" }] });
    assert_eq!(outlook(&lost, 100).progress(), Hope::NotWhileCut);
    let minority = json!({ "script": [{ "at_ms": 50, "do": "partition",
        "groups": [[0, 1, 2], [3]] }] });
    assert_eq!(outlook(&minority, 100).progress(), Hope::Promised);
    // One in no group reaches both sides, and still there is no quorum that all reach one another.
    let bridge = json!({ "nodes": 5, "script": [{ "at_ms": 50, "do": "partition",
        "groups": [[0, 1], [2, 3]] }] });
    assert_eq!(outlook(&bridge, 100).together, 3);
}

#[test]
fn silent_traitors_endanger_progress_and_nothing_else() {
    let script = traitors("silent", &[2, 3]);
    let theory = outlook(&json!({ "script": script }), 100);
    assert!(theory.safe());
    assert!(says(&theory).starts_with("Only 2 of 4 are left to vote"));
    assert!(!says(&theory).contains("different"));
}

#[test]
fn a_small_quorum_treason_and_amnesia_are_told_apart() {
    let small = outlook(&json!({ "nodes": 6, "quorum": 3 }), 100);
    let apart = "Two quorums of 3 among 6 need not share a single replica: honest replicas may execute different requests.";
    assert_eq!(says(&small), apart);
    let script = traitors("double-vote", &[3]);
    let one = outlook(&json!({ "nodes": 5, "quorum": 3, "script": script }), 100);
    assert!(says(&one).contains("two of them may share 1 of 5, and 1 traitor may be the ones"));
    let script = traitors("two-faced", &[0, 1]);
    let two = outlook(&json!({ "script": script }), 100);
    assert!(
        says(&two).starts_with("With 2 traitors among 4, two quorums may share none but traitors")
    );
    let forget =
        |node: u16| json!({ "at_ms": 50, "do": "restart", "node": node, "keeps": "nothing" });
    let script: Vec<Value> = (0..4).map(forget).collect();
    let all = outlook(&json!({ "script": script }), 100);
    assert_eq!((all.liars, all.forgetful), (0, 4));
    assert!(says(&all).starts_with("With 4 replicas that forgot what they said among 4"));
}

#[test]
fn where_nothing_is_decided_by_votes_nothing_is_said_of_them() {
    let script = traitors("withhold", &[2, 3]);
    let scenario = Scenario::parse(&json!({ "script": script }).to_string()).expect("a scenario");
    let mut outlook = Outlook::with_liars(&scenario, 4);
    assert_ne!(outlook.warnings(), [""; 0]);
    outlook.by_votes = false;
    assert_eq!(outlook.warnings(), [""; 0]);
    assert!(outlook.agreement().promised() && outlook.progress_given().promised());
}
