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
        (&["run"], "", "the following required arguments were not"),
        (&["run", "-", "-"], "{}", "unexpected argument '-' found"),
        (
            &["run", "--quiet"],
            "",
            "unexpected argument '--quiet' found",
        ),
        (
            &["run", "-", "--preset", "normal-case"],
            "{}",
            "the argument '[SCENARIO]' cannot be used with '--preset",
        ),
        (&["run", "-"], r#"{ "nodse": 4 }"#, "nodse: "),
        (
            &["run", "-"],
            "Why? See https://example.org/?n=7 for more.",
            "it seems to be a text; what can be opened is a scenario (JSON) or a link",
        ),
        (
            &["run", "../static/icon-192.png"],
            "",
            "it seems to be a PNG picture; what can be opened",
        ),
        (&["run", "-"], r#"{ "version": 2 }"#, "version: is 2"),
        (
            &["run", "--preset", "nonsense"],
            "",
            "invalid value 'nonsense' for '--preset <NAME>' [possible values: normal-case, ",
        ),
        (&["link", "-"], "[]", "must be an object"),
        (&["presets", "all"], "", "unexpected argument 'all' found"),
        (
            &["soak", "--seeds", "many"],
            "",
            "invalid value 'many' for '--seeds <N>'",
        ),
        (
            &["soak", "nonsense"],
            "",
            "invalid value 'nonsense' for '[PLAN]' [possible values: safety, liveness, given, beyond]",
        ),
        (
            &["rum"],
            "",
            "unrecognized subcommand 'rum' tip: a similar subcommand exists: 'run'",
        ),
    ];
    for (args, input, says) in table {
        let refusal = refused(args, input);
        assert!(refusal.starts_with(says), "{refusal}");
    }
}

/// The one line with which a command refuses what it was given, and does nothing.
fn refused(args: &[&str], input: &str) -> String {
    let output = quorumscope(args, input);
    let refusal = text(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{refusal}");
    assert_eq!(refusal.lines().count(), 1, "{refusal}");
    assert!(output.stdout.is_empty());
    refusal
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
fn a_report_has_the_names_that_other_programs_rely_on() {
    let output = quorumscope(&["run", "-"], r#"{ "workload": { "requests": 1 } }"#);
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let names = |value: &serde_json::Value| -> Vec<String> {
        value.as_object().unwrap().keys().cloned().collect()
    };
    assert_eq!(
        names(&report),
        [
            "clients",
            "ended_at_ms",
            "events",
            "messages",
            "metrics",
            "properties",
            "replicas",
            "scenario",
            "trace_hash"
        ]
    );
    assert_eq!(names(&report["messages"]), ["dropped", "sent", "total"]);
    let replica = &report["replicas"][0];
    let fields = [
        "executed",
        "honest",
        "id",
        "stable_checkpoint",
        "up",
        "view",
    ];
    assert_eq!(names(replica), fields);
    let executed = ["at_ms", "sequence", "value", "view"];
    assert_eq!(names(&replica["executed"][0]), executed);
    let request = &report["clients"][0]["requests"][0];
    let fields = [
        "accepted_at_ms",
        "latency_ms",
        "number",
        "result",
        "sent_at_ms",
    ];
    assert_eq!(names(request), fields);
    assert_eq!(
        names(&report["properties"][0]),
        ["holds", "judged", "name", "witness"]
    );
    assert_eq!(report["trace_hash"].as_str().unwrap().len(), 16);
}

#[test]
fn a_printed_link_is_the_scenario() {
    let document = r#"{ "nodes": 7, "seed": 3, "script": [{ "do": "crash", "node": 0 }] }"#;
    let link = quorumscope(&["link", "-"], document);
    assert_eq!(link.status.code(), Some(0));
    let linked = quorumscope(&["run", "-"], &text(&link.stdout));
    assert_eq!(
        text(&linked.stdout),
        text(&quorumscope(&["run", "-"], document).stdout)
    );
}

#[test]
fn presets_are_listed_and_run_by_name() {
    let list = text(&quorumscope(&["presets"], "").stdout);
    assert!(list.lines().any(|line| line.starts_with("normal-case ")));
    for line in list.lines() {
        let name = line.split(' ').next().unwrap_or_default();
        let output = quorumscope(&["link", &format!("?preset={name}")], "");
        assert_eq!(output.status.code(), Some(0), "{line}");
    }
    let run = quorumscope(&["run", "--trace", "--preset", "normal-case"], "");
    assert_eq!(run.status.code(), Some(0));
}

/// What is printed of a setting is what holds where a scenario leaves it out.
#[test]
fn a_system_is_described_as_it_runs() {
    let list = text(&quorumscope(&["describe"], "").stdout);
    assert!(list.lines().any(|line| line.starts_with("pbft ")), "{list}");
    let output = quorumscope(&["describe", "pbft", "--json"], "");
    assert_eq!(output.status.code(), Some(0));
    let described: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let run = quorumscope(&["run", "-"], "{}");
    let report: serde_json::Value = serde_json::from_slice(&run.stdout).unwrap();
    for part in ["settings", "workload"] {
        for knob in described[part].as_array().unwrap() {
            let name = knob["name"].as_str().unwrap();
            // What makes another protocol is said only where it is so.
            if let Some(usual) = knob.get("usual").filter(|_| knob.get("breaks").is_none()) {
                assert_eq!(report["scenario"][part][name], *usual, "{name}");
            }
        }
    }
    let promises = described["promises"].as_array().unwrap();
    let judged = report["properties"].as_array().unwrap();
    let names = |list: &[serde_json::Value]| -> Vec<String> {
        list.iter().map(|one| one["name"].to_string()).collect()
    };
    assert_eq!(names(promises), names(judged));
    let plain = text(&quorumscope(&["describe", "pbft"], "").stdout);
    for promise in promises {
        assert!(plain.contains(promise["says"].as_str().unwrap()), "{plain}");
    }
    let follows = "window (1 to 1000000; 20 if left out, which follows from checkpoint_interval)";
    assert!(plain.contains(follows), "{plain}");
    let unknown = quorumscope(&["describe", "pbfd"], "");
    assert_eq!(unknown.status.code(), Some(2));
    assert!(text(&unknown.stderr).contains("known are pbft"));
}

#[test]
fn a_run_draws_with_the_seed_that_is_asked_for_or_with_one_that_nobody_foresees() {
    let seed = |asked: &str| {
        let run = quorumscope(&["run", "--preset", "normal-case", "--seed", asked], "");
        let report: serde_json::Value = serde_json::from_slice(&run.stdout).unwrap();
        report["scenario"]["seed"].as_u64().unwrap()
    };
    assert_eq!(seed("77"), 77);
    assert_ne!(seed("random"), seed("random"));
    for bad in ["dice", "-1", "9007199254740992"] {
        let refused = quorumscope(&["run", "--preset", "normal-case", "--seed", bad], "");
        assert_eq!(refused.status.code(), Some(2), "{bad}");
    }
}

#[test]
fn soak_ends_with_0_or_with_1_and_a_scenario_that_fails_by_itself() {
    let calm = quorumscope(&["soak", "--seeds", "20", "--from", "100"], "");
    assert_eq!(calm.status.code(), Some(0), "{}", text(&calm.stderr));
    assert_eq!(text(&calm.stdout).lines().count(), 1);
    let beyond = quorumscope(&["soak", "beyond", "--seeds", "20"], "");
    assert_eq!(beyond.status.code(), Some(1));
    let replayed = quorumscope(&["run", "-"], &text(&beyond.stdout));
    assert_eq!(
        replayed.status.code(),
        Some(1),
        "{}",
        text(&replayed.stderr)
    );
}

#[test]
fn help_is_printed_when_asked_for_and_when_no_command_is_given() {
    let lost = quorumscope(&[], "");
    assert_eq!(lost.status.code(), Some(2));
    assert!(lost.stdout.is_empty());
    let asked = quorumscope(&["--help"], "");
    assert_eq!(asked.status.code(), Some(0));
    assert_eq!(text(&asked.stdout), text(&lost.stderr));
    for name in commands() {
        let help = quorumscope(&[&name, "--help"], "");
        assert_eq!(help.status.code(), Some(0), "{name}");
        assert!(text(&help.stdout).contains(&format!("Usage: quorumscope {name}")));
    }
}

/// The names of the commands, as the help lists them.
fn commands() -> Vec<String> {
    let help = text(&quorumscope(&["--help"], "").stdout);
    let list = help.split("Commands:\n").nth(1).unwrap_or_default();
    let lines = list.lines().take_while(|line| !line.is_empty());
    let names = lines.filter_map(|line| line.split_whitespace().next());
    let names: Vec<String> = names
        .filter(|name| *name != "help")
        .map(String::from)
        .collect();
    assert!(names.len() >= 8, "{help}");
    names
}

#[test]
fn shells_and_man_know_every_command() {
    let complete = text(&quorumscope(&["completions", "bash"], "").stdout);
    let whole = text(&quorumscope(&["man"], "").stdout);
    for name in commands() {
        assert!(complete.contains(&name), "{name}");
        assert!(
            whole.contains(&format!("quorumscope\\-{name}(1)")),
            "{name}"
        );
        let page = text(&quorumscope(&["man", &name], "").stdout);
        assert!(
            page.contains(&format!("\n.TH quorumscope-{name} 1")),
            "{page}"
        );
    }
    assert!(complete.contains("shiviz") && complete.contains("two-of-four"));
    assert_eq!(quorumscope(&["man", "nonsense"], "").status.code(), Some(2));
}

#[test]
fn a_run_leaves_in_every_format_and_in_part() {
    let usage = text(&quorumscope(&["export", "--help"], "").stdout);
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
            "invalid value 'gif' for '<FORMAT>' [possible values: svg,",
        ),
        (
            &["export", "svg"],
            "the following required arguments were not provided",
        ),
        (
            &["export", "svg", "?n=4", "--to", "noon"],
            "invalid value 'noon' for '--to <MS>': takes a number of milliseconds",
        ),
        (
            &["export", "svg", "?n=4", "--from", "-1"],
            "invalid value '-1' for '--from <MS>': must be",
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
    let named = quorumscope(&["link", "--preset", "normal-case"], "");
    let linked = quorumscope(&["link", "?preset=normal-case"], "");
    assert_eq!(text(&named.stdout), text(&linked.stdout));
}
