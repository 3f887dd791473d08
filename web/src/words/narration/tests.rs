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
    session.lens().chronicle(|chronicle| {
        let cast = Cast {
            scenario: &scenario,
            idle: &Default::default(),
            kinds: present.kinds,
            promises: &present.promises,
            events: &chronicle.events,
        };
        let lines = chronicle.events.iter().filter_map(|e| cast.tell(e, level));
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
    assert!(starts("Client 4 sends request to replica 0: c4#1, digest "));
    assert!(starts(
        "Replica 1 sends view-change to all replicas: to view 1."
    ));
    assert!(starts(
        "Replica 1 sends prepare to all replicas: number 1 in view 0, digest "
    ));
    assert!(starts("Replica 0 sends reply to client 4: c4#1, digest "));
    assert!(lines.iter().any(|line| line.contains("§4.4 (to view 1)")));
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
fn no_request_is_named_where_a_traitor_had_a_hand_in_it() {
    let lines = told(&preset("two-of-four"), Level::First);
    let mut proposals = lines.iter().filter(|line| line.contains("PRE-PREPARE"));
    assert!(proposals.clone().count() > 1);
    assert!(!proposals.any(|line| line.contains("proposes c4#")));
}

#[test]
fn a_message_that_was_tampered_with_is_called_by_its_kind_and_sender() {
    let mut session = Session::open(&Scenario::default());
    session.explore(&mut || true);
    let (number, at, from) = session.lens().chronicle(|chronicle| {
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
    let says = format!("The prepare from replica {from} to replica 0 is dropped. ");
    assert!(lines.contains(&says), "{lines:?}");
}
