//! Messages of a stretch: each copy from where it was sent to where it came.

use super::Stretch;
use crate::time::Time;
use crate::trace::{DropReason, Event, Transit, What};
use crate::world::World;

/// One copy of a message and what became of it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Arrow {
    pub(super) transit: Transit,
    /// When it arrived or was lost.
    pub(super) ended: Time,
    /// Why it was lost, if it was.
    pub(super) lost: Option<DropReason>,
}

impl Arrow {
    /// The arrow that an event is the end of.
    pub(super) fn of(event: &Event) -> Option<Self> {
        let (transit, lost) = match &event.what {
            What::Delivered(transit) => (transit, None),
            What::Dropped(transit, reason) => (transit, Some(*reason)),
            _ => return None,
        };
        Some(Self {
            transit: *transit,
            ended: event.at,
            lost,
        })
    }
}

/// The events of a stretch.
pub(super) fn events(world: &dyn World, stretch: Stretch) -> &[Event] {
    let events = &world.chronicle().events;
    let first = events.partition_point(|event| event.at < stretch.from);
    let after = events.partition_point(|event| event.at <= stretch.to);
    &events[first..after.max(first)]
}

/// The messages that ended in a stretch, in the order in which they did.
pub(super) fn ended(world: &dyn World, stretch: Stretch) -> Vec<Arrow> {
    let arrows = events(world, stretch).iter().filter_map(Arrow::of);
    arrows.collect()
}

/// The messages that were under way at some instant of a stretch.
pub(super) fn seen(world: &dyn World, stretch: Stretch) -> Vec<Arrow> {
    let events = &world.chronicle().events;
    let first = events.partition_point(|event| event.at < stretch.from);
    let arrows = events[first..].iter().filter_map(Arrow::of);
    let seen = arrows.filter(|arrow| arrow.transit.sent <= stretch.to);
    seen.collect()
}
