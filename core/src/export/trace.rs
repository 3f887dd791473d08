//! A recorded trace: its scenario and its hash on the first line, then everything that happened.
//!
//! `recorded` reads it again and holds it against a replay.

use super::{Format, Stretch, events_jsonl};
use crate::link::ENGINE;
use crate::problem::Problem;
use crate::report::trace_hash;
use crate::world::World;
use serde_json::json;

pub(super) const TRACE: Format = Format {
    name: "trace",
    title: "Recorded trace (JSON lines)",
    says: "The scenario and everything that happened; opened again, it is held against a replay.",
    mime: "application/jsonl",
    extension: "jsonl",
    write,
};

fn write(world: &dyn World, stretch: Stretch) -> Result<String, Problem> {
    let head = json!({ "engine": ENGINE, "scenario": world.scenario().to_value(),
        "events": world.events(), "trace_hash": trace_hash(world) });
    let events = events_jsonl::write(world, stretch)?;
    Ok(format!("{head}\n{events}"))
}
