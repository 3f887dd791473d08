//! What people rely on who open a recorded run.

use super::*;
use crate::export::{Stretch, export, find};

const RUN: &str = r#"{ "seed": 3, "workload": { "requests": 2 } }"#;

fn written(format: &str) -> String {
    let world = replay(&Scenario::parse(RUN).unwrap(), true).unwrap();
    export(find(format).unwrap(), world.as_ref(), Stretch::ALL).unwrap()
}

fn verdict(text: &str) -> Verdict {
    read(text, &Scenario::default()).unwrap().verdict.unwrap()
}

#[test]
fn a_scenario_is_a_scenario() {
    let read = read(RUN, &Scenario::default()).unwrap();
    assert_eq!((read.scenario.seed, read.verdict), (3, None));
}

#[test]
fn a_trace_is_the_same_as_its_replay() {
    let read = read(&written("trace"), &Scenario::default()).unwrap();
    assert_eq!(read.scenario.seed, 3);
    let verdict = read.verdict.unwrap();
    assert!(
        verdict.same && verdict.says.contains("to the end, trace hash"),
        "{verdict:?}"
    );
}

#[test]
fn a_report_is_the_same_as_its_replay_and_a_changed_one_is_not() {
    let world = replay(&Scenario::parse(RUN).unwrap(), false).unwrap();
    let mut told = report(world.as_ref());
    assert!(verdict(&format!("{told:#}")).same);
    told["replicas"][1]["executed"][0]["value"] = "c4#9".into();
    let differs = verdict(&format!("{told:#}"));
    assert!(!differs.same);
    assert!(
        differs
            .says
            .contains("replicas[1].executed[0].value was recorded as \"c4#9\" and is \"c4#1\""),
        "{}",
        differs.says
    );
}

#[test]
fn the_first_difference_is_named() {
    let trace = written("trace");
    let mut lines: Vec<String> = trace.lines().map(String::from).collect();
    lines[13] = lines[13].replace("\"node\":", "\"node\":1");
    let verdict = verdict(&lines.join("\n"));
    assert_eq!((verdict.same, verdict.event), (false, Some(12)));
    assert!(
        verdict.says.contains("first in event 12 at "),
        "{}",
        verdict.says
    );
    assert!(
        verdict.says.contains("node was recorded as"),
        "{}",
        verdict.says
    );
}

#[test]
fn what_is_missing_and_what_is_too_much_are_differences() {
    let trace = written("trace");
    let mut lines: Vec<&str> = trace.lines().collect();
    let last = lines.len() - 1;
    let further = lines[last].replace(
        &format!("\"event\":{}", last - 1),
        &format!("\"event\":{last}"),
    );
    lines.push(&further);
    assert!(
        verdict(&lines.join("\n"))
            .says
            .contains("its replay ends with event")
    );
    lines.remove(7);
    let gap = verdict(&lines.join("\n"));
    assert_eq!((gap.same, gap.event), (false, Some(6)));
}

#[test]
fn another_hash_is_a_difference() {
    let trace = written("trace");
    let digits = trace
        .split("\"trace_hash\":\"")
        .nth(1)
        .unwrap()
        .get(..16)
        .unwrap();
    let differs = verdict(&trace.replace(digits, "0123456789abcdef"));
    assert!(
        !differs.same && differs.says.contains("was recorded as 0123456789abcdef"),
        "{}",
        differs.says
    );
}

#[test]
fn lines_without_a_scenario_are_held_against_the_present_run() {
    let events = written("events-jsonl");
    assert!(!verdict(&events).same);
    let present = Scenario::parse(RUN).unwrap();
    assert!(read(&events, &present).unwrap().verdict.unwrap().same);
    let half: Vec<&str> = events.lines().skip(9).take(20).collect();
    assert!(
        read(&half.join("\n"), &present)
            .unwrap()
            .verdict
            .unwrap()
            .same
    );
}

#[test]
fn numbers_are_equal_however_they_are_written() {
    let trace = written("trace").replace("\"at_ms\":0.0", "\"at_ms\":0");
    assert!(verdict(&trace).same);
}

#[test]
fn what_cannot_be_read_is_refused_where_it_stands() {
    let refused = |text: &str| read(text, &Scenario::default()).unwrap_err().to_string();
    assert!(refused("{\n  \"nodes\": 4,,\n}").contains("line 2 column 14"));
    assert!(
        refused(r#"{ "script": [{ "at_ms": 0, "do": "crash", "node": 99 }] }"#)
            .starts_with("script[0].node: ")
    );
    assert!(
        refused(r#"{ "scenario": { "nodes": 0 }, "trace_hash": "0", "replicas": [] }"#)
            .starts_with("scenario.nodes: ")
    );
    let trace = written("trace");
    let (head, _) = trace.split_once('\n').unwrap();
    assert!(
        refused(&format!("{head}\n{{\"event\": 0,,}}")).starts_with("line 2: not valid JSON: ")
    );
    assert!(refused(&format!("{head}\n[]")).starts_with("line 2 event: "));
    for text in [
        "",
        "[]",
        "null",
        "\u{0}",
        "{",
        &"[".repeat(100_000),
        &" ".repeat(1_000_001),
    ] {
        assert!(!refused(text).is_empty());
    }
}

#[test]
fn what_other_programs_wrote_is_refused_as_what_it_is() {
    let whole = |text: &str| read(text, &Scenario::default()).unwrap_err().to_string();
    for (text, seems) in [
        (
            "Why is 2f+1 wrong at n = 5? See http://example.org for more.",
            "a text",
        ),
        (
            "{\"event\":\"commit\",\"node\":\"p0\"}\n{\"event\":\"prepare\",\"node\":\"p1\"}\n",
            "JSON lines of another program",
        ),
    ] {
        assert!(
            whole(text).starts_with(&format!("it seems to be {seems}; what can be opened")),
            "{}",
            whole(text)
        );
    }
    for (format, seems) in [
        ("svg", "an SVG picture"),
        ("events-csv", "a table"),
        ("mermaid", "a Mermaid diagram"),
    ] {
        let refused = whole(&written(format));
        assert!(refused.contains(seems), "{format}: {refused}");
    }
}
