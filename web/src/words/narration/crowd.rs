//! Who does something alike: one node, or several that are told in one breath.

use quorumscope_core::protocol::NodeId;
use quorumscope_core::trace::{Event, Recipients, What};

/// Some nodes, and whom they turn to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Crowd {
    /// Who does it, in the order of their numbers.
    pub(super) nodes: Vec<NodeId>,
    /// To whom, in the order of their numbers; nobody if to all others.
    pub(super) to: Vec<NodeId>,
}

impl Crowd {
    /// Whoever these events are about.
    pub(super) fn of(events: &[&Event]) -> Self {
        let mut crowd = Self::default();
        for event in events {
            crowd.nodes.push(event.node);
            match &event.what {
                What::Sent {
                    to: Recipients::One(to),
                    ..
                } => crowd.to.push(*to),
                What::Sent {
                    to: Recipients::These(some),
                    ..
                } => crowd.to.extend(some.iter()),
                What::Dropped(transit, _) => crowd.to.push(transit.to),
                _ => {}
            }
        }
        for list in [&mut crowd.nodes, &mut crowd.to] {
            list.sort_unstable();
            list.dedup();
        }
        crowd
    }
}
