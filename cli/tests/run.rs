//! What other programs rely on: what is read, what is printed, how it ends.

use std::io::Write;
use std::process::{Command, Output, Stdio};

fn quorumscope(args: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_quorumscope"))
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it has just been built");
    if let Some(mut pipe) = child.stdin.take() {
        // A program that refuses its arguments may be gone before it is written to.
        let _ = pipe.write_all(input.as_bytes());
    }
    child.wait_with_output().expect("it ends by itself")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn a_document_and_its_links_give_the_same_report() {
    let document = quorumscope(&["run", "-"], r#"{ "nodes": 7, "seed": 42 }"#);
    assert_eq!(document.status.code(), Some(0));
    let report: serde_json::Value = serde_json::from_slice(&document.stdout).unwrap();
    assert_eq!(report["scenario"]["nodes"], 7);
    let link = quorumscope(&["run", "https://example.org/?n=7&seed=42"], "");
    assert_eq!(text(&link.stdout), text(&document.stdout));
    let piped = quorumscope(&["run", "-"], "?n=7&seed=42\n");
    assert_eq!(text(&piped.stdout), text(&document.stdout));
}

#[test]
fn a_broken_promise_ends_with_1() {
    let output = quorumscope(&["run", "?preset=two-of-four"], "");
    assert_eq!(output.status.code(), Some(1));
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["properties"][0]["holds"], false);
}

#[test]
fn a_refusal_is_one_line_with_the_fields_path_and_ends_with_2() {
    let table = [
        (
            &["run", "-"][..],
            r#"{ "script": [{ "do": "crash", "node": 9 }] }"#,
            "script[0].node: ",
        ),
        (&["run", "-"], "{", "not valid JSON"),
        (&["run", "?n=0"], "", "n: must be a whole number"),
        (&["run", "1.AAAA"], "", "link: is damaged"),
        (&["run", "no-such-file.json"], "", "no-such-file.json: "),
        (&["run"], "", "run takes one scenario"),
    ];
    for (args, input, says) in table {
        let output = quorumscope(args, input);
        let refusal = text(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{refusal}");
        assert!(
            refusal.starts_with(says) && refusal.lines().count() == 1,
            "{refusal}"
        );
        assert!(output.stdout.is_empty());
    }
}

#[test]
fn a_trace_is_a_json_object_on_each_line() {
    let output = quorumscope(&["run", "--trace", "-"], "{}");
    assert_eq!(output.status.code(), Some(0));
    let lines = text(&output.stdout);
    assert!(lines.lines().count() > 100);
    assert!(
        lines
            .lines()
            .all(|line| serde_json::from_str::<serde_json::Value>(line).is_ok())
    );
}

#[test]
fn a_run_leaves_in_every_format_and_in_part() {
    let usage = text(&quorumscope(&["--help"], "").stdout);
    for format in quorumscope_core::export::ALL {
        let output = quorumscope(&["export", format.name, "?seed=7", "--to", "300"], "");
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
        assert!(!output.stdout.is_empty());
        assert!(usage.contains(format.name), "{}", format.name);
    }
    let events = |from: &str| {
        let output = quorumscope(&["export", "events-jsonl", "-", "--from", from], "{}");
        text(&output.stdout).lines().count()
    };
    assert!(events("0") > events("100.5") && events("100.5") > 0);
}

#[test]
fn an_export_that_cannot_be_is_refused_in_one_line() {
    let table = [
        (
            &["export", "gif", "?n=4"][..],
            "no format `gif`; there are: svg,",
        ),
        (&["export", "svg"], "export takes a format"),
        (&["export", "svg", "?n=4", "--to"], "--to: takes a number"),
        (
            &["export", "svg", "?n=4", "--from", "-1"],
            "--from: must be",
        ),
        (
            &["export", "svg", "?n=4", "--from", "2", "--to", "1"],
            "span: must not end",
        ),
        (&["export", "mermaid", "?requests=100"], "span: from 0 ms"),
    ];
    for (args, says) in table {
        let output = quorumscope(args, "");
        let refusal = text(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert!(refusal.starts_with(says), "{refusal}");
        assert_eq!(refusal.lines().count(), 1);
    }
}

#[test]
fn a_link_holds_the_scenario_and_the_digits_of_its_trace() {
    let link = quorumscope(
        &["link", "-", "--page", "https://example.org/q/"],
        r#"{ "seed": 9 }"#,
    );
    let link = text(&link.stdout);
    assert!(link.starts_with("https://example.org/q/#s=1."), "{link}");
    let (scenario, extras) = quorumscope_core::link::open(link.trim()).unwrap();
    assert_eq!(scenario.seed, 9);
    let report = quorumscope(&["run", link.trim()], "");
    let report: serde_json::Value = serde_json::from_slice(&report.stdout).unwrap();
    let digits = format!("{:08x}", extras.trace.unwrap());
    assert!(report["trace_hash"].as_str().unwrap().starts_with(&digits));
    assert_eq!(quorumscope(&["link"], "").status.code(), Some(2));
}
