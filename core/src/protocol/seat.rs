//! A node's place in the cluster, and what only it can sign.

use super::NodeId;
use crate::cast::Cast;
use crate::quorum::Quorums;
use crate::scenario::Scenario;
use crate::workload::Effort;
use std::rc::Rc;

/// The authenticated sender of a message: proof that it said what it said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp(NodeId);

impl Stamp {
    /// Only the simulation stamps senders, and a seat its own votes.
    pub(crate) const fn new(sender: NodeId) -> Self {
        Self(sender)
    }

    /// Who sent it.
    #[must_use]
    pub const fn sender(self) -> NodeId {
        self.0
    }
}

/// A body with its author's signature; anyone may pass it on, nobody may alter it.
#[derive(Clone, Debug)]
pub struct Signed<T> {
    by: NodeId,
    body: Rc<T>,
}

impl<T> Signed<T> {
    /// Who signed it.
    #[must_use]
    pub const fn by(&self) -> NodeId {
        self.by
    }

    /// What was signed.
    #[must_use]
    pub fn body(&self) -> &T {
        &self.body
    }
}

/// A node's place in the cluster, and what it is told about it.
#[derive(Clone, Debug)]
pub struct Seat<S> {
    id: NodeId,
    /// Who takes part.
    pub cast: Cast,
    /// Sizes that count as enough.
    pub quorums: Quorums,
    /// The system's settings from the scenario.
    pub settings: S,
    /// What the work of operations is drawn from, for parts of one that are drawn apart.
    pub effort: Effort,
    #[cfg(feature = "flaws")]
    flaw: Option<&'static str>,
}

impl<S> Seat<S> {
    /// A seat for node `id` in a run of `scenario`; the simulation hands out one each.
    pub(crate) fn new(id: NodeId, scenario: &Scenario, settings: S) -> Self {
        Self {
            id,
            cast: scenario.cast,
            quorums: scenario.votes(),
            settings,
            effort: Effort::new(&scenario.workload),
            #[cfg(feature = "flaws")]
            flaw: scenario.flaw,
        }
    }

    /// The seat of node `id` among so many nodes of the first role, for tests of one node alone.
    #[cfg(test)]
    pub(crate) fn among(id: u16, nodes: u16, settings: S) -> Self {
        let usual = Scenario::default();
        let scenario = Scenario {
            cast: usual.cast.with(0, nodes),
            ..usual
        };
        Self::new(NodeId(id), &scenario, settings)
    }

    /// The node that sits here.
    #[must_use]
    pub const fn id(&self) -> NodeId {
        self.id
    }

    /// The stamp under this node's own votes.
    #[must_use]
    pub const fn stamp(&self) -> Stamp {
        Stamp(self.id)
    }

    /// Signs a body in this node's name.
    #[must_use]
    pub fn sign<T>(&self, body: T) -> Signed<T> {
        Signed {
            by: self.id,
            body: Rc::new(body),
        }
    }

    /// Whether the protocol is to make this mistake here; never outside of tests.
    #[cfg(feature = "flaws")]
    #[must_use]
    pub fn flawed(&self, name: &str) -> bool {
        self.flaw == Some(name)
    }

    /// Whether the protocol is to make this mistake here; never outside of tests.
    #[cfg(not(feature = "flaws"))]
    #[must_use]
    #[inline]
    pub const fn flawed(&self, _name: &str) -> bool {
        false
    }

    /// Whether this node does more than ask.
    #[must_use]
    pub const fn serves(&self) -> bool {
        !self.cast.is_client(self.id)
    }
}
