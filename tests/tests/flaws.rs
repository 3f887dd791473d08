//! Deliberately broken protocols: each mistake is caught by a promise, in a run in which the
//! right protocol keeps them all. A checker that catches nothing is no checker.

use quorumscope_core::scenario::Scenario;
use quorumscope_core::systems::pbft::flaw;
use quorumscope_tests::{broken, run};

/// A mistake, the promise that it breaks, and a run that shows it.
struct Fixture {
    flaw: &'static str,
    breaks: &'static str,
    document: &'static str,
}

const FIXTURES: &[Fixture] = &[
    Fixture {
        flaw: flaw::COUNTS_PRIMARY,
        breaks: "prepared-uniqueness",
        document: r#"{ "nodes": 4, "script": [
            { "do": "corrupt", "node": 0, "behaviour": "two-faced", "camps": [[1, 2], [3]] } ] }"#,
    },
    Fixture {
        flaw: flaw::IGNORES_DIGESTS,
        breaks: "agreement",
        document: r#"{ "nodes": 4, "seed": 212, "script": [
            { "do": "corrupt", "node": 0, "behaviour": "two-faced" } ] }"#,
    },
    Fixture {
        flaw: flaw::TAKES_SECOND,
        breaks: "prepared-uniqueness",
        document: r#"{ "nodes": 4, "clients": 2, "seed": 688,
            "workload": { "requests": 4, "gap_ms": 36 },
            "script": [{ "do": "corrupt", "node": 0, "behaviour": "equivocate" }] }"#,
    },
    Fixture {
        flaw: flaw::FORGETS_PREPARED,
        breaks: "agreement",
        document: r#"{ "nodes": 4, "seed": 4113, "workload": { "requests": 16, "gap_ms": 105 },
            "settings": { "checkpoint_interval": 3 }, "until_ms": 60000, "script": [
                { "at_ms": 1028, "until_ms": 3280, "do": "partition",
                  "groups": [[0, 1], [2, 3]] } ] }"#,
    },
    Fixture {
        flaw: flaw::LAST_VIEW_ONLY,
        breaks: "agreement",
        document: r#"{ "nodes": 4, "clients": 2, "seed": 9369,
            "workload": { "requests": 19, "gap_ms": 101 },
            "settings": { "checkpoint_interval": 5 }, "until_ms": 60000, "script": [
                { "at_ms": 839, "do": "crash", "node": 1 },
                { "at_ms": 2511, "until_ms": 2678, "do": "silence", "node": 0 } ] }"#,
    },
    Fixture {
        flaw: flaw::VOTES_ON,
        breaks: "agreement",
        document: r#"{ "nodes": 4, "clients": 2, "seed": 8748,
            "workload": { "requests": 29, "gap_ms": 192 },
            "settings": { "checkpoint_interval": 7 }, "until_ms": 60000, "script": [
                { "do": "corrupt", "node": 2, "behaviour": "double-vote" },
                { "at_ms": 1408, "until_ms": 2067, "do": "partition",
                  "groups": [[0, 1, 2], [3]] },
                { "at_ms": 258, "until_ms": 3054, "do": "slow", "from": 2, "to": null,
                  "extra_ms": 384 } ] }"#,
    },
    Fixture {
        flaw: flaw::EXECUTES_EARLY,
        breaks: "agreement",
        document: r#"{ "nodes": 4, "clients": 2, "seed": 13109,
            "workload": { "requests": 18, "gap_ms": 123 },
            "settings": { "checkpoint_interval": 5 }, "until_ms": 60000, "script": [
                { "do": "corrupt", "node": 0, "behaviour": "equivocate" },
                { "at_ms": 35, "until_ms": 1405, "do": "silence", "node": 2 } ] }"#,
    },
    Fixture {
        flaw: flaw::BELIEVES_ONE,
        breaks: "answer",
        document: r#"{ "nodes": 4, "script": [
            { "do": "corrupt", "node": 1, "behaviour": "corrupt-reply" } ] }"#,
    },
    Fixture {
        flaw: flaw::NEVER_REPEATS,
        breaks: "progress",
        document: r#"{ "nodes": 4, "clients": 2, "seed": 751,
            "workload": { "requests": 15, "gap_ms": 6 },
            "settings": { "checkpoint_interval": 4 }, "until_ms": 60000, "script": [
                { "at_ms": 2186, "until_ms": 4948, "do": "partition",
                  "groups": [[0, 1], [2, 3]] } ] }"#,
    },
    Fixture {
        flaw: flaw::TRUSTS_PRIMARY,
        breaks: "progress",
        document: r#"{ "nodes": 4, "until_ms": 60000,
            "script": [{ "do": "crash", "node": 0 }] }"#,
    },
    Fixture {
        flaw: flaw::NEVER_ASKS,
        breaks: "progress",
        document: r#"{ "nodes": 4, "clients": 2, "seed": 2397,
            "workload": { "requests": 7, "gap_ms": 159 },
            "settings": { "checkpoint_interval": 4 }, "until_ms": 60000, "script": [
                { "at_ms": 310, "do": "crash", "node": 3 },
                { "at_ms": 838, "until_ms": 2623, "do": "silence", "node": 1 } ] }"#,
    },
    Fixture {
        flaw: flaw::OWN_START,
        breaks: "progress",
        document: r#"{ "nodes": 4, "clients": 2, "seed": 2444,
            "workload": { "requests": 27, "gap_ms": 64 },
            "settings": { "checkpoint_interval": 3 }, "until_ms": 60000, "script": [
                { "at_ms": 1014, "do": "crash", "node": 0 },
                { "at_ms": 891, "until_ms": 2045, "do": "silence", "node": 1 },
                { "at_ms": 675, "until_ms": 2770, "do": "slow", "from": 0, "to": 1,
                  "extra_ms": 884 },
                { "at_ms": 278, "until_ms": 2136, "do": "slow", "from": 3, "to": null,
                  "extra_ms": 452 } ] }"#,
    },
    Fixture {
        flaw: flaw::JOINS_ONE,
        breaks: "unmoved",
        document: r#"{ "nodes": 4, "until_ms": 2000, "script": [
            { "do": "corrupt", "node": 3, "behaviour": "false-view-change" } ] }"#,
    },
    Fixture {
        flaw: flaw::READS_WEAK,
        breaks: "reads",
        document: r#"{ "nodes": 4, "clients": 2, "latency": { "model": "constant", "ms": 1 },
            "workload": { "requests": 0 }, "settings": { "read_only": true }, "script": [
                { "do": "corrupt", "node": 3, "behaviour": "two-faced", "camps": [[0, 4], [5]] },
                { "do": "slow", "from": 0, "to": 1, "kinds": ["commit"], "extra_ms": 50 },
                { "do": "slow", "from": 3, "to": 1, "kinds": ["commit"], "extra_ms": 50 },
                { "do": "slow", "from": 0, "to": 5, "kinds": ["reply"], "extra_ms": 5 },
                { "do": "request", "client": 4 },
                { "at_ms": 6, "do": "request", "client": 5, "read": true } ] }"#,
    },
    Fixture {
        flaw: flaw::READS_EARLY,
        breaks: "reads",
        document: r#"{ "nodes": 4, "latency": { "model": "constant", "ms": 1 },
            "workload": { "requests": 0 }, "settings": { "tentative": true, "read_only": true },
            "script": [
                { "do": "slow", "kinds": ["commit"], "extra_ms": 10 },
                { "do": "request", "client": 4 },
                { "at_ms": 4, "do": "request", "client": 4, "read": true } ] }"#,
    },
];

#[test]
fn every_mistake_is_caught_and_the_right_protocol_is_not() {
    for Fixture {
        flaw,
        breaks,
        document,
    } in FIXTURES
    {
        let mut scenario = Scenario::parse(document).expect(flaw);
        let right = broken(run(&scenario).as_ref());
        assert_eq!(right, [""; 0], "{flaw}: without the mistake");
        scenario.flaw = Some(flaw);
        let broken = broken(run(&scenario).as_ref());
        assert!(broken.contains(breaks), "{flaw}: broke {broken:?}");
    }
}

#[test]
fn every_mistake_has_a_fixture() {
    for flaw in flaw::ALL {
        assert!(FIXTURES.iter().any(|f| f.flaw == *flaw), "{flaw}");
    }
}
