//! What an author of scenarios relies on: defaults, refusals, round trips.

use super::*;
use serde_json::json;

fn refusal(document: &Value) -> String {
    Scenario::from_value(document).unwrap_err().to_string()
}

fn script(entry: &str) -> Value {
    let entry: Value = serde_json::from_str(entry).unwrap();
    json!({ "nodes": 4, "clients": 2, "script": [entry] })
}

/// The document that the design shows.
const SHOWN: &str = r#"{ "version": 1, "protocol": "pbft", "nodes": 4, "clients": 1, "seed": 7,
  "quorum": null,
  "latency": { "model": "uniform", "min_ms": 20, "max_ms": 60 },
  "workload": { "requests": 5, "gap_ms": 400 },
  "settings": { "view_timeout_ms": 500, "client_timeout_ms": 1000, "checkpoint_interval": 10, "window": 20, "batch": 1 },
  "script": [
    { "at_ms": 0,    "do": "corrupt",   "node": 0, "behaviour": "two-faced", "camps": [[1, 2], [3]] },
    { "at_ms": 900,  "do": "crash",     "node": 2 },
    { "at_ms": 1500, "do": "restart",   "node": 2, "keeps": "stale" },
    { "at_ms": 2000, "do": "partition", "groups": [[0, 1], [2, 3]] },
    { "at_ms": 5000, "do": "heal" },
    { "at_ms": 0,    "do": "omit",      "node": 1, "direction": "receive", "cause": "receive-buffer-overflow", "per_mille": 300 },
    { "at_ms": 0,    "do": "slow",      "from": 3, "to": null, "extra_ms": 200 } ],
  "until_ms": 20000 }"#;

#[test]
fn an_empty_document_is_the_default_scenario() {
    assert_eq!(Scenario::parse("{}"), Ok(Scenario::default()));
    assert_eq!(Scenario::default().canonical(), json!({ "version": 1 }));
}

#[test]
fn a_full_document_is_read_and_written_back() {
    let scenario = Scenario::parse(SHOWN).unwrap();
    assert_eq!(scenario.script.len(), 7);
    assert_eq!(
        scenario.traitors_by(scenario.until).collect::<Vec<_>>(),
        [NodeId(0)]
    );
    let mut filled: Value = serde_json::from_str(SHOWN).unwrap();
    filled["script"][5]["peer"] = Value::Null;
    filled["workload"]["reads_per_mille"] = json!(0);
    filled["workload"]["arrivals"] = json!("closed");
    filled["workload"]["rate_per_s"] = json!(10);
    filled["settings"]["tentative"] = json!(false);
    filled["settings"]["read_only"] = json!(false);
    filled["settings"]["reply_quorum"] = json!(false);
    filled["settings"]["status_ms"] = json!(0);
    assert_eq!(scenario.to_value(), filled);
    assert_eq!(
        Scenario::from_value(&scenario.to_value()).as_ref(),
        Ok(&scenario)
    );
    assert_eq!(
        Scenario::from_value(&scenario.canonical()).as_ref(),
        Ok(&scenario)
    );
    assert_eq!(scenario.canonical()["script"][0].get("at_ms"), None);
}

#[test]
fn the_window_follows_the_checkpoint_interval() {
    let document = json!({ "settings": { "checkpoint_interval": 7 } });
    let scenario = Scenario::from_value(&document).unwrap();
    assert_eq!(scenario.settings.number("window"), Some(14));
    assert_eq!(scenario.canonical()["settings"], document["settings"]);
}

/// Documents, and how their refusal begins.
const FIELDS: &[(&str, &str)] = &[
    (r#"[]"#, "must be an object, not a list"),
    (
        r#"{ "node": 4 }"#,
        "node: unknown field \"node\"; did you mean \"nodes\"?",
    ),
    (
        r#"{ "version": 2 }"#,
        "version: is 2, but this is Quorumscope for documents up to version 1",
    ),
    (
        r#"{ "version": 0 }"#,
        "version: must be a whole number from 1",
    ),
    (
        r#"{ "protocol": "pbtf" }"#,
        "protocol: unknown protocol \"pbtf\"",
    ),
    (
        r#"{ "nodes": 0 }"#,
        "nodes: must be a whole number from 1 to 1024, not 0",
    ),
    (
        r#"{ "nodes": 4.5 }"#,
        "nodes: must be a whole number from 1 to 1024, not 4.5",
    ),
    (
        r#"{ "nodes": null }"#,
        "nodes: must be a whole number from 1 to 1024, not null",
    ),
    (
        r#"{ "clients": 65 }"#,
        "clients: must be a whole number from 0 to 64, not 65",
    ),
    (
        r#"{ "seed": -1 }"#,
        "seed: must be a whole number from 0 to 9007199254740991",
    ),
    (r#"{ "seed": 9007199254740992 }"#, "seed: must be"),
    (
        r#"{ "quorum": 5 }"#,
        "quorum: must be a whole number from 1 to 4, not 5",
    ),
    (
        r#"{ "workload": { "requests": 1000001 } }"#,
        "workload.requests: must be",
    ),
    (
        r#"{ "workload": { "gap": 1 } }"#,
        "workload.gap: unknown field",
    ),
    (
        r#"{ "settings": { "window": 9 } }"#,
        "settings.window: must be at least checkpoint_interval, which is 10, not 9",
    ),
    (
        r#"{ "settings": { "view_timeout_ms": 0 } }"#,
        "settings.view_timeout_ms: must be more than 0 ms",
    ),
    (
        r#"{ "settings": { "batch": 0 } }"#,
        "settings.batch: must be",
    ),
    (
        r#"{ "settings": { "tentative": 1 } }"#,
        "settings.tentative: must be true or false, not 1",
    ),
    (
        r#"{ "until_ms": 0.0001 }"#,
        "until_ms: has more than three decimals",
    ),
    (
        r#"{ "until_ms": 1e10 }"#,
        "until_ms: must be a number of milliseconds from 0",
    ),
    (
        r#"{ "until_ms": "20" }"#,
        "until_ms: must be a number of milliseconds, not \"20\"",
    ),
    (
        r#"{ "script": {} }"#,
        "script: must be a list, not an object",
    ),
];

#[test]
fn impossible_fields_are_refused_by_path() {
    for (document, says) in FIELDS {
        let refusal = refusal(&serde_json::from_str(document).unwrap());
        assert!(refusal.starts_with(says), "{refusal}");
    }
}

/// Entries of a script with four replicas and two clients, and how their refusal goes on.
const ORDERS: &[(&str, &str)] = &[
    (r#"{}"#, "do: is missing"),
    (
        r#"{ "do": "chrash" }"#,
        "do: unknown order \"chrash\"; did you mean \"crash\"?",
    ),
    (
        r#"{ "do": "crash" }"#,
        "node: is missing: The node that stops.",
    ),
    (
        r#"{ "do": "crash", "node": 6 }"#,
        "node: must be a node: replicas are 0 to 3; clients are 4 to 5, not 6",
    ),
    (
        r#"{ "do": "crash", "node": 1, "nodes": 2 }"#,
        "nodes: unknown field \"nodes\"; did you mean \"node\"?",
    ),
    (
        r#"{ "do": "crash", "node": 1, "until_ms": 5 }"#,
        "until_ms: does not go with \"crash\", which does not last",
    ),
    (
        r#"{ "do": "silence", "node": 1, "at_ms": 5, "until_ms": 5 }"#,
        "until_ms: must be later than at_ms, which is 5 ms",
    ),
    (
        r#"{ "do": "corrupt", "node": 4, "behaviour": "silent" }"#,
        "node: must be a replica, from 0 to 3, not 4",
    ),
    (
        r#"{ "do": "corrupt", "node": 0, "behaviour": "slient" }"#,
        "behaviour: unknown behaviour \"slient\"; did you mean \"silent\"?",
    ),
    (
        r#"{ "do": "corrupt", "node": 0, "behaviour": "silent", "camps": [[1]] }"#,
        "camps: unknown field",
    ),
    (
        r#"{ "do": "corrupt", "node": 0, "behaviour": "two-faced", "camps": [[1, 2], [2]] }"#,
        "camps[1][0]: names node 2 a second time",
    ),
    (
        r#"{ "do": "corrupt", "node": 0, "behaviour": "withhold", "kinds": ["comit"] }"#,
        "kinds[0]: unknown kind of message \"comit\"; did you mean \"commit\"?",
    ),
    (
        r#"{ "do": "partition", "groups": [[0, 9], [1]] }"#,
        "groups[0][1]: must be a node",
    ),
    (r#"{ "do": "partition", "groups": [] }"#, "groups: is empty"),
    (
        r#"{ "do": "partition", "groups": [[0], []] }"#,
        "groups[1]: is empty",
    ),
    (
        r#"{ "do": "restart", "node": 0, "lost_writes": 3 }"#,
        "lost_writes: goes with keeps \"stale\" only",
    ),
    (
        r#"{ "do": "omit", "capacity": 3 }"#,
        "service_ms: is missing",
    ),
    (
        r#"{ "do": "omit", "capacity": 3, "service_ms": 1, "per_mille": 5 }"#,
        "per_mille: does not go with a finite queue",
    ),
    (
        r#"{ "do": "omit", "capacity": 3, "service_ms": 1, "cause": "corruption" }"#,
        "cause: must be \"router-queue-overflow\"",
    ),
    (
        r#"{ "do": "omit", "checksum": false }"#,
        "checksum: goes with cause \"corruption\" only",
    ),
    (
        r#"{ "do": "tamper", "message": 3, "to": 1, "how": "delay" }"#,
        "extra_ms: is missing",
    ),
    (
        r#"{ "do": "request", "client": 3 }"#,
        "client: must be a client, from 4 to 5, not 3",
    ),
    (r#"{ "do": "heal", "node": 3 }"#, "node: unknown field"),
];

#[test]
fn impossible_orders_are_refused_by_path() {
    for (entry, says) in ORDERS {
        let refusal = refusal(&script(entry));
        assert!(
            refusal.starts_with(&format!("script[0].{says}")),
            "{refusal}"
        );
    }
    assert_eq!(refusal(&script("3")), "script[0]: must be an object, not 3");
}

#[test]
fn an_order_made_by_hand_is_read_alone() {
    let value =
        json!({ "at_ms": 1.5, "do": "slow", "from": null, "to": 4, "extra_ms": 20, "until_ms": 9 });
    let order = order_from_value(&value, &Scenario::default(), "order").unwrap();
    assert_eq!(order_to_value(&order), value);
    let wrong = json!({ "do": "slow", "from": 5, "extra_ms": 20 });
    let refusal = order_from_value(&wrong, &Scenario::default(), "order").unwrap_err();
    assert_eq!(refusal.path, "order.from");
    assert!(
        refusal
            .message
            .ends_with("replicas are 0 to 3; 4 is the client, not 5")
    );
}

#[test]
fn a_numbers_way_of_writing_does_not_matter() {
    let written = Scenario::parse(r#"{ "nodes": 7.0, "until_ms": 20.5e3 }"#).unwrap();
    assert_eq!((written.servers(), written.until), (7, Time(20_500_000)));
}
