//! Messages that cause work are numbered on their way, as by TCP: a copy that the network or a
//! traitor sends again is not taken twice.

use super::numbers::Numbers;
use crate::protocol::NodeId;

/// The lines between a node and the others.
#[derive(Clone, Debug, Default)]
pub(super) struct Lines {
    /// How many messages went to each node.
    sent: Vec<u32>,
    /// Which numbers came from each.
    heard: Vec<Numbers>,
}

impl Lines {
    /// The number of the next message to a node.
    pub(super) fn next(&mut self, to: NodeId) -> u32 {
        let sent = at(&mut self.sent, to);
        *sent += 1;
        *sent - 1
    }

    /// Whether a message of this number comes from a node for the first time.
    pub(super) fn hears(&mut self, from: NodeId, number: u32) -> bool {
        at(&mut self.heard, from).insert(number)
    }

    /// The lines after a restart: numbers that were given are not given again.
    pub(super) fn rebooted(&self) -> Self {
        Self {
            sent: self.sent.clone(),
            heard: Vec::new(),
        }
    }
}

/// The entry of a node, made where there is none yet.
fn at<T: Clone + Default>(list: &mut Vec<T>, node: NodeId) -> &mut T {
    if node.index() >= list.len() {
        list.resize(node.index() + 1, T::default());
    }
    &mut list[node.index()]
}
