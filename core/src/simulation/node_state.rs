//! A node as the engine knows it, whatever it runs.

use crate::conditions::ByzantinePlan;
use crate::protocol::NodeId;
use crate::time::{Span, Time};
use crate::trace::EventId;
use std::rc::Rc;

/// What the world has done to one node.
#[derive(Clone, Debug)]
pub(super) struct NodeState {
    pub(super) up: bool,
    /// Whether it was restarted with less than it had.
    pub(super) stale: bool,
    /// How many copies of it there are: 1, or one for each camp that a traitor deceives.
    pub(super) faces: u8,
    /// When it went down last, and how often it did.
    pub(super) down_since: Time,
    pub(super) crashes: u32,
    /// How long it was down before it came up last.
    pub(super) was_down: Span,
    /// The event of its last crash: what was sent before is lost on the way.
    pub(super) crashed: EventId,
    /// What it does as a traitor, if it is one.
    pub(super) byzantine: Option<Rc<ByzantinePlan>>,
    /// How many steps it has taken: the name of what it draws.
    pub(super) steps: u64,
    /// For a client: requests of the workload still to be made.
    pub(super) to_ask: u32,
    /// For a client: whether a request of a closed workload was due while it was down.
    pub(super) missed: bool,
    /// For a client: the request whose answer lets the workload go on.
    pub(super) awaited: u32,
}

impl NodeState {
    pub(super) const fn new(to_ask: u32) -> Self {
        Self {
            up: true,
            stale: false,
            faces: 1,
            down_since: Time::ZERO,
            crashes: 0,
            was_down: Span::ZERO,
            crashed: 0,
            byzantine: None,
            steps: 0,
            to_ask,
            missed: false,
            awaited: 0,
        }
    }

    /// It goes down with this event; one that is down already does with a later one.
    pub(super) fn goes_down(&mut self, now: Time, event: EventId) {
        if self.up {
            self.down_since = now;
            self.crashes += 1;
        }
        self.up = false;
        self.crashed = event;
    }

    /// It runs again.
    pub(super) fn comes_up(&mut self, now: Time) {
        self.was_down = self.down(now);
        self.up = true;
    }

    /// How long it has been down so far in all.
    pub(super) fn down(&self, now: Time) -> Span {
        match self.up {
            true => self.was_down,
            false => self.was_down + now.since(self.down_since),
        }
    }
}

/// Which faces of a traitor hear a sender.
pub(super) fn hears(camps: Option<&[u8]>, from: NodeId, face: u8, no_camp: u8) -> bool {
    match camps.map(|camps| camps[from.index()]) {
        None => true,
        Some(camp) => camp == no_camp || camp == face,
    }
}
