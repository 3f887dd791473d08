//! What leaves a recorded run as a file: one file for each format, and its line here.
//!
//! Every export is a pure function of what the chronicle holds and of a stretch
//! of time, so the page and the command line write the same bytes.

use crate::problem::Problem;
use crate::time::Time;
use crate::world::World;

mod arrows;
mod events_csv;
mod events_jsonl;
mod mermaid;
mod metrics;
mod metrics_csv;
mod metrics_json;
mod names;
mod scenario;
mod shiviz;
mod signs;
mod space_time;
mod tikz;
mod trace;

pub use space_time::escape;

/// Every format, in the order of menus.
pub const ALL: &[&Format] = &[
    &space_time::SVG,
    &mermaid::MERMAID,
    &tikz::TIKZ,
    &events_csv::EVENTS_CSV,
    &events_jsonl::EVENTS_JSONL,
    &metrics_csv::METRICS_CSV,
    &metrics_json::METRICS_JSON,
    &shiviz::SHIVIZ,
    &trace::TRACE,
    &scenario::SCENARIO,
];

/// The names of all formats, for those who do not write them.
pub const NAMES: [&str; 10] = [
    "svg",
    "mermaid",
    "tikz",
    "events-csv",
    "events-jsonl",
    "metrics-csv",
    "metrics-json",
    "shiviz",
    "trace",
    "scenario",
];

/// The format of this name.
#[must_use]
pub fn find(name: &str) -> Option<&'static Format> {
    ALL.iter().copied().find(|format| format.name == name)
}

/// A form in which a run, or a stretch of it, can be handed on.
#[derive(Clone, Copy, Debug)]
pub struct Format {
    /// Its name on the command line.
    pub name: &'static str,
    /// A title for menus.
    pub title: &'static str,
    /// What it is good for, in a sentence.
    pub says: &'static str,
    /// Its MIME type.
    pub mime: &'static str,
    /// How the names of such files end.
    pub extension: &'static str,
    /// Writes it.
    pub write: fn(&dyn World, Stretch) -> Result<String, Problem>,
}

/// A stretch of a run, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// Its first instant.
    pub from: Time,
    /// Its last.
    pub to: Time,
}

impl Stretch {
    /// From the beginning on, for ever.
    pub const ALL: Self = Self {
        from: Time::ZERO,
        to: Time::NEVER,
    };

    /// Whether an instant lies in it.
    #[must_use]
    pub fn holds(self, at: Time) -> bool {
        self.from <= at && at <= self.to
    }

    /// The part of it of which something is known: up to the last event, or the present.
    fn known(self, world: &dyn World) -> Self {
        let last = world.chronicle().events.last();
        let known = last.map_or(Time::ZERO, |event| event.at).max(world.now());
        Self {
            from: self.from.min(known),
            to: self.to.min(known).max(self.from.min(known)),
        }
    }
}

/// Writes a stretch of a run that was recorded from its beginning.
///
/// # Errors
/// Says in words if nothing was recorded, or if the stretch is too long for this format.
pub fn export(format: &Format, world: &dyn World, stretch: Stretch) -> Result<String, Problem> {
    if stretch.from > stretch.to {
        let message = format!(
            "must not end ({}) before it begins ({})",
            stretch.to, stretch.from
        );
        return Err(Problem::new("span", message));
    }
    (format.write)(world, stretch.known(world))
}

/// Refuses more than a format can carry, and says how far it would reach.
fn at_most(most: usize, what: &str, instants: &[Time], stretch: Stretch) -> Result<(), Problem> {
    let Some(first_too_many) = instants.get(most) else {
        return Ok(());
    };
    let message = format!(
        "from {} to {} holds {} {what}, and at most {most} can be written: end it before {}",
        stretch.from,
        stretch.to,
        instants.len(),
        first_too_many
    );
    Err(Problem::new("span", message))
}

#[cfg(test)]
mod tests;
