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
