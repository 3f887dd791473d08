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

/// An order, and other values of its knobs, which its sentence must show.
type Changes = Vec<(Json, Json)>;

fn changes_at_nodes() -> Changes {
    let queue = json!({ "do": "omit", "capacity": 5, "service_ms": 20 });
    vec![
        (json!({ "do": "crash", "node": 1 }), json!({ "node": 2 })),
        (
            json!({ "do": "restart", "node": 1, "keeps": "stale" }),
            json!({ "node": 2, "keeps": "nothing", "lost_writes": 3 }),
        ),
        (
            json!({ "do": "wear", "mttf_ms": 90, "mttr_ms": 10 }),
            json!({ "node": 2, "mttf_ms": 91, "mttr_ms": 11 }),
        ),
        (json!({ "do": "silence", "node": 1 }), json!({ "node": 2 })),
        (
            json!({ "do": "omit", "node": 1 }),
            json!({ "node": 2, "direction": "receive", "cause": "corruption", "per_mille": 7,
                "peer": 3, "kinds": ["commit"] }),
        ),
        (
            json!({ "do": "omit", "node": 1, "cause": "corruption" }),
            json!({ "checksum": false }),
        ),
        (
            queue,
            json!({ "node": 1, "direction": "receive", "capacity": 6, "service_ms": 21 }),
        ),
        (
            json!({ "do": "drift", "node": 1, "ppm": 20_000 }),
            json!({ "node": 2, "ppm": -20_000 }),
        ),
        (
            json!({ "do": "set-clock", "node": 1, "offset_ms": 20 }),
            json!({ "node": 2, "offset_ms": -20 }),
        ),
        (
            json!({ "do": "weaken", "node": 1, "per_mille": 20 }),
            json!({ "node": 2, "per_mille": 21 }),
        ),
        (
            json!({ "do": "partition", "groups": [[0], [1]] }),
            json!({ "groups": [[0], [2]], "one_way": true, "hold": true }),
        ),
        (
            json!({ "do": "corrupt", "node": 1, "behaviour": "silent" }),
            json!({ "node": 2, "behaviour": "two-faced" }),
        ),
        (
            json!({ "do": "request" }),
            json!({ "client": 4, "read": true, "key": 6, "work_ms": 7 }),
        ),
        (
            json!({ "do": "surge", "per_mille": 20 }),
            json!({ "per_mille": 21 }),
        ),
        (
            json!({ "do": "event", "node": 1 }),
            json!({ "node": 2, "to": 3 }),
        ),
    ]
}

fn changes_on_links() -> Changes {
    let links = json!({ "from": 0, "to": 2, "both": true, "kinds": ["commit"], "per_mille": 7 });
    let with = |more: Json| {
        let mut all = links.clone();
        let more = more.as_object().unwrap().clone();
        all.as_object_mut().unwrap().extend(more);
        all
    };
    vec![
        (
            json!({ "do": "duplicate", "from": 1 }),
            with(json!({ "within_ms": 9 })),
        ),
        (
            json!({ "do": "reorder", "from": 1 }),
            with(json!({ "spread_ms": 9 })),
        ),
        (
            json!({ "do": "slow", "from": 1, "extra_ms": 20, "spread_ms": 5 }),
            with(json!({ "extra_ms": 21, "spread_ms": 6, "tail": "exponential" })),
        ),
        (
            json!({ "do": "slow", "extra_ms": 20, "spread_ms": 5, "tail": "exponential" }),
            json!({ "spread_ms": 6, "tail": "pareto" }),
        ),
        (json!({ "do": "cut", "from": 1 }), {
            let mut cut = with(json!({ "hold": true }));
            cut.as_object_mut().unwrap().remove("per_mille");
            cut
        }),
    ]
}

fn changes_to_one_message() -> Changes {
    let tamper = json!({ "do": "tamper", "message": 4, "to": 0, "how": "delay", "extra_ms": 20,
        "from": 1, "kinds": ["prepare"], "view": 0, "sequence": 3 });
    let dictate = json!({ "do": "dictate", "message": 4, "to": 0, "choice": "genuine",
        "from": 1, "kinds": ["prepare"], "view": 0, "sequence": 3 });
    let one = json!({ "to": 2, "from": 3, "kinds": ["commit"], "view": 7, "sequence": 8 });
    vec![
        (tamper, one.clone()),
        (
            json!({ "do": "tamper", "message": 4, "to": 0, "how": "delay", "extra_ms": 20 }),
            json!({ "message": 5, "extra_ms": 21 }),
        ),
        (
            json!({ "do": "tamper", "message": 4, "to": 0, "how": "drop" }),
            json!({ "how": "duplicate" }),
        ),
        (dictate, one),
        (
            json!({ "do": "dictate", "message": 4, "to": 0, "choice": "genuine" }),
            json!({ "message": 5, "choice": "withhold" }),
        ),
    ]
}

/// An order as some system takes it, in a sentence; not all can be ordered of each.
fn told_somewhere(order: &Json) -> String {
    let mut systems = crate::systems::known().into_iter().map(Scenario::of);
    let found = systems.find_map(|scenario| {
        let order = order_from_value(order, &scenario, "").ok()?;
        Some(sentence(&order, &scenario, None, false).text)
    });
    found.unwrap_or_else(|| {
        // Of a fault that no system here takes there is nothing to tell.
        let name = order["do"].as_str().unwrap();
        let fault = faults::find(name).unwrap();
        assert!(
            !crate::systems::known()
                .iter()
                .any(|spec| (fault.fits)(spec)),
            "{order}"
        );
        String::new()
    })
}

#[test]
fn each_knob_of_each_fault_shows_in_its_sentence() {
    let mut seen = Vec::new();
    let all = [
        changes_at_nodes(),
        changes_on_links(),
        changes_to_one_message(),
    ];
    for (order, changed) in all.concat() {
        let before = told_somewhere(&order);
        for (knob, value) in changed.as_object().unwrap() {
            let mut other = order.clone();
            other[knob] = value.clone();
            let after = told_somewhere(&other);
            assert!(before.is_empty() || before != after, "{other}: {after}");
            seen.push((order["do"].as_str().unwrap().to_owned(), knob.clone()));
        }
    }
    for fault in faults::ALL {
        for knob in fault.knobs {
            let there = seen
                .iter()
                .any(|(name, of)| name == fault.name && of == knob.name);
            assert!(
                there,
                "{} {}: no change of it is tried",
                fault.name, knob.name
            );
        }
    }
}
