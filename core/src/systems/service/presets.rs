//! The presets of a service: one file for each story, most with its other side.

use crate::presets::Preset;

mod broken;
mod doors;
mod more;
mod providers;
mod queues;
mod rush;
mod storm;
mod tail;

/// In the order of the gallery.
pub(super) const ALL: &[&Preset] = &[
    &doors::FOUR_TILLS,
    &doors::ONE_DOOR,
    &doors::DOOR_FALLS,
    &doors::TWO_DOORS,
    &queues::UP,
    &queues::OUT,
    &queues::FOUR_QUEUES,
    &queues::TWO_LOOKS,
    &queues::OLD_AND_NEW,
    &queues::BY_SPEED,
    &more::WORSE,
    &more::FOUR,
    &storm::STORM,
    &storm::ONE_ATTEMPT,
    &storm::SHORT_QUEUE,
    &storm::BUDGET,
    &rush::RUSH_HOUR,
    &tail::SLOWEST,
    &tail::HEDGED,
    &providers::NOT_MINE,
    &providers::DEFAULT,
    &providers::BREAKER,
    &providers::SECOND,
    &broken::ALWAYS,
    &broken::OFTEN,
    &broken::SELDOM,
];
