//! What each fault says of its orders.

use super::*;
use crate::faults;
use crate::knob::Args;
use crate::scenario::order_from_value;
use serde_json::{Value as Json, json};

fn read(order: &Json) -> Order {
    order_from_value(order, &Scenario::default(), "").unwrap()
}

fn told(order: &Json) -> String {
    sentence(&read(order), &Scenario::default(), None, false).text
}

#[test]
fn each_fault_says_what_was_ordered() {
    let all = [
        (json!({ "do": "crash", "node": 2 }), "Replica 2 crashes."),
        (
            json!({ "do": "restart", "node": 1, "keeps": "stale" }),
            "Replica 1 restarts without its last 8 writes.",
        ),
        (
            json!({ "do": "restart", "node": 1, "keeps": "stale", "lost_writes": 3 }),
            "Replica 1 restarts without its last 3 writes.",
        ),
        (
            json!({ "do": "tamper", "message": 4, "to": 0, "how": "drop" }),
            "Message 4 to replica 0 is dropped.",
        ),
        (
            json!({ "do": "tamper", "message": 4, "to": 0, "how": "delay", "extra_ms": 20,
                "from": 1, "kinds": ["prepare"], "view": 0, "sequence": 3 }),
            "A PREPARE (number 3 in view 0) from replica 1 to replica 0 comes 20 ms later.",
        ),
        (
            json!({ "do": "corrupt", "node": 3, "behaviour": "two-faced" }),
            "Replica 3 becomes a traitor: Two-faced.",
        ),
        (
            json!({ "do": "slow", "from": 3, "both": true, "extra_ms": 200 }),
            "All messages from replica 3 and back take 200 ms longer.",
        ),
        (
            json!({ "do": "omit", "node": 1, "kinds": ["prepare", "commit"] }),
            "All of the PREPARE and COMMIT messages from replica 1 are lost.",
        ),
        (
            json!({ "do": "omit", "direction": "receive", "node": 1, "peer": 0 }),
            "All of the messages to replica 1 from replica 0 are lost.",
        ),
        (
            json!({ "do": "partition", "groups": [[0, 1], [2, 4]], "hold": true }),
            "The network falls apart: replicas 0 and 1 | replica 2 and client 4; messages across wait.",
        ),
        (
            json!({ "do": "request" }),
            "The first client sends one more request.",
        ),
    ];
    for (order, says) in &all {
        assert_eq!(told(order), *says);
    }
}

#[test]
fn what_lasts_says_that_it_is_over_and_never_that_it_begins() {
    let partition = read(&json!({ "do": "partition", "groups": [[0, 1], [2, 3]] }));
    let over = sentence(&partition, &Scenario::default(), None, true);
    assert_eq!(
        over.text,
        "The partition ends: replicas 0 and 1 | replicas 2 and 3."
    );
    for fault in faults::ALL {
        let ends = (fault.ends)(&Args::default());
        assert_eq!(fault.lasts, !ends.is_empty(), "{}", fault.name);
    }
}

#[test]
fn a_message_that_is_known_is_told_by_its_sender_and_numbers() {
    let order = read(&json!({ "do": "tamper", "message": 4, "to": 0, "how": "drop" }));
    let label = Label {
        view: 1,
        sequence: 2,
        digest: 7,
    };
    let sending = Sending {
        from: NodeId(3),
        kind: 2,
        label,
    };
    let says = sentence(&order, &Scenario::default(), Some(sending), false);
    assert_eq!(
        says.text,
        "A PREPARE (number 2 in view 1) from replica 3 to replica 0 is dropped."
    );
}

#[test]
fn the_settings_of_a_behaviour_follow_in_brackets() {
    let camps = json!({ "do": "corrupt", "node": 3, "behaviour": "two-faced",
        "camps": [[0], [1]] });
    assert_eq!(
        told(&camps),
        "Replica 3 becomes a traitor: Two-faced (camps replica 0 | replica 1)."
    );
}

#[test]
fn the_words_of_a_fault_name_its_own_fields_only() {
    let more = ["kind", "about", "settings", "from"];
    for fault in faults::ALL {
        for words in [fault.tells, fault.ends].map(|words| words(&Args::default())) {
            for field in words.split('{').skip(1) {
                let name = field.split(['}', '|', ':']).next().unwrap();
                let name = name.trim_start_matches('?').to_ascii_lowercase();
                let knobs = fault.knobs.iter().map(|knob| knob.name);
                let known = knobs.chain(more).any(|known| known == name);
                assert!(known, "{}: {name}", fault.name);
            }
            assert_eq!(words.matches('[').count(), words.matches(']').count());
        }
    }
}
