//! How a picture of the ring is to be looked at: when, through whose eyes, with what lit.

use crate::geometry::Stroke;
use crate::run::focus::Focus;
use crate::run::knowledge::LastHeard;
use crate::run::present::Present;
use quorumscope_core::protocol::NodeId;
use quorumscope_core::time::Time;

/// How the ring is to be looked at.
#[derive(Clone, Copy, Debug)]
pub struct RingView<'a> {
    /// The instant; messages move between events.
    pub now: Time,
    /// Whether movement is to be avoided.
    pub reduced_motion: bool,
    /// How many simulated microseconds a flash may last.
    pub flash: f64,
    /// What is selected.
    pub focus: Focus,
    /// A line that is being drawn to cut the ring, or to join two nodes.
    pub stroke: Option<Stroke>,
    /// Only what this node knows is shown, with what it has heard of the others; traitors unmarked.
    pub through: Option<(NodeId, &'a [Option<LastHeard>])>,
}

impl RingView<'_> {
    /// Whether a node is shown as it is, and not by what was last heard of it.
    pub(super) fn knows(&self, node: NodeId) -> bool {
        self.through.is_none_or(|(through, _)| through == node)
    }

    /// Whom the node takes for the leader that the stage is seen through.
    pub(super) fn leader(&self, present: &Present) -> Option<NodeId> {
        let (through, _) = self.through?;
        present.actors.get(through.index())?.sketch.leader
    }
}
