//! Metrics as a table of three columns, ready for pivoting.

use super::events_csv::cell;
use super::{Format, Stretch, metrics};
use crate::problem::Problem;
use crate::world::World;
use serde_json::Value;

pub(super) const METRICS_CSV: Format = Format {
    name: "metrics-csv",
    title: "Metrics (CSV)",
    says: "Counts of messages, and how long each answer took, for spreadsheets.",
    mime: "text/csv",
    extension: "csv",
    write,
};

fn write(world: &dyn World, stretch: Stretch) -> Result<String, Problem> {
    let mut text = String::from("metric,of,value\r\n");
    for (metric, of, value) in metrics::rows(world, stretch) {
        let of = cell(&Value::String(of));
        text.push_str(&format!("{metric},{of},{}\r\n", cell(&value)));
    }
    Ok(text)
}
