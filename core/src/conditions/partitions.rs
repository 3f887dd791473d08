//! Partitions: groups of nodes that do not reach one another.

use crate::protocol::NodeId;
use std::rc::Rc;

const NOWHERE: u8 = u8::MAX;

/// A partition; nodes in none of its groups reach everyone.
#[derive(Clone, Debug, PartialEq)]
pub struct Partition {
    pub(super) order: u32,
    /// The group of each node, by index.
    sides: Rc<[u8]>,
    /// Whether earlier groups still reach later ones.
    one_way: bool,
    /// Whether messages across wait until it ends.
    pub(super) hold: bool,
}

impl Partition {
    /// The most groups that one partition may have.
    pub const MOST_GROUPS: usize = 64;

    /// Parts `groups` in a run of `nodes` nodes.
    ///
    /// With `one_way`, messages from an earlier group to a later one pass; only
    /// those the other way round are cut off.
    #[must_use]
    pub fn new(order: u32, nodes: u16, groups: &[Vec<NodeId>], one_way: bool, hold: bool) -> Self {
        let mut sides = vec![NOWHERE; nodes.into()];
        for (side, group) in groups.iter().enumerate() {
            for node in group {
                if let Some(slot) = sides.get_mut(node.index()) {
                    *slot = side as u8;
                }
            }
        }
        Self {
            order,
            sides: sides.into(),
            one_way,
            hold,
        }
    }

    /// Whether it keeps messages from one node from another.
    pub(super) fn parts(&self, from: NodeId, to: NodeId) -> bool {
        match (self.side(from), self.side(to)) {
            (Some(from), Some(to)) if self.one_way => from > to,
            (Some(from), Some(to)) => from != to,
            _ => false,
        }
    }

    /// A node's group, if it is in one.
    pub(super) fn side(&self, node: NodeId) -> Option<u8> {
        let side = self.sides.get(node.index()).copied();
        side.filter(|side| *side != NOWHERE)
    }
}
