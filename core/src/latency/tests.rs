//! What a scenario's author relies on: the same draws for ever, and clear refusals.

use super::*;
use crate::json::Field;
use crate::rng::{Rng, Stream};
use serde_json::{Value, json};

fn model(form: &Value) -> Latency {
    read(Field::new(form, "latency"), 5).unwrap()
}

fn refusal(form: &Value) -> String {
    read(Field::new(form, "latency"), 5)
        .unwrap_err()
        .to_string()
}

fn forms() -> Vec<Value> {
    vec![
        json!({ "model": "constant", "ms": 10 }),
        json!({ "model": "uniform", "min_ms": 20, "max_ms": 60.125 }),
        json!({ "model": "normal", "mean_ms": 40, "sd_ms": 30 }),
        json!({ "model": "exponential", "mean_ms": 25, "min_ms": 5 }),
        json!({ "model": "pareto", "min_ms": 10, "shape": 1.5, "max_ms": 1000 }),
        json!({ "model": "regions", "places": ["tokyo", "here"], "of": [0, 1, 1],
                "round_trip_ms": [[1, 80], [90, 1]], "jitter_ms": 3 }),
    ]
}

#[test]
fn golden_vectors_never_change() {
    let rng = Rng::new(7, Stream::Latency);
    let draws = |form: &Value| {
        let model = model(form);
        [0, 1, 2, 3].map(|k| model.draw(NodeId(0), NodeId(1), rng.draw(0, 1, k)).0)
    };
    let drawn: Vec<[u64; 4]> = forms().iter().map(draws).collect();
    assert_eq!(drawn, GOLDEN_VECTORS);
}

const GOLDEN_VECTORS: [[u64; 4]; 6] = [
    [10000, 10000, 10000, 10000],
    [22094, 52482, 38384, 51098],
    [70051, 20904, 77106, 30628],
    [78818, 10283, 24513, 11372],
    [71598, 11513, 16826, 11852],
    [40156, 42429, 41374, 42325],
];

#[test]
fn models_have_the_means_that_they_name() {
    let rng = Rng::new(1, Stream::Latency);
    let mean = |form: &Value| {
        let model = model(form);
        let draw = |k| model.draw(NodeId(0), NodeId(1), rng.draw(0, 1, k)).0;
        (0..100_000).map(draw).sum::<u64>() / 100_000
    };
    let close = |mean: u64, hoped: u64| assert!(mean.abs_diff(hoped) < hoped / 50, "{mean}");
    close(
        mean(&json!({ "model": "uniform", "min_ms": 20, "max_ms": 60 })),
        40_000,
    );
    close(
        mean(&json!({ "model": "normal", "mean_ms": 100, "sd_ms": 10 })),
        100_000,
    );
    close(
        mean(&json!({ "model": "exponential", "mean_ms": 25, "min_ms": 5 })),
        30_000,
    );
    close(
        mean(&json!({ "model": "pareto", "min_ms": 10, "shape": 3 })),
        15_000,
    );
}

#[test]
fn what_is_written_is_read_back() {
    for form in forms() {
        let model = model(&form);
        assert_eq!(write(&model, false), form);
        assert_eq!(read(Field::new(&write(&model, true), ""), 5), Ok(model));
    }
    let known = json!({ "model": "regions", "places": ["tokyo", "oregon"] });
    assert_eq!(write(&model(&known), true), known);
}

#[test]
fn impossible_models_are_refused() {
    let table = [
        (json!({}), "latency.model: is missing: one of constant"),
        (
            json!({ "model": "unifrom" }),
            "latency.model: unknown latency model \"unifrom\"; did you mean \"uniform\"?",
        ),
        (
            json!({ "model": "constant", "ms": -1 }),
            "latency.ms: must be a number of milliseconds from 0",
        ),
        (
            json!({ "model": "constant", "ms": 1, "mss": 1 }),
            "latency.mss: unknown field",
        ),
        (
            json!({ "model": "uniform", "min_ms": 5, "max_ms": 4 }),
            "latency.max_ms: must be at least min_ms, which is 5 ms, not 4 ms",
        ),
        (
            json!({ "model": "pareto", "min_ms": 5, "shape": 0 }),
            "latency.shape: must be a number from 0.001",
        ),
        (
            json!({ "model": "regions", "places": ["atlantis"] }),
            "latency.round_trip_ms: is missing",
        ),
        (
            json!({ "model": "regions", "places": ["tokyo", "tokyo"] }),
            "latency.places[1]: \"tokyo\" is named twice",
        ),
        (
            json!({ "model": "regions", "places": ["tokyo"], "of": [1] }),
            "latency.of[0]: must be a place or its index",
        ),
        (
            json!({ "model": "regions", "places": ["tokyo"], "round_trip_ms": [[1, 2]] }),
            "latency.round_trip_ms[0]: must have an entry for each of the 1 places",
        ),
        (json!(20), "latency: must be an object, not 20"),
    ];
    for (form, says) in table {
        let refusal = refusal(&form);
        assert!(refusal.starts_with(says), "{refusal}");
    }
}

#[test]
fn a_sketch_shows_nearly_all_messages() {
    for form in forms() {
        let sketch = model(&form).sketch(40);
        let shown: f64 = sketch.iter().map(|(_, share)| share).sum();
        assert!(
            sketch.len() <= 41 && (0.98..=1.01).contains(&shown),
            "{form}: {shown}"
        );
    }
    assert_eq!(model(&forms()[0]).sketch(40)[0].0, Span::from_ms(10));
}
