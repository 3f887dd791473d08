//! Messages of a stretch: each copy from where it was sent to where it came.

use super::Stretch;
pub(super) use crate::space_time::Arrow;
use crate::trace::Event;
use crate::world::World;

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
