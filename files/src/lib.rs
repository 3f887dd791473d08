//! Writes a run as a file: a wasm module of its own, which the page loads only for those who want one.
//!
//! A run is a pure function of its scenario, so the scenario is all that the page hands over.

use quorumscope_core::export::{Stretch, export, find};
use quorumscope_core::scenario::Scenario;
use quorumscope_core::time::Time;
use quorumscope_core::world::open;
use wasm_bindgen::prelude::wasm_bindgen;

/// A longer run is not written from a page, which would stand still meanwhile.
const MOST_EVENTS: u64 = 3_000_000;

/// Runs a scenario document and writes the stretch between two instants in microseconds.
///
/// Returns the file's ending, its MIME type and its text.
///
/// # Errors
/// Says in words what is refused, and why.
#[wasm_bindgen]
pub fn write(document: &str, format: &str, from: f64, to: f64) -> Result<Vec<String>, String> {
    let scenario = Scenario::parse(document).map_err(|problem| problem.to_string())?;
    let format = find(format).ok_or_else(|| format!("no format {format}"))?;
    let stretch = Stretch {
        from: Time(from as u64),
        to: Time(to as u64),
    };
    let mut world = open(&scenario);
    world.record(true);
    while !world.run_until(stretch.to, 1 << 16) {
        if world.events() > MOST_EVENTS {
            return Err("span: holds too many events for a page; end it earlier".into());
        }
    }
    let text = export(format, world.as_ref(), stretch).map_err(|problem| problem.to_string())?;
    Ok(vec![format.extension.into(), format.mime.into(), text])
}
