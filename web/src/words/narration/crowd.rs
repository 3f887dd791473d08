//! Who does something alike: one node, or several that are told in one breath.

use super::Cast;
use crate::text::name;
use quorumscope_core::protocol::NodeId;
use quorumscope_core::trace::{Event, Recipients, What};

/// No more nodes than this are called by their numbers.
const MOST_NAMED: usize = 6;

/// Some nodes, and whom they turn to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Crowd {
    /// Who does it, in the order of their numbers.
    pub(super) nodes: Vec<NodeId>,
    /// To whom, if not to all.
    pub(super) to: Vec<NodeId>,
}

impl Crowd {
    /// Whoever an event is about.
    pub(super) fn of(event: &Event) -> Self {
        let mut crowd = Self::default();
        crowd.join(event);
        crowd
    }

    /// One more, who did the same.
    pub(super) fn join(&mut self, event: &Event) {
        add(&mut self.nodes, event.node);
        match event.what {
            What::Sent {
                to: Recipients::One(to),
                ..
            } => add(&mut self.to, to),
            What::Dropped(passage, _) => add(&mut self.to, passage.to),
            _ => {}
        }
    }

    /// The ending of a verb: `s` for one.
    pub(super) fn ending(&self) -> &'static str {
        if self.nodes.len() == 1 { "s" } else { "" }
    }

    /// The same after an `o`.
    pub(super) fn es(&self) -> &'static str {
        if self.nodes.len() == 1 { "es" } else { "" }
    }
}

fn add(list: &mut Vec<NodeId>, node: NodeId) {
    if let Err(place) = list.binary_search(&node) {
        list.insert(place, node);
    }
}

impl Cast<'_> {
    /// `Replica 1`, or `Replicas 1, 2 and 3`.
    pub(super) fn names(&self, nodes: &[NodeId]) -> String {
        let replicas = usize::from(self.scenario.servers());
        let [first, .., last] = nodes else {
            let only = nodes.first().copied().unwrap_or_default();
            return name(only, replicas);
        };
        if first.index() < replicas && last.index() >= replicas {
            let all: Vec<String> = nodes.iter().map(|node| name(*node, replicas)).collect();
            return all.join(", ");
        }
        let shown = match nodes.len() {
            ..=MOST_NAMED => nodes.len() - 1,
            _ => MOST_NAMED - 2,
        };
        let numbers: Vec<String> = nodes[..shown].iter().map(ToString::to_string).collect();
        let rest = match nodes.len() - shown {
            1 => last.to_string(),
            more => format!("{more} more"),
        };
        let what = if first.index() < replicas {
            "Replicas"
        } else {
            "Clients"
        };
        format!("{what} {} and {rest}", numbers.join(", "))
    }
}
