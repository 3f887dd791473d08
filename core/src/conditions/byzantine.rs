//! What a traitor does, in a form that fits every protocol.

use crate::protocol::NodeId;
use crate::time::Span;

/// What a traitor does, in a form that fits every protocol.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ByzantinePlan {
    /// What happens to packets that it sends, first match first.
    pub rules: Vec<ByzantineRule>,
    /// The camps that it tells different stories, if it has two faces or more.
    ///
    /// An empty list stands for two halves of the honest replicas: only the
    /// simulation knows who is honest.
    pub camps: Option<Vec<Vec<NodeId>>>,
    /// Makes its disturbing timer run out this often.
    pub provoke: Option<Span>,
    /// Acts as if it had not heard what this node asks for.
    pub ignores: Option<NodeId>,
}

/// What a traitor does with some of its packets.
#[derive(Clone, Debug, PartialEq)]
pub struct ByzantineRule {
    /// Recipients concerned; empty means all.
    pub to: Vec<NodeId>,
    /// Mask of the kinds concerned.
    pub kinds: u64,
    /// In how many of a thousand cases.
    pub per_mille: u32,
    /// What it does with them.
    pub act: ByzantineAct,
}

/// The lies and delays of a traitor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ByzantineAct {
    /// Sends nothing.
    Withhold,
    /// Sends it later.
    Delay(Span),
    /// Sends it, and again after this time.
    Replay(Span),
    /// Sends what the protocol's own lie of this name makes of it.
    Lie(&'static str),
    /// The same, where the lie is handed this number in place of chance.
    LieWith(&'static str, u64),
    /// Waits to be told what to send.
    Await,
}
