//! The marks on the scrubber: what in a run is worth going to.

use crate::view::Lens;
use quorumscope_core::protocol::Claim;
use quorumscope_core::time::Time;
use quorumscope_core::trace::{Event, What};

/// No more ticks than this are drawn.
const MOST_TICKS: usize = 300;

/// A mark: when, and of what kind.
pub type Tick = (Time, &'static str);

/// The marks of a run as far as it was looked through.
#[derive(Default)]
pub struct Marks {
    run: Option<Lens>,
    seen: usize,
    ticks: Vec<Tick>,
}

impl Marks {
    /// The ticks of a run; only what is new is looked through.
    pub fn of(&mut self, lens: &Lens) -> Vec<Tick> {
        let same = self.run.as_ref().is_some_and(|run| run.is(lens));
        lens.chronicle(|chronicle| {
            let events = &chronicle.events;
            if !same || events.len() < self.seen {
                *self = Self {
                    run: Some(lens.clone()),
                    ..Self::default()
                };
            }
            self.ticks
                .extend(events[self.seen..].iter().filter_map(tick));
            self.seen = events.len();
        });
        let every = self.ticks.len().div_ceil(MOST_TICKS).max(1);
        self.ticks.iter().step_by(every).copied().collect()
    }
}

/// Answers, view changes, orders and broken promises.
fn tick(event: &Event) -> Option<Tick> {
    let class = match &event.what {
        What::Claimed(Claim::Answered { .. }) => "answer",
        What::Claimed(Claim::Entered { view }) if *view > 0 => "view",
        What::Ordered(_) if event.at > Time::ZERO => "order",
        What::Broken { .. } => "bad",
        _ => return None,
    };
    Some((event.at, class))
}
