//! What each fault says of its orders.

use super::*;
use crate::faults;
use crate::scenario::{Scenario, order_from_value};
use serde_json::{Value as Json, json};

fn plain(knob: &str, value: &Value) -> String {
    match value {
        Value::Node(node) => format!("R{node}"),
        Value::Groups(groups) => format!("{} sides", groups.len()),
        Value::Span(span) => span.to_string(),
        Value::Number(number) if knob == "message" => format!("message {number}"),
        Value::Number(number) => number.to_string(),
        Value::Name(name) => (*name).into(),
        Value::Names(names) => names.join(" and "),
        Value::Nodes(nodes) => nodes.len().to_string(),
        Value::Flag(flag) => flag.to_string(),
    }
}

fn told(order: &Json) -> String {
    let order = order_from_value(order, &Scenario::default(), "").unwrap();
    sentence(&order, &plain)
}

#[test]
fn each_fault_says_what_was_ordered() {
    let all = [
        (json!({ "do": "crash", "node": 2 }), "R2 crashes"),
        (
            json!({ "do": "restart", "node": 1, "keeps": "stale" }),
            "R1 restarts without its last 8 writes",
        ),
        (
            json!({ "do": "restart", "node": 1, "keeps": "stale", "lost_writes": 3 }),
            "R1 restarts without its last 3 writes",
        ),
        (
            json!({ "do": "tamper", "message": 4, "to": 0, "how": "drop" }),
            "message 4 to R0 is dropped",
        ),
        (
            json!({ "do": "tamper", "message": 4, "to": 0, "how": "delay", "extra_ms": 20 }),
            "message 4 to R0 comes 20 ms later",
        ),
        (
            json!({ "do": "corrupt", "node": 3, "behaviour": "two-faced" }),
            "R3 turns traitor: two-faced",
        ),
        (
            json!({ "do": "slow", "from": 3, "both": true, "extra_ms": 200 }),
            "all messages from R3 and back take 200 ms longer",
        ),
        (
            json!({ "do": "omit", "node": 1, "kinds": ["prepare"] }),
            "all of the prepare messages from R1 are lost",
        ),
        (
            json!({ "do": "omit", "direction": "receive", "node": 1, "peer": 0 }),
            "all of the messages to R1 from R0 are lost",
        ),
        (
            json!({ "do": "partition", "groups": [[0], [1]], "hold": true }),
            "the network falls apart: 2 sides; messages across wait",
        ),
        (
            json!({ "do": "request" }),
            "the first client sends one more request",
        ),
    ];
    for (order, says) in &all {
        assert_eq!(told(order), *says);
    }
}

#[test]
fn what_a_sentence_leaves_out_follows_in_brackets() {
    let camps = json!({ "do": "corrupt", "node": 3, "behaviour": "two-faced",
        "camps": [[0], [1]] });
    assert_eq!(told(&camps), "R3 turns traitor: two-faced (camps 2 sides)");
}

#[test]
fn the_words_of_a_fault_name_its_own_knobs_only() {
    for fault in faults::ALL {
        let words = (fault.tells)(&super::super::Args::default());
        for field in words.split('{').skip(1) {
            let name = field.split(['}', '|']).next().unwrap();
            let knob = name.trim_start_matches(['?', '-']);
            let known = fault.knobs.iter().any(|known| known.name == knob);
            assert!(known, "{}: {knob}", fault.name);
        }
        assert_eq!(words.matches('[').count(), words.matches(']').count());
    }
}
