//! Events as a table: the fields of the JSON lines, a column each.

use super::{Format, Stretch, arrows};
use crate::problem::Problem;
use crate::trace_json;
use crate::world::World;
use serde_json::Value;

pub(super) const EVENTS_CSV: Format = Format {
    name: "events-csv",
    title: "Events (CSV)",
    says: "Everything that happened, for spreadsheets and notebooks.",
    mime: "text/csv",
    extension: "csv",
    write,
};

/// The columns; new ones are added at the end.
pub(super) const COLUMNS: [&str; 29] = [
    "event",
    "at_ms",
    "node",
    "cause",
    "what",
    "message",
    "kind",
    "from",
    "to",
    "sent_at_ms",
    "reason",
    "view",
    "sequence",
    "digest",
    "value",
    "operation",
    "result",
    "number",
    "timer",
    "until_ms",
    "rule",
    "source",
    "script",
    "promise",
    "witness",
    "alone",
    "piece",
    "suspect",
    "on",
];

fn write(world: &dyn World, stretch: Stretch) -> Result<String, Problem> {
    let mut text = COLUMNS.join(",");
    text.push_str("\r\n");
    for event in arrows::events(world, stretch) {
        let fields = trace_json::event(event, world.scenario().spec);
        let cells = COLUMNS.map(|column| cell(&fields[column]));
        text.push_str(&cells.join(","));
        text.push_str("\r\n");
    }
    Ok(text)
}

/// A value as a cell of a table; nothing for what is absent.
pub(super) fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) if text.contains([',', '"', '\n', '\r']) => {
            format!("\"{}\"", text.replace('"', "\"\""))
        }
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
