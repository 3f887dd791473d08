//! Published bugs, exam questions and worked examples of pBFT, set up as scenarios in
//! `tests/cases`, and what is right in each: worked out by hand from the paper (OSDI 1999).

use quorumscope_core::outlook::Outlook;
use quorumscope_core::protocol::NodeId;
use quorumscope_core::scenario::Scenario;
use quorumscope_tests::{broken, read, report_on, run};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;

/// A case by the name of its file.
fn case(name: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("cases/{name}.json"));
    let text = fs::read_to_string(path).expect("the case is there");
    serde_json::from_str(&text).expect("it is a document")
}

/// The report on its run, in which every promise must hold.
fn right(document: &Value) -> Value {
    let report = report_on(document);
    for property in report["properties"].as_array().into_iter().flatten() {
        assert_eq!(property["holds"], true, "{property}");
    }
    report
}

/// How long a client waited for its answer, in milliseconds.
fn latency(report: &Value, client: usize, request: usize) -> Option<f64> {
    report["clients"][client]["requests"][request]["latency_ms"].as_f64()
}

/// The views that replicas are in at the end.
fn views(report: &Value) -> Vec<u64> {
    let replicas = report["replicas"].as_array().into_iter().flatten();
    replicas
        .filter_map(|replica| replica["view"].as_u64())
        .collect()
}

/// Client 5's request reaches the backups at 21, one delay after its timeout. Their timers run
/// for it alone, and out at 31; six delays later it is answered (section 4.4).
#[test]
fn a_primary_that_serves_one_client_and_ignores_another_is_replaced_in_time() {
    for requests in [1, 5, 20, 200] {
        let mut document = case("ignored-client");
        document["workload"]["requests"] = requests.into();
        let report = right(&document);
        assert_eq!(latency(&report, 1, 0), Some(36.0), "{requests} requests");
        assert_eq!(views(&report), [1, 1, 1, 1], "{requests} requests");
    }
}

/// However many others it goes on serving, and for however long.
#[test]
fn other_clients_do_not_buy_it_time() {
    for clients in [2, 3, 5, 9] {
        let mut document = case("ignored-for-ever");
        document["clients"] = clients.into();
        document["until_ms"] = json!(400);
        let last = 3 + clients;
        document["script"][0]["from"] = last.into();
        let report = right(&document);
        assert_eq!(
            latency(&report, clients - 1, 0),
            Some(36.0),
            "{clients} clients"
        );
        assert_eq!(views(&report), [1, 1, 1, 1], "{clients} clients");
    }
}

/// Replica 2 hears of the stable checkpoint last, at 7, and takes the proposal that came at 6.
#[test]
fn a_proposal_from_beyond_the_window_waits_for_the_window() {
    let report = right(&case("edge-of-the-window"));
    assert_eq!(latency(&report, 1, 0), Some(10.0));
    assert_eq!(views(&report), [0, 0, 0, 0]);
}

/// The third request is prepared at two backups when the primary crashes; it is decided in view 1
/// by all three that are left, though one of them lacks the state that the view starts from.
#[test]
fn who_enters_a_view_behind_the_checkpoint_votes_in_it() {
    for (name, answered) in [("new-primary-behind", 37.0), ("backup-behind", 38.0)] {
        let report = right(&case(name));
        assert_eq!(latency(&report, 0, 2), Some(answered), "{name}");
        assert_eq!(views(&report)[1..], [1, 1, 1], "{name}");
    }
}

/// The write is answered at 4, when it is prepared, and the read is sent then: it waits for the
/// COMMITs, which arrive at 14.
#[test]
fn a_client_reads_its_own_write() {
    let report = right(&case("own-write-unseen"));
    let requests = &report["clients"][0]["requests"];
    assert_eq!(requests[0]["accepted_at_ms"], 4.0);
    assert_eq!(requests[1]["accepted_at_ms"], 15.0);
    assert_eq!(requests[0]["result"], requests[1]["result"]);
}

/// The write has its third reply when the slow COMMITs are there; what was read before that
/// came before it.
#[test]
fn a_write_is_not_answered_before_every_later_read_sees_it() {
    for name in ["old-value-with-one-liar", "control-read-quorum"] {
        let report = right(&case(name));
        let answered = |client: usize| &report["clients"][client]["requests"][0]["accepted_at_ms"];
        assert_eq!(*answered(0), 55.0, "{name}");
    }
}

/// Where clients believe f+1 replies to a write, a traitor can hide it from a read: theory takes
/// the promise back, and the run breaks it.
#[test]
fn without_a_quorum_of_replies_one_liar_hides_a_write_from_a_read() {
    let mut document = case("old-value-with-one-liar");
    document["settings"]["reply_quorum"] = false.into();
    let scenario = read(&document);
    assert_eq!(broken(run(&scenario).as_ref()), ["reads"]);
    let promise = scenario
        .spec
        .promises
        .iter()
        .find(|one| one.name == "reads");
    let given = |liars| (promise.unwrap().given)(&Outlook::with_liars(&scenario, liars)).promised();
    assert!(given(0) && !given(1));
    document["settings"]["reply_quorum"] = true.into();
    let scenario = read(&document);
    let given = |liars| (promise.unwrap().given)(&Outlook::with_liars(&scenario, liars)).promised();
    assert!(given(1) && !given(2));
}

/// Half of the requests read; COMMITs come late, at random.
#[test]
fn reads_are_linearizable_however_late_commits_come() {
    for seed in 1..=200 {
        let document = json!({ "seed": seed, "clients": 1 + seed % 3,
            "workload": { "requests": 50, "gap_ms": 0, "reads_per_mille": 500 },
            "latency": { "model": "exponential", "mean_ms": 40 },
            "settings": { "tentative": true, "read_only": true, "view_timeout_ms": 2000 },
            "until_ms": 60_000 });
        right(&document);
    }
}

/// What is wrong with a run without faults, if anything is: views change, or answers lack.
fn restless(document: &Value) -> Option<String> {
    let scenario: Scenario = read(document);
    let world = run(&scenario);
    let view = quorumscope_tests::replicas(world.as_ref())
        .map(|node| world.sketch(node).round)
        .max();
    let asked = || world.chronicle().asked.iter().flatten();
    let open = asked().filter(|asked| asked.answered.is_none()).count();
    let made = asked().count();
    let wanted = usize::from(scenario.cast.clients())
        * scenario.workload.number("requests").unwrap_or(0) as usize;
    (view != Some(0) || open > 0 || made < wanted)
        .then(|| format!("view {view:?}, {made} of {wanted} asked, {open} unanswered: {document}"))
}

fn calm(clients: u64, settings: &Value, seed: u64) -> Value {
    json!({ "clients": clients, "seed": seed, "settings": settings,
        "workload": { "requests": 3, "gap_ms": 0 }, "until_ms": 600_000 })
}

/// The windows and batches in question; the first has everything at its usual.
fn tight() -> Vec<Value> {
    let smallest = |batch| json!({ "checkpoint_interval": 1, "window": 1, "batch": batch });
    let small = |interval, window, batch| {
        json!({ "checkpoint_interval": interval,
        "window": window, "batch": batch })
    };
    vec![
        json!({}),
        smallest(1),
        smallest(2),
        smallest(7),
        smallest(64),
        small(1, 2, 1),
        small(2, 2, 1),
        small(3, 4, 2),
        small(10, 10, 1),
        json!({ "batch": 4 }),
    ]
}

#[test]
fn calm_runs_change_no_view() {
    for name in ["calm-and-busy", "nineteen-clients"] {
        assert_eq!(restless(&case(name)), None, "{name}");
    }
    for settings in tight() {
        for (clients, seed) in [(1, 1), (2, 2), (9, 3), (30, 4), (64, 5)] {
            assert_eq!(restless(&calm(clients, &settings, seed)), None);
        }
    }
}

/// Takes some minutes.
#[test]
#[ignore = "long: every number of clients up to 64, thirty seeds each"]
fn calm_runs_change_no_view_whatever_the_clients_window_batch_and_seed() {
    for clients in 1..=64 {
        for settings in tight() {
            for seed in 1..=30 {
                assert_eq!(restless(&calm(clients, &settings, seed)), None);
            }
        }
    }
}

#[test]
#[ignore = "long: clusters of all sizes, and latencies from even to memoryless"]
fn calm_runs_change_no_view_in_any_cluster_with_short_delays() {
    let latencies = [
        json!({ "model": "constant", "ms": 1 }),
        json!({ "model": "uniform", "min_ms": 20, "max_ms": 60 }),
        json!({ "model": "exponential", "min_ms": 1, "mean_ms": 5 }),
        json!({ "model": "normal", "mean_ms": 10, "sd_ms": 5 }),
    ];
    for (nodes, seed) in [1, 2, 3, 4, 5, 7, 10, 13].into_iter().zip(1..) {
        for (latency, settings) in latencies
            .iter()
            .flat_map(|l| tight().into_iter().map(move |s| (l, s)))
        {
            for clients in [1, 2, 3, 5, 8, 19, 30, 47, 64] {
                let mut document = calm(clients, &settings, seed * 100 + clients);
                document["nodes"] = nodes.into();
                document["latency"] = latency.clone();
                document["workload"] = json!({ "requests": 8, "gap_ms": clients % 3 * 20 });
                assert_eq!(restless(&document), None);
            }
        }
    }
}

/// Cut off while others go on, and healed when nobody asks for anything any more: a backup, a
/// primary that is replaced meanwhile, and one that misses the state of a checkpoint too.
#[test]
fn with_status_messages_who_was_cut_off_alone_is_level_within_two_periods_of_silence() {
    let (heals, period) = (3000, 200);
    for (cut, requests) in [(3, 2), (0, 2), (1, 30), (0, 30)] {
        let document = json!({ "seed": 1, "latency": { "model": "constant", "ms": 5 },
            "workload": { "requests": requests, "gap_ms": 0 },
            "settings": { "status_ms": period },
            "until_ms": heals + 2 * period, "script": [
                { "until_ms": heals, "do": "cut", "from": cut, "both": true }] });
        let level = |document: &Value| {
            let world = run(&read(document));
            assert_eq!(broken(world.as_ref()), [""; 0]);
            [cut, 2].map(|node| {
                let sketch = world.sketch(NodeId(node));
                (sketch.round, sketch.done)
            })
        };
        let [late, other] = level(&document);
        assert!(other.1 >= u64::from(requests > 0));
        assert_eq!(late, other, "replica {cut}, {requests} requests");
        let mut silent = document.clone();
        silent["settings"] = json!({});
        silent["until_ms"] = json!(20_000);
        let [late, other] = level(&silent);
        assert!(late.1 < other.1, "replica {cut} without status messages");
    }
}
