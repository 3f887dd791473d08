//! The main stories, word for word, in `tests/goldens`: read them beside the paper.
//!
//! After a change that is meant, `UPDATE_GOLDENS=1 cargo test --test goldens` writes them anew.

use quorumscope_core::link::ENGINE;
use quorumscope_core::presets;
use quorumscope_core::world::open;
use quorumscope_tests::story::story;
use quorumscope_tests::{finish, read, run};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;

/// Each message takes 10 ms, so that one can count delays.
fn check(name: &str, about: &str, mut document: Value) {
    document["latency"] = json!({ "model": "constant", "ms": 10 });
    let mut world = open(&read(&document));
    world.record(true);
    finish(world.as_mut());
    let told = format!("{about}\n\n{}", story(world.as_ref()));
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("goldens/{name}.txt"));
    if std::env::var_os("UPDATE_GOLDENS").is_some() {
        fs::write(&path, &told).expect("the folder is there");
    }
    let golden = fs::read_to_string(&path).unwrap_or_default();
    let differs = told
        .lines()
        .zip(golden.lines())
        .find(|(now, then)| now != then);
    assert!(
        told == golden,
        "{name} has changed, first here (now, then): {differs:?}"
    );
}

/// Links hold half of a trace hash, so a trace that changes is a promise that breaks.
#[test]
fn the_trace_of_every_preset_is_what_it_was() {
    let hashes = presets::known().into_iter().map(|preset| {
        let world = run(&preset.scenario());
        format!("{} {:016x}\n", preset.name, world.trace_hash())
    });
    let now = format!("engine {ENGINE}\n{}", hashes.collect::<String>());
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("goldens/hashes.txt");
    if std::env::var_os("UPDATE_GOLDENS").is_some() {
        fs::write(&path, &now).expect("the folder is there");
    }
    let then = fs::read_to_string(&path).unwrap_or_default();
    let changed = now
        .lines()
        .filter(|line| !then.lines().any(|old| old == *line));
    let changed: Vec<&str> = changed.collect();
    assert!(
        now == then,
        "these runs are not what they were, and links to them will say so: {changed:#?}\n\
         If that is meant, raise the version in Cargo.toml and write the hashes anew."
    );
}

#[test]
fn normal_case() {
    check(
        "normal-case",
        "One request, nothing goes wrong: five delays (OSDI'99 4.1, 4.2).",
        json!({ "workload": { "requests": 1 } }),
    );
}

#[test]
fn silent_primary() {
    check(
        "silent-primary",
        "The primary says nothing: the client asks all, the backups move to view 1 (4.4).",
        json!({ "workload": { "requests": 1 }, "script": [{ "do": "silence", "node": 0 }] }),
    );
}

#[test]
fn two_faced_held() {
    check(
        "two-faced-held",
        "Of four, the primary lies: one story finds a quorum, the deceived replica catches up.",
        json!({ "workload": { "requests": 1 }, "until_ms": 1500, "script": [
            { "do": "corrupt", "node": 0, "behaviour": "two-faced" }] }),
    );
}

#[test]
fn two_faced_not_held() {
    check(
        "two-faced-not-held",
        "Of three, the primary lies: f = 0, and both stories find a quorum of two.",
        json!({ "nodes": 3, "workload": { "requests": 1 }, "script": [
            { "do": "corrupt", "node": 0, "behaviour": "two-faced" }] }),
    );
}

#[test]
fn prepared_carries_over() {
    check(
        "prepared-carries-over",
        "Prepared everywhere, committed nowhere: COMMITs are lost, and view 1 must propose the same.",
        json!({ "workload": { "requests": 1 }, "script": [
            { "do": "omit", "kinds": ["commit"], "until_ms": 1000 },
            { "at_ms": 500, "do": "crash", "node": 0 }] }),
    );
}

#[test]
fn partition_heals() {
    check(
        "partition-heals",
        "Two halves without a quorum; what they began goes on when the partition ends.",
        json!({ "workload": { "requests": 1 }, "script": [
            { "at_ms": 15, "until_ms": 2500, "do": "partition", "groups": [[0, 1, 4], [2, 3]] }] }),
    );
}

#[test]
fn stale_restart() {
    check(
        "stale-restart",
        "A backup comes back without its last writes, asks the others, and catches up (4.4).",
        json!({ "workload": { "requests": 2, "gap_ms": 100 }, "script": [
            { "at_ms": 80, "do": "restart", "node": 3, "keeps": "stale", "lost_writes": 3 }] }),
    );
}

#[test]
fn checkpoint_and_catch_up() {
    check(
        "checkpoint-and-catch-up",
        "A checkpoint every 2; a backup that was cut off takes over the state of a stable one (4.3).",
        json!({ "workload": { "requests": 4, "gap_ms": 10 },
            "settings": { "checkpoint_interval": 2, "window": 2 }, "script": [
            { "until_ms": 200, "do": "partition", "groups": [[0, 1, 2, 4], [3]] }] }),
    );
}
