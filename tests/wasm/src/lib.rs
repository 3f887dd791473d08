//! The core as a wasm module for Node, so that its runs can be compared with native ones.

use quorumscope_core::fault::Fault;
use quorumscope_core::report::report;
use quorumscope_core::scenario::Scenario;
use quorumscope_core::time::Time;
use quorumscope_core::{faults, presets, systems, world};
use wasm_bindgen::prelude::wasm_bindgen;

/// Runs a scenario document to its end and returns the report, as `quorumscope run` prints it.
///
/// # Errors
/// The document is refused.
#[wasm_bindgen]
pub fn run(document: &str) -> Result<String, String> {
    systems::add(quorumscope_echo::SYSTEM);
    let scenario = Scenario::parse(document).map_err(|problem| problem.to_string())?;
    let mut world = world::open(&scenario);
    while !world.run_until(Time::NEVER, 1 << 20) {}
    Ok(format!("{:#}", report(world.as_ref())))
}

/// The documents of all presets.
#[wasm_bindgen]
#[must_use]
pub fn presets() -> Vec<String> {
    let documents = presets::known().into_iter().map(|preset| preset.document);
    documents.map(String::from).collect()
}

/// The names of all systems, one of them from outside the core.
#[wasm_bindgen]
#[must_use]
pub fn systems() -> Vec<String> {
    systems::add(quorumscope_echo::SYSTEM);
    let known = systems::known().into_iter();
    known.map(|spec| spec.name.into()).collect()
}

/// The names of all that traitors can do in a system.
#[wasm_bindgen]
#[must_use]
pub fn behaviours(system: &str) -> Vec<String> {
    let offered = systems::find(system).map_or(&[][..], |spec| spec.behaviours);
    offered.iter().map(|one| one.name.into()).collect()
}

/// The names of all that can be ordered in a system.
#[wasm_bindgen]
#[must_use]
pub fn faults(system: &str) -> Vec<String> {
    let fits = |fault: &&&Fault| systems::find(system).is_some_and(|spec| (fault.fits)(spec));
    let fitting = faults::ALL.iter().filter(fits);
    fitting.map(|fault| fault.name.into()).collect()
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
