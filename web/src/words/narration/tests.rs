//! What is told of single events.

use super::*;
use crate::run::session::Session;
use quorumscope_core::presets;
use quorumscope_core::scenario::Scenario;

/// All lines of a whole run.
fn told(scenario: &Scenario, level: Level) -> Vec<String> {
    let mut session = Session::open(scenario);
    session.explore(&mut || true);
    let present = session.present(quorumscope_core::time::Span::ZERO);
    let scenario = session.scenario();
    session.reader().chronicle(|chronicle| {
        let narrator = Narrator {
            scenario: &scenario,
            idle: &Default::default(),
            promises: &present.promises,
            run: Some(chronicle),
        };
        let lines = chronicle
            .events
            .iter()
            .filter_map(|e| narrator.tell(e, level));
        let whole = |line: Line| format!("{} {}", line.text, line.why.unwrap_or_default());
        lines.map(whole).collect()
    })
}

fn preset(name: &str) -> Scenario {
    presets::find(name).expect("a preset").scenario()
}

#[test]
fn what_a_label_means_depends_on_the_kind_of_message() {
    let lines = told(&preset("crashed-primary"), Level::Paper);
    let starts = |text: &str| lines.iter().any(|line| line.starts_with(text));
    assert!(starts(
        "Client 4 sends a REQUEST to replica 0: c4#1, digest "
    ));
    assert!(starts(
        "Replica 1 sends a VIEW-CHANGE to all replicas: view 1."
    ));
    assert!(starts(
        "Replica 1 sends a PREPARE to all replicas: c4#1 as number 1 in view 0, digest "
    ));
    assert!(starts("Replica 0 sends a REPLY to client 4: c4#1, digest "));
    assert!(lines.iter().any(|line| line.contains("§4.4 (view 1)")));
    assert!(!lines.iter().any(|line| line.contains("number 0")));
}

#[test]
fn a_newcomer_is_told_what_each_message_means() {
    let lines = told(&Scenario::default(), Level::First);
    for says in [
        "Replica 0, the primary, proposes c4#1 as number 1 and tells all others: PRE-PREPARE. ",
        "Replica 1 agrees to c4#1 as number 1 and tells all others: PREPARE. ",
        "Replica 2 tells all others that enough agree on number 1: COMMIT. ",
    ] {
        assert!(lines.iter().any(|line| line == says), "{says}");
    }
    let crash = told(&preset("crashed-primary"), Level::First);
    assert!(crash.iter().any(|line| line == "Replica 0 crashes. "));
    let new = "Replica 1, the new primary, opens view 1";
    assert!(crash.iter().any(|line| line.starts_with(new)));
}

#[test]
fn of_a_traitor_only_what_it_sends_is_told_and_both_of_its_stories_by_name() {
    let lines = told(&preset("two-of-four"), Level::First);
    let mut proposals = lines.iter().filter(|line| line.contains("PRE-PREPARE"));
    let sent = "Replica 0, a traitor, sends a PRE-PREPARE to replica";
    assert!(proposals.clone().all(|line| line.starts_with(sent)));
    let named = |value: &str| proposals.clone().any(|line| line.contains(value));
    assert!(named(": c4#1 as number 1 in view 0.") && named(": an empty request as number 1"));
    assert!(proposals.next().is_some());
}

#[test]
fn a_new_view_that_lies_opens_nothing_and_its_refusal_is_told() {
    let lines = told(&preset("lying-new-view"), Level::First);
    let has = |says: &str| lines.iter().any(|line| line.contains(says));
    assert!(has(", a traitor, sends a NEW-VIEW to replica"));
    assert!(has(
        " refuses the NEW-VIEW for view 1: it does not follow from its own VIEW-CHANGEs."
    ));
    assert!(!has("Replica 1, the new primary, opens view 1"));
}

#[test]
fn whoever_asks_what_it_missed_is_not_said_to_lack_anything_and_an_end_is_no_beginning() {
    let lines = told(&preset("even-split"), Level::First);
    let ends = |line: &&String| line.starts_with("The partition ends: ");
    assert!(lines.iter().any(|line| ends(&line)));
    assert!(!lines.iter().any(|line| line.contains("Over: ")));
    let stale = told(&preset("stale-restart"), Level::First);
    let asks = "whether it missed anything";
    assert!(stale.iter().any(|line| line.contains(asks)));
    assert!(!stale.iter().any(|line| line.contains("lacks")));
}

#[test]
fn a_message_that_was_tampered_with_is_called_by_its_kind_and_sender() {
    let mut session = Session::open(&Scenario::default());
    session.explore(&mut || true);
    let (number, at, from) = session.reader().chronicle(|chronicle| {
        let prepare = chronicle.events.iter().find_map(|event| match event.what {
            What::Sent {
                message, kind: 2, ..
            } => Some((message.0, event.at, event.node)),
            _ => None,
        });
        prepare.expect("a PREPARE")
    });
    let script = serde_json::json!({ "script": [{ "at_ms": at.ms() + 0.001, "do": "tamper",
        "message": number, "to": 0, "how": "drop" }] });
    let scenario = Scenario::parse(&script.to_string()).expect("a scenario");
    let lines = told(&scenario, Level::First);
    let says =
        format!("A PREPARE (number 1 in view 0) from replica {from} to replica 0 is dropped. ");
    assert!(lines.contains(&says), "{lines:?}");
}
