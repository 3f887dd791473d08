//! The signs of a stretch in words, for pictures and texts.

use super::{Stretch, arrows};
use crate::protocol::NodeId;
use crate::space_time::{self, Kind};
use crate::time::Time;
use crate::trace::Event;
use crate::world::World;

/// One sign, in words.
#[derive(Clone, Debug)]
pub(super) struct Sign {
    pub(super) at: Time,
    /// Where; `None` for what concerns all nodes.
    pub(super) node: Option<NodeId>,
    pub(super) kind: Kind,
    /// In a word or a number, for pictures.
    pub(super) word: String,
    /// In a few words.
    pub(super) says: String,
}

/// The signs of a stretch, in the order of their events.
pub(super) fn of(world: &dyn World, stretch: Stretch) -> Vec<Sign> {
    let events = arrows::events(world, stretch).iter();
    events.filter_map(|event| sign(world, event)).collect()
}

/// The sign that an event is worth.
pub(super) fn sign(world: &dyn World, event: &Event) -> Option<Sign> {
    let scenario = world.scenario();
    let sign = space_time::Sign::of(event, scenario)?;
    let (word, says) = space_time::words(event, scenario, world.promises())?;
    Some(Sign {
        at: sign.at,
        node: sign.node,
        kind: sign.kind,
        word,
        says,
    })
}
