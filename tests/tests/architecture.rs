//! The rules of direction and of style, read from the source itself.
//!
//! Each failure names the file and what is wrong with it.

use std::fs;
use std::path::{Path, PathBuf};

/// A source file: where it is, counted from the workspace, and what it says.
struct Source {
    path: String,
    text: String,
}

impl Source {
    /// The lines that are compiled into the program: no comments, and none of the unit tests.
    fn code(&self) -> impl Iterator<Item = &str> {
        let lines = self
            .text
            .lines()
            .take_while(|line| !line.starts_with("#[cfg(test)]"));
        lines.filter(|line| !line.trim_start().starts_with("//"))
    }

    fn name(&self) -> &str {
        let file = self.path.rsplit('/').next().unwrap_or_default();
        file.trim_end_matches(".rs")
    }

    fn is_test(&self) -> bool {
        self.path.ends_with("/tests.rs") || self.path.contains("/tests/")
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// All Rust files under these folders of the workspace.
fn sources(folders: &[&str]) -> Vec<Source> {
    let mut found = Vec::new();
    for folder in folders {
        collect(&root().join(folder), folder, &mut found);
    }
    assert!(!found.is_empty(), "nothing under {folders:?}");
    found
}

fn collect(folder: &Path, name: &str, found: &mut Vec<Source>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        let file = entry.file_name().to_string_lossy().into_owned();
        let inner = format!("{name}/{file}");
        if path.is_dir() && !matches!(file.as_str(), "target" | "node_modules" | "pkg") {
            collect(&path, &inner, found);
        } else if file.ends_with(".rs") {
            let text = fs::read_to_string(&path).unwrap_or_default();
            found.push(Source { path: inner, text });
        }
    }
}

/// Fails for each of these words that stands in the code of one of these files.
fn never(sources: &[Source], words: &[&str], why: &str) {
    let mut breaches = Vec::new();
    for source in sources {
        for line in source.code() {
            let guilty = words.iter().filter(|word| line.contains(**word));
            breaches
                .extend(guilty.map(|word| format!("{}: {word} in `{}`", source.path, line.trim())));
        }
    }
    assert!(breaches.is_empty(), "{why}:\n{}", breaches.join("\n"));
}

fn everything() -> Vec<Source> {
    sources(&["core", "cli", "web", "xtask", "tests"])
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
fn core_knows_no_page_and_no_command_line() {
    let words = [
        "quorumscope_web",
        "quorumscope::",
        "wasm_bindgen",
        "web_sys",
        "js_sys",
        "yew",
    ];
    never(
        &sources(&["core/src"]),
        &words,
        "core knows none of those that use it",
    );
    let manifest = fs::read_to_string(root().join("core/Cargo.toml")).unwrap_or_default();
    for word in ["web", "yew", "bindgen", "quorumscope.", "getrandom", "rand"] {
        assert!(!manifest.contains(word), "core/Cargo.toml: {word}");
    }
}

#[test]
fn core_reads_no_clock_draws_no_chance_and_does_no_input_or_output() {
    let words = [
        "HashMap",
        "HashSet",
        "RandomState",
        "Instant",
        "SystemTime",
        "std::thread",
        "std::fs",
        "std::net",
        "std::io",
        "std::process",
        "std::env",
        "println!",
        "dbg!",
        "unsafe ",
    ];
    never(
        &sources(&["core/src"]),
        &words,
        "a run depends on its scenario alone",
    );
}

#[test]
fn protocols_know_neither_the_simulation_nor_its_faults() {
    let words = [
        "crate::simulation",
        "crate::fault",
        "crate::faults",
        "crate::behaviours",
        "crate::conditions",
        "crate::trace",
        "crate::world",
        "crate::scenario",
        "crate::monitor",
        "crate::chronicle",
        "crate::latency",
    ];
    let mut rooms = sources(&["core/src/systems"]);
    rooms.retain(|room| !room.path.contains("/spec"));
    never(
        &rooms,
        &words,
        "a protocol sees its inputs and nothing else",
    );
    rooms.retain(|room| !room.is_test());
    let forgeries = ["Stamp::new", "Seat::new", "NodeId) -> Stamp"];
    never(
        &rooms,
        &forgeries,
        "signatures are given out by the simulation alone",
    );
}

#[test]
fn stamps_and_seats_are_made_by_the_simulation_and_its_judges_alone() {
    for source in sources(&["core/src"]) {
        let allowed = source.path.starts_with("core/src/simulation")
            || source.path.starts_with("core/src/promise.rs")
            || source.is_test();
        if !allowed {
            never(
                &[source],
                &["Stamp::new(", "Seat::new("],
                "nobody forges a signature",
            );
        }
    }
}

#[test]
fn only_registries_name_concrete_protocols() {
    for source in sources(&["core/src", "cli/src", "web/src"]) {
        if !source.path.starts_with("core/src/systems") && !source.is_test() {
            never(
                &[source],
                &["pbft::", "Pbft"],
                "protocols are found by name",
            );
        }
    }
}

#[test]
fn every_file_of_a_registry_stands_in_it() {
    for registry in ["faults", "behaviours", "presets", "systems"] {
        let list = fs::read_to_string(root().join(format!("core/src/{registry}.rs")));
        let list = list.unwrap_or_default();
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
fn rooms_know_neither_each_other_nor_the_world() {
    const SHARED: [&str; 2] = ["widgets", "dialog"];
    let rooms = sources(&["web/src/rooms"]);
    never(
        &rooms,
        &["dyn World", "world::", "Session"],
        "rooms see the view and speak in actions",
    );
    let house = |source: &Source| {
        let inner = source.path.trim_start_matches("web/src/rooms/");
        inner
            .split(['/', '.'])
            .next()
            .unwrap_or_default()
            .to_owned()
    };
    let mut names: Vec<String> = rooms.iter().map(house).collect();
    names.retain(|name| !SHARED.contains(&name.as_str()));
    for room in &rooms {
        let own = house(room);
        for other in names.iter().filter(|name| **name != own) {
            let ways = [format!("rooms::{other}"), format!("super::{other}")];
            let line = room
                .code()
                .find(|line| ways.iter().any(|way| line.contains(way.as_str())));
            assert!(
                line.is_none(),
                "{} reaches into {other}: {line:?}",
                room.path
            );
        }
    }
}

#[test]
fn only_the_session_moves_the_world_and_only_the_stage_paints() {
    const MOVES: [&str; 2] = [".run_until(", "&mut dyn World"];
    for source in sources(&["web/src"]) {
        let path = source.path.clone();
        let one = [source];
        if !path.starts_with("web/src/run/session") {
            never(&one, &MOVES, "the session alone moves the world");
        }
        if !path.starts_with("web/src/browser/canvas") {
            never(
                &one,
                &["CanvasRenderingContext2d"],
                "one file touches the drawing context",
            );
        }
    }
}

#[test]
fn the_soak_stays_out_of_the_page() {
    for manifest in ["web/Cargo.toml", "tests/wasm/Cargo.toml"] {
        let text = fs::read_to_string(root().join(manifest)).unwrap_or_default();
        assert!(!text.contains("quorumscope.workspace"), "{manifest}");
        assert!(!text.contains("proptest"), "{manifest}");
    }
}
