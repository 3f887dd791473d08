//! Files of a run, out and in: a wasm module of its own, which the page loads only for those who want one.
//!
//! A run is a pure function of its scenario, so the scenario is all that the page hands over.

pub mod film;

pub mod hand;

pub mod picture;

mod reel;

use qrcodegen::{QrCode, QrCodeEcc};
use quorumscope_core::export::{Stretch, export, find};
use quorumscope_core::recorded::{self, MOST_EVENTS};
use quorumscope_core::scenario::Scenario;
use quorumscope_core::time::Time;
use quorumscope_core::world::open;
use std::fmt::Write;
use wasm_bindgen::prelude::wasm_bindgen;

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

/// Reads a scenario or a recorded run, which it holds against its replay.
///
/// Returns the scenario document; whether the replay is the same (`true`, `false`, or nothing
/// for a scenario alone); how it compares, in words; the first event that differs.
///
/// # Errors
/// Says in words what cannot be read, and where it stands.
#[wasm_bindgen]
pub fn read(text: &str, present: &str) -> Result<Vec<String>, String> {
    let words = |problem: quorumscope_core::problem::Problem| problem.to_string();
    let present = Scenario::parse(present).map_err(words)?;
    let found = recorded::read(text, &present).map_err(words)?;
    let mut told = vec![found.scenario.to_value().to_string()];
    if let Some(verdict) = found.verdict {
        let event = verdict.event.map(|event| event.to_string());
        told.extend([
            verdict.same.to_string(),
            verdict.says,
            event.unwrap_or_default(),
        ]);
    }
    Ok(told)
}

/// A text as a QR code: the side in modules, and the dark ones as the path of an SVG.
///
/// # Errors
/// Refuses what is too long for any QR code.
#[wasm_bindgen]
pub fn qr(text: &str) -> Result<Vec<String>, String> {
    let code = QrCode::encode_text(text, QrCodeEcc::Low).map_err(|_| {
        format!(
            "{} letters are too many: a QR code holds at most 2,953",
            text.len()
        )
    })?;
    let mut path = String::new();
    for y in 0..code.size() {
        for x in (0..code.size()).filter(|x| code.get_module(*x, y)) {
            let _ = write!(path, "M{x} {y}h1v1h-1z");
        }
    }
    Ok(vec![code.size().to_string(), path])
}
