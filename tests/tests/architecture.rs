//! The rules of style and of packages, read from the source itself. The rules of direction are a
//! table of ARCHITECTURE.md, which `docs.rs` holds the source to.
//!
//! Each failure names the file and what is wrong with it.

use quorumscope_tests::files::{Source, read, sources};

fn everything() -> Vec<Source> {
    let folders = ["core", "cli", "web", "files", "xtask", "tests"];
    let mut all = sources(&folders);
    all.retain(|source| !source.path.contains("/node_modules/") && !source.path.contains("/pkg/"));
    all
}

#[test]
fn every_file_says_at_its_head_what_it_is_for() {
    for source in everything() {
        assert!(source.text.starts_with("//! "), "{}", source.path);
    }
}

#[test]
fn no_file_is_longer_than_one_can_hold_in_mind() {
    let mut lengths = Vec::new();
    for source in everything() {
        let lines = source.text.lines().count();
        assert!(lines < 600, "{} has {lines} lines", source.path);
        lengths.push(lines);
    }
    lengths.sort_unstable();
    let median = lengths[lengths.len() / 2];
    assert!(median < 150, "the median is {median} lines");
}

/// No function has more lines of code than this.
const MOST_LINES: usize = 70;

/// The functions of a file with the lines of code in each.
///
/// A body ends with the brace under its function's beginning, as rustfmt sets it. Clippy counts
/// lines too, but not of functions that an attribute such as `#[component]` makes anew.
fn functions(text: &str) -> Vec<(&str, usize)> {
    let lines: Vec<&str> = text.lines().collect();
    let begins = |line: &str| {
        let words = line.split(['(', '<', ' ']).filter(|word| !word.is_empty());
        let before = ["pub", "super)", "crate)", "in", "const", "async"];
        words.into_iter().find(|word| !before.contains(word)) == Some("fn")
    };
    let code = |line: &&&str| !line.trim().is_empty() && !line.trim_start().starts_with("//");
    let functions = lines.iter().enumerate().filter(|(_, line)| begins(line));
    functions
        .map(|(first, line)| {
            let indent = line.len() - line.trim_start().len();
            let brace = format!("{}}}", " ".repeat(indent));
            let rest = lines[first..].iter().take_while(|line| **line != brace);
            let mut body = rest.skip_while(|line| !line.ends_with(['{', '}', ';']));
            let has_lines = body.next().is_some_and(|line| line.ends_with('{'));
            (*line, body.filter(|_| has_lines).filter(code).count())
        })
        .collect()
}

#[test]
fn no_function_is_longer_than_one_can_hold_in_mind() {
    let sample =
        "#[component]\npub fn a(\n    b: u8,\n) {\n    // nothing\n\n    c();\n    d();\n}\n";
    assert_eq!(functions(sample), [("pub fn a(", 2)]);
    for source in everything() {
        for (function, lines) in functions(&source.text) {
            assert!(
                lines <= MOST_LINES,
                "{}: {lines} lines: {function}",
                source.path
            );
        }
    }
}

#[test]
fn nothing_is_put_off() {
    let marks = ["TODO", "FIXME", "XXX", "todo!(", "unimplemented!("];
    for source in everything()
        .iter()
        .filter(|source| source.name() != "architecture")
    {
        for mark in marks {
            assert!(!source.text.contains(mark), "{}: {mark}", source.path);
        }
    }
}

#[test]
fn the_core_depends_on_nothing_that_draws_chance_or_knows_a_page() {
    let manifest = read("core/Cargo.toml");
    for word in ["web", "yew", "bindgen", "quorumscope.", "getrandom", "rand"] {
        assert!(!manifest.contains(word), "core/Cargo.toml: {word}");
    }
}

#[test]
fn every_file_of_a_registry_stands_in_it() {
    for registry in ["faults", "behaviours", "systems/pbft/presets", "systems"] {
        let list = read(&format!("core/src/{registry}.rs"));
        let folder = format!("core/src/{registry}/");
        let files = sources(&[&folder[..folder.len() - 1]]);
        let own = |file: &&Source| !file.path[folder.len()..].contains('/') && !file.is_test();
        for file in files.iter().filter(own) {
            let name = file.name();
            assert!(list.contains(&format!("mod {name};")), "{registry}: {name}");
            assert!(list.contains(&format!("{name}::")), "{registry}: {name}");
        }
    }
}

#[test]
fn the_soak_stays_out_of_the_page() {
    for manifest in ["web/Cargo.toml", "tests/wasm/Cargo.toml"] {
        let text = read(manifest);
        assert!(!text.contains("quorumscope.workspace"), "{manifest}");
        assert!(!text.contains("proptest"), "{manifest}");
    }
}
