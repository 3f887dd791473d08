//! What the engine asks of the nodes, without knowing which protocol they run.
//!
//! The engine is compiled once. Whatever depends on a protocol's own types (states,
//! bodies of messages, names of timers) lies behind [`Nodes`] and is known by number.

use super::Run;
use crate::protocol::{Kept, Label, NodeId, Op, Portrait, Sketch};
use crate::trace::EventId;
use serde_json::Value;
use std::rc::Rc;

/// One twin of one node: who speaks, who hears. Twin 0 is the node itself.
pub(super) type Speaker = (NodeId, u8);

/// The body of a message: its number, and what the engine reads of it.
///
/// A number is good until [`Nodes::discard`], and may be given to another body then.
#[derive(Clone, Copy, Debug)]
pub(super) struct Body {
    pub(super) number: u32,
    pub(super) kind: u8,
    pub(super) label: Label,
}

/// What a node is handed beside messages.
#[derive(Clone, Copy, Debug)]
pub(super) enum Handed {
    /// The node begins, or begins again after a restart.
    Start,
    /// The timer of this number ran out.
    Timer(u32),
    /// The timer that disturbs the others runs out, though it was not set.
    EarlyTimer,
    /// A client is asked to have this executed.
    Request(Op),
    /// The piece of work of this number is done.
    Done(u32),
    /// Something happens by order: the node sends to this one, or to nobody.
    Event(Option<NodeId>),
}

/// The nodes of one run, and the bodies of their messages under way.
pub(super) trait Nodes {
    /// The same nodes in the same states.
    fn copied(&self) -> Box<dyn Nodes>;

    /// One twin takes a step on a message, by the number of its body; else as [`Nodes::step`].
    fn deliver(&mut self, run: &mut Run, who: Speaker, from: NodeId, body: u32, cause: EventId);

    /// One twin takes a step; what the step leaves behind is carried out by `run`, caused by event `cause`.
    fn step(&mut self, run: &mut Run, who: Speaker, handed: Handed, cause: EventId);

    /// A node comes back as its disk brings it back, its twins too, and no timer runs.
    fn reboot(&mut self, node: NodeId, kept: Kept);

    /// Makes a node `faces` copies of itself, whatever twins there were.
    fn set_faces(&mut self, node: NodeId, faces: u8);

    /// The timers that run for the node itself, by name.
    fn running(&self, node: NodeId) -> Vec<u32>;

    /// Another twin has set the timer of number `like` as number `number`.
    fn timer_copied(&mut self, who: Speaker, like: u32, number: u32);

    /// All timers of a node were stopped.
    fn timers_stopped(&mut self, node: NodeId);

    /// Another body that says the same.
    fn copy(&mut self, body: &Body) -> Body;

    /// Forgets a body.
    fn discard(&mut self, body: u32);

    /// What a line without a checksum makes of a body; `None` if nothing that could pass for one.
    fn garbled(&mut self, body: u32, bits: u64) -> Option<Body>;

    /// What a traitor sends in place of a body, by the name of the lie.
    fn lies(&mut self, who: Speaker, lie: &str, body: u32, to: NodeId, bits: u64) -> Vec<Body>;

    /// What a traitor could send in place of a body, by the name of the choice.
    fn alternative(&mut self, who: Speaker, choice: &str, body: u32) -> Option<Body>;

    /// Whether there is an alternative of this name.
    fn offers(&self, node: NodeId, choice: &str, body: u32) -> bool;

    /// The name of the timer whose running out makes a traitor disturb the others, if there is one.
    fn early_timer(&self) -> Option<&'static str>;

    /// Who asks for the operation that a body passes on, if it does.
    fn asker(&self, body: u32) -> Option<NodeId>;

    /// The operations behind the digest of a body's label, if it brings them.
    fn value(&self, body: u32) -> Option<Rc<[Op]>>;

    /// What a body says, for those who read it.
    fn contents(&self, body: u32) -> Option<Value>;

    /// The short form of a node's state.
    fn sketch(&self, node: NodeId) -> Sketch;

    /// All that can be seen of a node's state.
    fn portrait(&self, node: NodeId) -> Portrait;

    /// About how many bytes a copy of all this takes.
    fn bytes(&self) -> usize;
}
