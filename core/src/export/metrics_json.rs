//! Metrics as JSON: by what is measured, then by what it is measured of.

use super::{Format, Stretch, metrics};
use crate::problem::Problem;
use crate::world::World;
use serde_json::{Map, Value, json};

pub(super) const METRICS_JSON: Format = Format {
    name: "metrics-json",
    title: "Metrics (JSON)",
    says: "Counts of messages, and how long each answer took, for programs.",
    mime: "application/json",
    extension: "json",
    write,
};

fn write(world: &dyn World, stretch: Stretch) -> Result<String, Problem> {
    Ok(format!("{:#}\n", value(world, stretch)))
}

/// The metrics of a stretch.
pub(super) fn value(world: &dyn World, stretch: Stretch) -> Value {
    let mut metrics = Map::new();
    for (metric, of, value) in metrics::rows(world, stretch) {
        metrics.entry(metric).or_insert_with(|| json!({}))[of] = value;
    }
    Value::Object(metrics)
}
