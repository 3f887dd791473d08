//! What cannot be is refused, with the field and what would be right.

use quorumscope_core::scenario::Scenario;
use quorumscope_tests::systems;
use serde_json::{Value, json};

/// The field that is refused, and why.
fn refused(fields: &Value) -> (String, String) {
    let _ = systems();
    let mut document = json!({ "protocol": "service" });
    for (name, value) in fields.as_object().into_iter().flatten() {
        document[name] = value.clone();
    }
    match Scenario::from_value(&document) {
        Ok(_) => panic!("{document} is taken"),
        Err(problem) => (problem.path, problem.message),
    }
}

#[test]
fn impossible_casts_are_refused_with_what_would_be_right() {
    for (fields, path, says) in [
        (
            json!({ "cast": { "servers": 0 } }),
            "cast.servers",
            "from 1 to 900",
        ),
        (
            json!({ "cast": { "balancers": 3 } }),
            "cast.balancers",
            "from 0 to 2",
        ),
        (
            json!({ "cast": { "providers": 3 } }),
            "cast.providers",
            "from 0 to 2",
        ),
        (
            json!({ "cast": { "balancers": 0 }, "settings": { "policy": "central" } }),
            "cast.balancers",
            "must be 1 or 2 for the policy \"central\"",
        ),
    ] {
        let (field, why) = refused(&fields);
        assert_eq!(field, path, "{fields}");
        assert!(why.contains(says), "{fields}: {why}");
    }
}

#[test]
fn settings_that_would_do_nothing_are_refused_with_what_they_go_with() {
    for (fields, path, says) in [
        (
            json!({ "settings": { "wait_for": 2 } }),
            "settings.wait_for",
            "fan-out",
        ),
        (
            json!({ "cast": { "servers": 3 }, "settings": { "policy": "fan-out", "wait_for": 4 } }),
            "settings.wait_for",
            "at most 3",
        ),
        (
            json!({ "settings": { "policy": "by-name", "probe_ms": 100 } }),
            "settings.probe_ms",
            "balancer",
        ),
        (
            json!({ "cast": { "balancers": 0 }, "settings": { "hedge_ms": 100 } }),
            "settings.hedge_ms",
            "cast.balancers",
        ),
        (
            json!({ "settings": { "share_ms": 5 } }),
            "settings.share_ms",
            "tell-all",
        ),
        (
            json!({ "settings": { "fallback": true } }),
            "settings.fallback",
            "cast.providers",
        ),
        (
            json!({ "settings": { "boot_ms": 5 } }),
            "settings.boot_ms",
            "scale_every_ms",
        ),
        (
            json!({ "settings": { "fall": 5 } }),
            "settings.fall",
            "probe_ms",
        ),
        (
            json!({ "settings": { "probe_ms": 0.5 } }),
            "settings.probe_ms",
            "at least 1 ms",
        ),
        (
            json!({ "cast": { "balancers": 2 }, "settings": { "scale_every_ms": 1000 } }),
            "settings.scale_every_ms",
            "one balancer",
        ),
        (
            json!({ "settings": { "speeds_per_mille": [] } }),
            "settings.speeds_per_mille",
            "at least one number",
        ),
        (
            json!({ "settings": { "speeds_per_mille": [1000, 0] } }),
            "settings.speeds_per_mille[1]",
            "from 1 to",
        ),
    ] {
        let (field, why) = refused(&fields);
        assert_eq!(field, path, "{fields}");
        assert!(why.contains(says), "{fields}: {why}");
    }
}

#[test]
fn behaviours_that_need_a_lie_are_refused_with_the_reason() {
    let (field, why) = refused(&json!({ "script": [
        { "do": "corrupt", "node": 1, "behaviour": "two-faced" }] }));
    assert_eq!(field, "script[0].behaviour");
    assert!(why.contains("a lie"), "{why}");
}
