//! Events as lines of JSON, as `quorumscope run --trace` prints them.

use super::{Format, Stretch, arrows};
use crate::problem::Problem;
use crate::trace_json;
use crate::world::World;

pub(super) const EVENTS_JSONL: Format = Format {
    name: "events-jsonl",
    title: "Events (JSON lines)",
    says: "Everything that happened, for programs.",
    mime: "application/jsonl",
    extension: "jsonl",
    write,
};

pub(super) fn write(world: &dyn World, stretch: Stretch) -> Result<String, Problem> {
    let events = arrows::events(world, stretch).iter();
    let line = |event| format!("{}\n", trace_json::event(event, world.scenario().spec));
    Ok(events.map(line).collect())
}
