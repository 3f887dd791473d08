//! Whatever a host page says is understood by type, or changes nothing.

use super::calls::{Call, Refusal, answer};
use super::*;
use crate::embed::news::Topic;
use crate::ui::{Unit, Way};
use quorumscope_core::time::Time;
use serde_json::{Value, json};

fn own(message: &Value) -> calls::Letter {
    match read(&message.to_string()) {
        Some(Letter::Own(letter)) => letter,
        other => panic!("{other:?}"),
    }
}

fn call(method: &str, params: &Value) -> Result<Call, Refusal> {
    own(&json!({ "context": "quorumscope", "v": 1, "id": 1, "method": method, "params": params }))
        .call
}

fn refusal(method: &str, params: &Value) -> (&'static str, String) {
    let refusal = call(method, params).unwrap_err();
    (refusal.code, refusal.problem.path)
}

fn played(method: &str, value: &Value) -> player::Letter {
    let message = json!({ "context": "player.js", "version": "0.0.11", "method": method, "value": value, "listener": "a" });
    match read(&message.to_string()) {
        Some(Letter::Player(letter)) => letter,
        other => panic!("{other:?}"),
    }
}

#[test]
fn every_method_is_understood() {
    let table = [
        ("getScenario", json!({}), Call::GetScenario),
        ("getState", json!({}), Call::GetState),
        ("step", json!({}), Call::Step(Unit::Event, Way::On, 1)),
        (
            "step",
            json!({ "unit": "phase", "count": -3 }),
            Call::Step(Unit::Phase, Way::Back, 3),
        ),
        ("reset", json!({}), Call::Reset),
        ("play", json!({}), Call::Play(true)),
        ("pause", json!({}), Call::Play(false)),
        ("seek", json!({ "ms": 12.5 }), Call::Seek(Time(12_500))),
        ("screenshot", json!({}), Call::Screenshot),
        (
            "subscribe",
            json!({ "events": ["decision"] }),
            Call::Subscribe(vec![Topic::Decision]),
        ),
    ];
    for (method, params, meant) in table {
        assert_eq!(call(method, &params), Ok(meant));
    }
    let loads = [
        json!({ "scenario": { "nodes": 7 } }),
        json!({ "link": "https://a.example/?n=7" }),
    ];
    for params in loads {
        assert!(
            matches!(call("loadScenario", &params), Ok(Call::Load(scenario)) if scenario.servers() == 7)
        );
    }
    let inject = call("inject", &json!({ "order": { "do": "crash", "node": 1 } }));
    assert_eq!(
        inject,
        Ok(Call::Inject(json!({ "do": "crash", "node": 1 })))
    );
    assert!(matches!(
        call("getMetrics", &json!({ "to_ms": 100 })),
        Ok(Call::GetMetrics(_))
    ));
    for format in quorumscope_core::export::NAMES {
        let call = call("exportTrace", &json!({ "format": format })).unwrap();
        assert!(matches!(call, Call::Export(meant, _) if meant == format));
    }
}

#[test]
fn a_bad_call_is_refused_with_code_and_path() {
    let table = [
        ("fly", json!({}), ("unknown-method", "method")),
        (
            "step",
            json!({ "count": "many" }),
            ("bad-params", "params.count"),
        ),
        (
            "step",
            json!({ "count": 1_000_000 }),
            ("bad-params", "params.count"),
        ),
        (
            "step",
            json!({ "speed": 1 }),
            ("bad-params", "params.speed"),
        ),
        ("step", json!([]), ("bad-params", "params")),
        ("seek", json!({}), ("bad-params", "params.ms")),
        ("seek", json!({ "ms": -1 }), ("bad-params", "params.ms")),
        (
            "inject",
            json!({ "order": 7 }),
            ("bad-params", "params.order"),
        ),
        (
            "loadScenario",
            json!({ "scenario": { "nodes": 0 } }),
            ("bad-params", "params.scenario.nodes"),
        ),
        (
            "loadScenario",
            json!({ "link": "#s=9.abc" }),
            ("bad-params", "link"),
        ),
        (
            "exportTrace",
            json!({ "format": "gif" }),
            ("bad-params", "params.format"),
        ),
        (
            "subscribe",
            json!({ "events": ["weather"] }),
            ("bad-params", "params.events[0]"),
        ),
    ];
    for (method, params, (code, path)) in table {
        assert_eq!(refusal(method, &params), (code, path.to_owned()));
    }
}

#[test]
fn malformed_messages_get_an_error_and_foreign_ones_nothing() {
    for message in [
        json!({ "context": "quorumscope" }),
        json!({ "context": "quorumscope", "v": 2, "method": "getState" }),
        json!({ "context": "quorumscope", "v": 1, "method": 5 }),
        json!({ "context": "quorumscope", "v": 1, "method": "getState", "extra": true }),
    ] {
        assert!(own(&message).call.is_err(), "{message}");
    }
    for text in [
        "",
        "quorumscope",
        "{\"context\":\"quorumscope\"",
        "[\"quorumscope\"]",
        "{\"context\":\"other\",\"about\":\"quorumscope\"}",
        "{\"context\":\"player.js\"}",
        "{\"context\":\"player.js\",\"method\":{}}",
        "{\"type\":\"webpackOk\"}",
    ] {
        assert_eq!(read(text), None, "{text}");
    }
    let deep = format!(
        "{{\"context\":\"quorumscope\",\"id\":{}",
        "[".repeat(100_000)
    );
    assert_eq!(read(&deep), None);
}

#[test]
fn an_answer_bears_the_callers_id_if_that_can_be_given_back() {
    let id = |id: Value| {
        own(&json!({ "context": "quorumscope", "v": 1, "id": id, "method": "reset" })).id
    };
    assert_eq!(id(json!(7)), json!(7));
    assert_eq!(id(json!("a")), json!("a"));
    assert_eq!(id(json!("a".repeat(1000))), Value::Null);
    assert_eq!(id(json!({ "deep": [] })), Value::Null);
    assert_eq!(
        answer(&json!(7), Ok(json!(true))),
        json!({ "context": "quorumscope", "v": 1, "id": 7, "result": true })
    );
    let refusal = call("fly", &json!({})).unwrap_err();
    let error = answer(&json!(7), Err(refusal));
    assert_eq!(error["error"]["code"], "unknown-method");
    assert!(error.get("result").is_none());
}

#[test]
fn players_are_spoken_to_in_their_own_words() {
    assert_eq!(
        played("setCurrentTime", &json!(1.5)).call,
        player::Call::SetCurrentTime(Time(1_500_000))
    );
    assert_eq!(
        played("addEventListener", &json!("ended")).call,
        player::Call::Listen("ended")
    );
    assert_eq!(played("play", &Value::Null).listener.as_deref(), Some("a"));
    for (method, value) in [
        ("setCurrentTime", json!(-1)),
        ("setCurrentTime", json!("soon")),
        ("setVolume", json!(50)),
        ("addEventListener", json!("weather")),
        ("setLoop", json!(1)),
    ] {
        assert_eq!(
            played(method, &value).call,
            player::Call::Unknown,
            "{method}"
        );
    }
    for method in player::METHODS {
        let values = [Value::Null, json!(0), json!(true), json!("play")];
        assert!(
            values
                .into_iter()
                .any(|value| played(method, &value).call != player::Call::Unknown),
            "{method}"
        );
    }
}

#[test]
fn height_is_told_in_three_dialects() {
    let [embedly, plain, canvas] = height::messages("https://a.example/", 640, 417);
    let embedly: Value = serde_json::from_str(embedly.as_str().unwrap()).unwrap();
    assert_eq!(
        embedly,
        json!({ "context": "iframe.resize", "src": "https://a.example/", "height": 417 })
    );
    assert_eq!(
        plain,
        json!({ "type": "iframe-resized", "width": 640, "height": 417 })
    );
    assert_eq!(
        canvas,
        json!({ "subject": "lti.frameResize", "height": 417 })
    );
}

#[test]
fn the_reference_page_names_everything() {
    let page = include_str!("../../../docs/embedding.md");
    let own = calls::METHODS.iter().map(|(name, ..)| *name);
    let parameters = calls::METHODS.iter().flat_map(|(_, names, _)| *names);
    let events = Topic::ALL.iter().map(|(name, _)| *name);
    let names = own.chain(parameters.copied()).chain(events);
    for name in names.chain(player::METHODS).chain(player::EVENTS) {
        assert!(page.contains(&format!("`{name}`")), "{name}");
    }
}
