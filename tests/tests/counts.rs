//! Message counts and delays, worked out by hand from the paper (OSDI 1999, sections 4.1 to 5.1).
//!
//! Every message takes 1 ms, so that times count one-way delays.

use quorumscope_tests::report_on;
use serde_json::{Value, json};

const SIZES: [u64; 18] = [
    1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 31, 64,
];

/// The report on a run in which each message takes 1 ms; one client asks once unless said otherwise.
fn report(mut document: Value) -> Value {
    document["latency"] = json!({ "model": "constant", "ms": 1 });
    if document["workload"].is_null() {
        document["workload"] = json!({ "requests": 1 });
    }
    let report = report_on(&document);
    for property in report["properties"].as_array().into_iter().flatten() {
        assert_eq!(property["holds"], true, "{property}");
    }
    report
}

/// When each request of the first client was answered.
fn answers(report: &Value) -> Vec<f64> {
    let requests = report["clients"][0]["requests"].as_array();
    let times = requests.into_iter().flatten();
    times
        .filter_map(|request| request["accepted_at_ms"].as_f64())
        .collect()
}

/// What a replica executed: sequence numbers with their values and times.
fn executed(report: &Value, replica: usize) -> Vec<(u64, String, f64)> {
    let list = report["replicas"][replica]["executed"].as_array();
    let entry = |entry: &Value| {
        let value = entry["value"].as_str().unwrap_or("null").to_owned();
        (
            entry["sequence"].as_u64().unwrap_or_default(),
            value,
            entry["at_ms"].as_f64().unwrap_or(-1.0),
        )
    };
    list.into_iter().flatten().map(entry).collect()
}

/// A field of each replica.
fn each<'a>(report: &'a Value, field: &'a str) -> Vec<&'a Value> {
    let replicas = report["replicas"].as_array();
    replicas
        .into_iter()
        .flatten()
        .map(|replica| &replica[field])
        .collect()
}

/// Counts by kind; kinds that were not sent are not listed.
fn counts(of: &[(&str, u64)]) -> Value {
    let sent = of.iter().filter(|(_, count)| *count > 0);
    sent.map(|(kind, count)| ((*kind).to_owned(), json!(count)))
        .collect::<serde_json::Map<_, _>>()
        .into()
}

fn normal_case(n: u64) -> Vec<(&'static str, u64)> {
    vec![
        ("request", 1),
        ("pre-prepare", n - 1),
        ("prepare", (n - 1) * (n - 1)),
        ("commit", n * (n - 1)),
        ("reply", n),
    ]
}

#[test]
fn one_request_costs_what_the_paper_says() {
    for n in SIZES {
        let report = report(json!({ "nodes": n }));
        let sent = normal_case(n);
        let total: u64 = sent.iter().map(|(_, count)| count).sum();
        assert_eq!(report["messages"]["sent"], counts(&sent), "n = {n}");
        assert_eq!(report["messages"]["total"], total, "n = {n}");
        assert_eq!(report["messages"]["dropped"], json!({}), "n = {n}");
        assert_eq!(
            report["events"],
            2 * total,
            "n = {n}: each is sent and arrives"
        );
    }
}

#[test]
fn four_replicas_exchange_29_messages_in_58_events() {
    let report = report(json!({ "nodes": 4 }));
    let sent = json!({ "request": 1, "pre-prepare": 3, "prepare": 9, "commit": 12, "reply": 4 });
    assert_eq!(report["messages"]["sent"], sent);
    assert_eq!(report["messages"]["total"], 29);
    assert_eq!(report["events"], 58);
    assert_eq!(report["ended_at_ms"], 5.0);
}

/// Where Q - 1 PREPAREs are more than a backup's own, a request takes five delays. Alone (n = 1),
/// a replica executes at once. With two or three (f = 0, Q = 2) a backup's own PREPARE is enough,
/// so it sends its COMMIT with it, one delay earlier; of two, the primary has both votes at 3 and
/// the backup waits for the primary's COMMIT until 4.
#[test]
fn the_reply_comes_after_five_delays_or_fewer_in_a_small_cluster() {
    for n in SIZES {
        let report = report(json!({ "nodes": n }));
        let (first, last, answered) = match n {
            1 => (1.0, 1.0, 2.0),
            2 => (3.0, 4.0, 4.0),
            3 => (3.0, 3.0, 4.0),
            _ => (4.0, 4.0, 5.0),
        };
        let value = format!("c{n}#1");
        let last_replica = n as usize - 1;
        assert_eq!(executed(&report, 0), [(1, value.clone(), first)], "n = {n}");
        assert_eq!(
            executed(&report, last_replica),
            [(1, value, last)],
            "n = {n}"
        );
        assert_eq!(answers(&report), [answered], "n = {n}");
    }
}

#[test]
fn the_next_request_leaves_a_pause_after_the_answer() {
    let report = report(json!({ "workload": { "requests": 3, "gap_ms": 10 } }));
    assert_eq!(answers(&report), [5.0, 20.0, 35.0]);
    assert_eq!(report["messages"]["total"], 3 * 29);
}

#[test]
fn every_k_requests_each_replica_states_its_checkpoint_to_all_others() {
    for n in [1, 4, 7] {
        let work = json!({ "requests": 25, "gap_ms": 0 });
        let report = report(json!({ "nodes": n, "workload": work }));
        let stated = report["messages"]["sent"]["checkpoint"]
            .as_u64()
            .unwrap_or(0);
        assert_eq!(stated, 2 * n * (n - 1), "n = {n}");
        let stable = each(&report, "stable_checkpoint");
        assert!(stable.iter().all(|at| **at == 20), "n = {n}: {stable:?}");
        assert_eq!(answers(&report).len(), 25);
    }
}

#[test]
fn without_a_stable_checkpoint_the_service_stops_after_exactly_the_window() {
    let report = report_on(&json!({
        "workload": { "requests": 30, "gap_ms": 0 },
        "settings": { "checkpoint_interval": 5, "window": 12 },
        "script": [{ "do": "omit", "kinds": ["checkpoint"] }],
    }));
    for replica in 0..4 {
        let executed = executed(&report, replica);
        assert_eq!(executed.len(), 12, "replica {replica}");
    }
    assert_eq!(answers(&report).len(), 12);
}

/// The client asks all at 1000; three backups relay, and wait 500 ms from 1001 on. Their
/// VIEW-CHANGEs meet at 1502, where replica 1 opens view 1 and proposes: prepared at 1504,
/// executed at 1505, answered at 1506.
#[test]
fn a_crashed_primary_is_replaced_after_both_timeouts() {
    let report = report(json!({ "script": [{ "do": "crash", "node": 0 }] }));
    let sent = counts(&[
        ("request", 1 + 4),
        ("relay", 3),
        ("view-change", 3 * 3),
        ("new-view", 3),
        ("pre-prepare", 3),
        ("prepare", 2 * 3),
        ("commit", 3 * 3),
        ("reply", 3),
    ]);
    assert_eq!(report["messages"]["sent"], sent);
    assert_eq!(answers(&report), [1506.0]);
    assert_eq!(executed(&report, 3), [(1, "c4#1".to_owned(), 1505.0)]);
    assert_eq!(each(&report, "view")[1..], [1, 1, 1]);
    // One copy of everything that was sent to replicas was for the crashed one.
    assert_eq!(
        report["messages"]["dropped"],
        json!({ "crashed": 2 + 3 + 3 + 1 + 1 + 2 + 3 })
    );
}

/// 1 + n requests, n-1 relays, (n-1)^2 VIEW-CHANGEs, n-1 NEW-VIEWs, n-1 PRE-PREPAREs,
/// (n-2)(n-1) PREPAREs, (n-1)^2 COMMITs and n-1 replies. Of two, the one that is left is no quorum.
#[test]
fn a_crashed_primary_costs_3_n_squared_less_2_n_plus_1_messages() {
    for n in SIZES.into_iter().filter(|n| *n >= 3) {
        let report = report(json!({ "nodes": n, "script": [{ "do": "crash", "node": 0 }] }));
        let total = 3 * n * n - 2 * n + 1;
        assert_eq!(report["messages"]["total"], total, "n = {n}");
        assert_eq!(report["messages"]["sent"]["new-view"], n - 1, "n = {n}");
        let answered = if n == 3 { 1505.0 } else { 1506.0 };
        assert_eq!(answers(&report), [answered], "n = {n}");
    }
}

#[test]
fn a_silent_primary_looks_like_a_crashed_one_from_outside() {
    let silent = report(json!({ "script": [{ "do": "silence", "node": 0 }] }));
    let crashed = report(json!({ "script": [{ "do": "crash", "node": 0 }] }));
    assert_eq!(silent["messages"]["sent"], crashed["messages"]["sent"]);
    assert_eq!(answers(&silent), [1506.0]);
    assert_eq!(
        each(&silent, "view"),
        [1, 1, 1, 1],
        "it hears, joins and follows"
    );
    assert_eq!(
        executed(&silent, 0),
        [(1, "c4#1".to_owned(), 1505.0)],
        "and executes in step"
    );
}

/// With the primaries of views 0, 1 and 2 down, patience is 500 ms for view 0 and for the
/// NEW-VIEW of 1, then 1000 ms for that of 2: VIEW-CHANGEs at 1501, 2002 and 3003.
#[test]
fn patience_doubles_with_each_view_that_does_not_begin() {
    let crash = |node| json!({ "do": "crash", "node": node });
    let two = report(json!({ "nodes": 7, "script": [crash(0), crash(1)] }));
    assert_eq!(answers(&two), [2007.0]);
    assert_eq!(each(&two, "view")[2..], [2, 2, 2, 2, 2]);
    let three = report(json!({ "nodes": 10, "script": [crash(0), crash(1), crash(2)] }));
    assert_eq!(answers(&three), [3008.0]);
    assert_eq!(each(&three, "view")[9], 3);
}

#[test]
fn crashed_backups_cost_no_time_while_a_quorum_is_left() {
    let report = report(json!({ "nodes": 7, "script": [
        { "do": "crash", "node": 5 }, { "do": "crash", "node": 6 }] }));
    assert_eq!(answers(&report), [5.0]);
    let sent = counts(&[
        ("request", 1),
        ("pre-prepare", 6),
        ("prepare", 4 * 6),
        ("commit", 5 * 6),
        ("reply", 5),
    ]);
    assert_eq!(report["messages"]["sent"], sent);
}

/// The replies are lost: at 1000 the client asks all, and all send the stored reply again.
#[test]
fn a_request_that_was_executed_is_answered_again_and_not_executed_again() {
    let lost = json!({ "do": "omit", "kinds": ["reply"], "until_ms": 500 });
    let report = report(json!({ "script": [lost] }));
    assert_eq!(answers(&report), [1002.0]);
    assert_eq!(executed(&report, 0), [(1, "c4#1".to_owned(), 4.0)]);
    assert_eq!(report["messages"]["sent"]["request"], 1 + 4);
    assert_eq!(report["messages"]["sent"]["reply"], 4 + 4);
    assert_eq!(report["messages"]["sent"]["pre-prepare"], 3);
}

#[test]
fn clients_share_nothing_but_the_order_of_their_requests() {
    let report = report(json!({ "clients": 3, "workload": { "requests": 2 } }));
    assert_eq!(report["messages"]["total"], 3 * 2 * 29);
    assert_eq!(report["clients"][2]["requests"][0]["accepted_at_ms"], 5.0);
    assert_eq!(executed(&report, 0).len(), 6);
}

/// The primary proposes the first request at once, and collects the others while that one is on
/// its way: at 4 it is executed and a batch of two leaves, or earlier if a batch is full.
#[test]
fn requests_that_wait_share_a_sequence_number() {
    for (batch, numbers, last) in [(1, 3, 4.0), (2, 2, 4.0), (8, 2, 7.0)] {
        let settings = json!({ "batch": batch });
        let report = report(json!({ "clients": 3, "settings": settings }));
        let executed = executed(&report, 0);
        assert_eq!(executed.len(), numbers, "batch {batch}");
        assert_eq!(executed[numbers - 1].2, last, "batch {batch}");
        let numbers = numbers as u64;
        let sent = counts(&[
            ("request", 3),
            ("pre-prepare", numbers * 3),
            ("prepare", numbers * 9),
            ("commit", numbers * 12),
            ("reply", 3 * 4),
        ]);
        assert_eq!(report["messages"]["sent"], sent, "batch {batch}");
    }
}

/// The liar's 3 PREPAREs and 3 COMMITs leave twice, and the second ones count for nothing.
#[test]
fn a_double_voter_sends_each_vote_twice_and_changes_nothing_else() {
    let report = report(json!({ "script": [
        { "do": "corrupt", "node": 3, "behaviour": "double-vote" }] }));
    let sent = json!({ "request": 1, "pre-prepare": 3, "prepare": 9 + 3, "commit": 12 + 3,
        "reply": 4 });
    assert_eq!(report["messages"]["sent"], sent);
    assert_eq!(answers(&report), [5.0]);
}

/// At 400, 800 and 1200, to 3 others each time; one alone moves nobody.
#[test]
fn false_alarms_are_sent_and_nobody_joins() {
    let report = report(json!({ "until_ms": 1300, "script": [
        { "do": "corrupt", "node": 3, "behaviour": "false-view-change", "every_ms": 400 }] }));
    let alarms = report["messages"]["sent"]["view-change"].as_u64();
    assert!(alarms >= Some(3 * 3), "{alarms:?}");
    assert_eq!(each(&report, "view")[..3], [0, 0, 0]);
    assert_eq!(answers(&report), [5.0]);
}

#[test]
fn tentative_execution_saves_one_delay_and_no_message() {
    for n in [4, 7, 16] {
        let report = report(json!({ "nodes": n, "settings": { "tentative": true } }));
        assert_eq!(answers(&report), [4.0], "n = {n}");
        assert_eq!(
            report["messages"]["sent"],
            counts(&normal_case(n)),
            "n = {n}"
        );
        assert_eq!(
            executed(&report, 0)[0].2,
            4.0,
            "n = {n}: it is committed as ever"
        );
    }
}

#[test]
fn a_read_on_its_own_path_takes_two_delays_and_no_sequence_number() {
    let work = json!({ "requests": 1, "reads_per_mille": 1000 });
    for n in [1, 4, 7] {
        let report = report(json!({
            "nodes": n, "workload": work, "settings": { "read_only": true } }));
        assert_eq!(answers(&report), [2.0], "n = {n}");
        assert_eq!(
            report["messages"]["sent"],
            json!({ "request": n, "reply": n })
        );
        assert!(executed(&report, 0).is_empty());
    }
    let ordered = report(json!({ "workload": work }));
    assert_eq!(
        answers(&ordered),
        [5.0],
        "without the setting, reads are ordered too"
    );
}
