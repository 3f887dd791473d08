//! What in a run is worth a mark: an index over its events that grows as they do.

use crate::run::present::RunReader;
use quorumscope_core::protocol::Claim;
use quorumscope_core::time::Time;
use quorumscope_core::trace::{Event, EventId, What};
use std::ops::Range;

/// No more ticks than this are drawn.
const MOST_TICKS: usize = 300;

/// A mark: when, and of what kind.
pub type Tick = (Time, &'static str);

/// The marks of a run as far as it was looked through.
#[derive(Default)]
pub struct Marks {
    run: Option<RunReader>,
    seen: usize,
    ticks: Vec<Tick>,
    /// Orders, new rounds, broken promises: few, and worth a mark from any distance.
    rare: Vec<EventId>,
    /// What a node asserts, timers that run out, losses.
    common: Vec<EventId>,
}

impl Marks {
    /// Looks through what is new in a run, or through another run from its beginning.
    pub fn look(&mut self, reader: &RunReader) {
        let same = self.run.as_ref().is_some_and(|run| run.is(reader));
        reader.chronicle(|chronicle| {
            let events = &chronicle.events;
            if !same || events.len() < self.seen {
                *self = Self {
                    run: Some(reader.clone()),
                    ..Self::default()
                };
            }
            for event in &events[self.seen..] {
                self.ticks.extend(tick(event));
                match weight(&event.what) {
                    Some(Weight::Rare) => self.rare.push(event.id),
                    Some(Weight::Common) => self.common.push(event.id),
                    None => {}
                }
            }
            self.seen = events.len();
        });
    }

    /// The ticks of the scrubber.
    #[must_use]
    pub fn ticks(&self) -> Vec<Tick> {
        let every = self.ticks.len().div_ceil(MOST_TICKS).max(1);
        self.ticks.iter().step_by(every).copied().collect()
    }

    /// The marked events from `first` up to `after`: the rare ones, and some of the others, `most` at most of each.
    pub fn within(
        &self,
        first: EventId,
        after: EventId,
        most: usize,
    ) -> impl Iterator<Item = EventId> + '_ {
        let range = move |list: &'_ [EventId]| {
            let from = list.partition_point(|id| *id < first);
            let to = list.partition_point(|id| *id < after);
            from..to
        };
        let (rare, common) = (range(&self.rare), range(&self.common));
        some(&self.rare, rare, most)
            .chain(some(&self.common, common, most))
            .copied()
    }
}

/// At most `most` evenly spaced entries of a part of a list; an entry that is chosen in one part is chosen in any other of the same length.
pub fn some<T>(list: &[T], stretch: Range<usize>, most: usize) -> impl Iterator<Item = &T> {
    let every = stride(stretch.len(), most);
    let first = stretch.start.next_multiple_of(every);
    (first..stretch.end)
        .step_by(every)
        .map(|index| &list[index])
}

/// Every how many of `count` there are `most` at most: a power of two, so that what is shown stays as one zooms.
#[must_use]
pub fn stride(count: usize, most: usize) -> usize {
    count.div_ceil(most.max(1)).max(1).next_power_of_two()
}

enum Weight {
    Rare,
    Common,
}

fn weight(what: &What) -> Option<Weight> {
    match what {
        What::Ordered(_) | What::Lifted(_) | What::Broken { .. } => Some(Weight::Rare),
        What::Claimed(Claim::Entered { .. }) => Some(Weight::Rare),
        What::Claimed(_) | What::TimerFired { .. } | What::Dropped(..) => Some(Weight::Common),
        _ => None,
    }
}

/// Answers, new rounds, orders, their ends, and broken promises.
fn tick(event: &Event) -> Option<Tick> {
    let class = match &event.what {
        What::Claimed(Claim::Answered { .. }) => "answer",
        What::Claimed(Claim::Entered { round, .. }) if *round > 0 => "view",
        What::Ordered(_) if event.at > Time::ZERO => "order",
        What::Lifted(_) => "lifted",
        What::Broken { .. } => "bad",
        _ => return None,
    };
    Some((event.at, class))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::run::session::Session;
    use quorumscope_core::presets;

    #[test]
    fn few_of_many_are_the_same_from_wherever_one_looks() {
        let list: Vec<u64> = (0..10_000).collect();
        let wide: Vec<u64> = some(&list, 0..10_000, 100).copied().collect();
        let moved: Vec<u64> = some(&list, 37..10_000, 100).copied().collect();
        assert!(wide.len() <= 100);
        assert_eq!(wide[1..], moved);
    }

    #[test]
    fn what_is_rare_is_marked_however_much_else_happens() {
        let preset = presets::find("crashed-primary").expect("a preset");
        let mut session = Session::open(&preset.scenario());
        session.explore(&mut || true);
        let mut marks = Marks::default();
        marks.look(&session.reader());
        let shown: Vec<EventId> = marks.within(0, u64::MAX, 8).collect();
        let crashes = session.reader().chronicle(|chronicle| {
            let order = |event: &&Event| matches!(event.what, What::Ordered(_));
            chronicle.events.iter().find(order).map(|event| event.id)
        });
        assert!(shown.contains(&crashes.expect("the crash")));
        assert!(shown.len() <= 16);
        let every: Vec<EventId> = marks.within(0, u64::MAX, usize::MAX).collect();
        assert!(every.len() > 50);
    }
}
