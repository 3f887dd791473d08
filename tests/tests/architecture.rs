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
