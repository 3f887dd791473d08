//! The core as a wasm module for Node, so that its runs can be compared with native ones.

use quorumscope_core::report::report;
use quorumscope_core::scenario::Scenario;
use quorumscope_core::time::Time;
use quorumscope_core::{presets, world};
use wasm_bindgen::prelude::wasm_bindgen;

/// Runs a scenario document to its end and returns the report, as `quorumscope run` prints it.
///
/// # Errors
/// The document is refused.
#[wasm_bindgen]
pub fn run(document: &str) -> Result<String, String> {
    let scenario = Scenario::parse(document).map_err(|problem| problem.to_string())?;
    let mut world = world::open(&scenario);
    while !world.run_until(Time::NEVER, 1 << 20) {}
    Ok(format!("{:#}", report(world.as_ref())))
}

/// The documents of all presets.
#[wasm_bindgen]
#[must_use]
pub fn presets() -> Vec<String> {
    let documents = presets::ALL.iter().map(|preset| preset.document);
    documents.map(String::from).collect()
}

/// Runs a scenario document to its end: how many messages were sent, and nothing else.
///
/// # Errors
/// The document is refused.
#[wasm_bindgen]
pub fn messages(document: &str) -> Result<f64, String> {
    let scenario = Scenario::parse(document).map_err(|problem| problem.to_string())?;
    let mut world = world::open(&scenario);
    while !world.run_until(Time::NEVER, u64::MAX) {}
    Ok(world.stats().total_sent() as f64)
}
