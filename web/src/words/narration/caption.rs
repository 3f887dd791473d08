//! Which line is the caption, and for how long: a reader needs time, and a broken promise more of it.

use super::{Line, Narrator, Tone};
use crate::ui::Level;
use quorumscope_core::promise::Standing;
use quorumscope_core::time::Time;
use quorumscope_core::trace::What;

/// The least milliseconds of wall time for which a line stays while time runs.
const READ_MS: f64 = 1_200.0;
/// The milliseconds for which a broken promise stays before the next one, and before anything else.
const NEXT_BREAK_MS: f64 = 2_200.0;
const BREAK_MS: f64 = 6_000.0;

/// The caption as it goes on.
#[derive(Clone, Debug, Default)]
pub struct Teller {
    line: Option<Line>,
    /// When it came up, in wall time.
    since: f64,
    /// The last event that was told.
    told: Option<u64>,
    /// Until when the breaks of promises are told.
    breaks: Option<(Time, u8)>,
    /// Whether the line is about a broken promise.
    held: bool,
}

impl Teller {
    /// The present line.
    #[must_use]
    pub const fn line(&self) -> Option<&Line> {
        self.line.as_ref()
    }

    /// Time goes on by itself: takes up another line if the present one was to be read.
    ///
    /// `recent` are the last lines, newest last; `broken` the first breaks of promises so far, in their order.
    pub fn go_on(&mut self, wall: f64, recent: &[Line], broken: &[Broken]) {
        let shown = (wall - self.since).max(0.0);
        let next = broken.iter().find(|b| Some(b.order()) > self.breaks);
        let patience = match (self.held, next.is_some()) {
            (false, true) => 0.0,
            (true, true) => NEXT_BREAK_MS,
            (true, false) => BREAK_MS,
            (false, false) => READ_MS,
        };
        if self.line.is_some() && shown < patience {
            return self.grow(recent);
        }
        if let Some(broken) = next {
            self.breaks = Some(broken.order());
            self.held = true;
            return self.show(wall, Some(broken.line.clone()));
        }
        let told = self.told;
        let untold = |line: &&Line| told.is_none_or(|told| line.id > told);
        // What somebody did to the run is not passed over; else the newest counts, for the picture goes on.
        let ordered = |line: &&Line| untold(line) && line.tone == Tone::Order;
        let ordered = recent.iter().find(ordered);
        let next = ordered.or(recent.last()).cloned();
        if next.as_ref().map(|line| line.id) != self.line.as_ref().map(|line| line.id) {
            self.held = false;
            self.show(wall, next);
        }
    }

    /// Time was moved by hand, or stands: the newest line it is.
    pub fn jump(&mut self, wall: f64, newest: Option<Line>, broken: &[Broken]) {
        self.breaks = broken.last().map(Broken::order);
        self.held = false;
        self.told = None;
        self.show(wall, newest);
    }

    fn show(&mut self, wall: f64, line: Option<Line>) {
        self.since = wall;
        self.told = line.as_ref().map(|line| line.id).max(self.told);
        self.line = line;
    }

    /// More did the same.
    fn grow(&mut self, recent: &[Line]) {
        let shown = self.line.as_ref().map(|line| line.id);
        if let Some(line) = recent.iter().find(|line| Some(line.id) == shown) {
            self.line = Some(line.clone());
        }
    }
}

/// The first break of a promise.
#[derive(Clone, Debug)]
pub struct Broken {
    /// Index of the promise.
    pub promise: u8,
    /// How grave it is that it broke.
    pub gravity: u8,
    /// How the caption tells it.
    pub line: Line,
}

impl Broken {
    fn order(&self) -> (Time, u8) {
        (self.line.at, self.promise)
    }
}

/// The promises that are broken by now, each with its first break, in the order in which they broke.
#[must_use]
pub fn broken(narrator: &Narrator<'_>) -> Vec<Broken> {
    let all = narrator.promises.iter().enumerate();
    let mut found: Vec<Broken> = all
        .filter_map(|(index, promise)| {
            let line = first_break(narrator, index as u8, promise)?;
            Some(Broken {
                promise: index as u8,
                gravity: promise.promise.gravity,
                line,
            })
        })
        .collect();
    found.sort_by_key(Broken::order);
    found
}

/// The event at which a promise broke first, told; progress has none, for it is judged from outside.
fn first_break(narrator: &Narrator<'_>, index: u8, promise: &Standing) -> Option<Line> {
    let at = promise.witnesses.first()?.at;
    let events = narrator.events();
    let from = events.partition_point(|event| event.at < at);
    let mut at_once = events[from..].iter().take_while(|event| event.at == at);
    let is = |what: &What| matches!(what, What::Broken { promise, .. } if *promise == index);
    narrator.tell(at_once.find(|event| is(&event.what))?, Level::First)
}

/// The break to be reminded of: that of the gravest promise, and of several the first.
#[must_use]
pub fn gravest(broken: &[Broken]) -> Option<&Broken> {
    broken.iter().rev().max_by_key(|broken| broken.gravity)
}

#[cfg(test)]
mod tests;
