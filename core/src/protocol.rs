//! The sans-I/O contract between a protocol and whatever runs it.
//!
//! A protocol is a state machine: it is handed an [`Input`], changes its own
//! state, and leaves [`Effect`]s behind. The reading of its clock and its chance
//! are handed to it as a [`Moment`], and it does no I/O, so it can be replayed, cloned and run in two copies at once.
//!
//! Signatures are modelled by types. A [`Stamp`] (who sent this message) is
//! made by the simulation alone; a [`Signed`] body is made with the signer's own
//! [`Seat`]; a set of [`Voters`] grows only by stamps. So a certificate cannot be
//! forged, only left out, whoever writes the protocol.

use crate::cast::Cast;
use crate::knob::Args;
use crate::rng::{Rng, below};
use crate::spec::Spec;
use crate::time::Span;
use serde::Serialize;
use std::fmt::{self, Debug};
use std::rc::Rc;

pub use crate::portrait::{Cell, Portrait, Sketch, value_name};
pub use crate::voters::Voters;
pub use seat::{Seat, Signed, Stamp};

mod seat;

/// A node of the run: replicas are 0..n, clients come after them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct NodeId(pub u16);

impl NodeId {
    /// This node's place in lists of nodes.
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

impl fmt::Display for NodeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

/// One operation of one client: its name is `c<client>#<number>`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Op {
    /// The client that asks.
    pub client: NodeId,
    /// Its timestamp: rises with each request of that client, from 1.
    pub number: u32,
    /// Whether it only reads.
    pub read: bool,
    /// What is to be done: index into [`Spec::verbs`].
    #[serde(skip)]
    pub verb: u8,
    /// What it is about, where operations have keys.
    #[serde(skip)]
    pub key: u32,
    /// How long it keeps a machine of usual speed busy, where operations are work.
    #[serde(skip)]
    pub work: Span,
    /// Chance that comes with it: who must choose for it mixes this with what it chooses for.
    #[serde(skip)]
    pub ticket: u64,
}

impl Op {
    /// A plain operation, for tests and for what needs no more.
    #[must_use]
    pub const fn plain(client: NodeId, number: u32, read: bool) -> Self {
        Self {
            client,
            number,
            read,
            verb: read as u8,
            key: 0,
            work: Span::ZERO,
            ticket: 0,
        }
    }
}

impl fmt::Display for Op {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "c{}#{}", self.client, self.number)
    }
}

/// What one message is about, in numbers that every protocol has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Label {
    /// View, round or term.
    pub view: u32,
    /// Sequence number or slot; for a client's request, its number.
    pub sequence: u64,
    /// Digest of the value it speaks for; 0 is the null request or none.
    pub digest: u64,
}

/// What the numbers of a [`Label`] mean beside a kind of message or a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum About {
    /// A client's request: the sequence number is its number among that client's.
    Request,
    /// A sequence number in a view.
    Number,
    /// All that was executed up to a sequence number, whatever the view.
    State,
    /// A view, and no sequence number.
    View,
}

/// A kind of message, as screens and reports name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Kind {
    /// Its name in reports, such as `pre-prepare`.
    pub name: &'static str,
    /// Its name in sentences, such as `PRE-PREPARE`.
    pub title: &'static str,
    /// One of them in a sentence: `a PRE-PREPARE`.
    pub one: &'static str,
    /// The letter that stands for it on screen.
    pub letter: char,
    /// What it does, in a sentence that starts with a verb.
    pub story: &'static str,
    /// What it is about.
    pub about: About,
    /// What it means that it is sent, told to a newcomer; empty if that is not worth telling.
    ///
    /// A template of [`say`](crate::say::say): `{who}` are the senders and `{to}` the recipients, but
    /// for those who send to all others; `{slot}` and `{round}` are the numbers and `{value}` is
    /// what stands there, if that is known.
    pub news: &'static str,
}

impl Kind {
    /// A kind whose sending is not told to newcomers.
    #[must_use]
    pub const fn new(name: &'static str, letter: char, about: About, story: &'static str) -> Self {
        Self {
            name,
            title: name,
            one: name,
            letter,
            story,
            about,
            news: "",
        }
    }
}

/// A message of a protocol.
pub trait Message: Clone + Debug + 'static {
    /// Its kind, an index into [`Protocol::KINDS`].
    fn kind(&self) -> usize;
    /// What it is about.
    fn label(&self) -> Label;
    /// All that it says, for those who read it.
    fn contents(&self) -> serde_json::Value;
    /// This message as a line without a checksum would deliver it: changed by `bits`.
    ///
    /// `None` if no change of it could pass for a message at all, as by default.
    fn garbled(&self, _bits: u64) -> Option<Self> {
        None
    }
    /// Who asks for the operation that it asks for or passes on, if it does either.
    fn asker(&self) -> Option<NodeId> {
        None
    }
    /// The operations behind the digest of its label, if it brings them.
    fn value(&self) -> Option<&Rc<[Op]>> {
        None
    }
}

/// A rule of a protocol, in the words of its source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Rule {
    /// A short name that never changes, such as `prepared`.
    pub name: &'static str,
    /// What a node did by it: a template of [`say`](crate::say::say), whose `{who}` is the node;
    /// `{slot}`, `{round}` and `{op}` are what it is about.
    pub says: &'static str,
    /// Paper and section.
    pub source: &'static str,
    /// What it is about.
    pub about: About,
    /// Whether a newcomer is told; then `{who}` may be several.
    pub news: bool,
}

/// What a node may be handed.
#[derive(Debug)]
pub enum Input<'a, P: Protocol> {
    /// The node begins, or begins again after a restart.
    Start,
    /// A message arrived.
    Message {
        /// Who sent it.
        from: Stamp,
        /// What it says; shared with its other recipients.
        msg: &'a P::Msg,
    },
    /// A timer that was set and not cancelled ran out.
    Timer(P::Timer),
    /// A client is asked to have this executed.
    Request(Op),
    /// A piece of work that was left with [`Out::work`] is done.
    Done(P::Timer),
    /// Something happens at the node by order: it sends to `to`, or to nobody.
    Event {
        /// The recipient.
        to: Option<NodeId>,
    },
}

/// What a node is handed with each input beside it: the reading of its own clock, and chance.
///
/// No node sees true time. Chance is drawn in the name of the node and of the
/// count of its steps, so a fault elsewhere changes none of it.
#[derive(Clone, Copy, Debug)]
pub struct Moment {
    local: i64,
    rng: Rng,
    node: NodeId,
    step: u64,
}

impl Moment {
    /// The moment of a node's step of this number.
    pub(crate) const fn new(local: i64, rng: Rng, node: NodeId, step: u64) -> Self {
        Self {
            local,
            rng,
            node,
            step,
        }
    }

    /// The reading of the node's own clock, in microseconds; negative before its zero.
    #[must_use]
    pub const fn local(&self) -> i64 {
        self.local
    }

    /// The `k`-th 64 random bits of this step.
    #[must_use]
    pub const fn bits(&self, k: u32) -> u64 {
        self.rng.draw(self.node.0 as u32, k, self.step)
    }

    /// A span from `least` to `most`, evenly, drawn as the `k`-th of this step.
    #[must_use]
    pub const fn between(&self, least: Span, most: Span, k: u32) -> Span {
        let width = most.0.saturating_sub(least.0).saturating_add(1);
        Span(least.0 + below(self.bits(k), width))
    }
}

/// To whom a message goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum To {
    /// One node; to the sender itself it is lost.
    One(NodeId),
    /// All nodes of the role of this index but the sender.
    Role(u8),
    /// These nodes but the sender.
    These(Rc<[NodeId]>),
}

/// What of a machine a piece of work takes; each serves its pieces in the order in which they came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resource {
    /// One of its cores.
    Core,
    /// Its disk.
    Disk,
}

impl<P: Protocol> Clone for Input<'_, P> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<P: Protocol> Copy for Input<'_, P> {}

/// What a node leaves behind after a step, in order.
#[derive(Clone, Debug)]
pub enum Effect<P: Protocol> {
    /// One message, in one copy for each recipient.
    Send(To, P::Msg),
    /// Start, or start again, this timer.
    SetTimer(P::Timer, Span),
    /// Stop this timer, if it runs.
    CancelTimer(P::Timer),
    /// A piece of work that keeps a resource of usual speed busy so long.
    Work(P::Timer, Span, Resource),
    /// Something that promises are held against.
    Claim(Claim),
    /// The rule that made the step, and what it was applied to.
    Because(&'static Rule, Label),
}

/// A fact about itself that a node asserts; promises judge the honest ones.
///
/// What is told of a run is told from these, so each carries all that its sentence needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Claim {
    /// It got so far with a slot.
    Reached {
        /// Index into [`Spec::stages`].
        stage: u8,
        /// The slot, and the value there.
        label: Label,
        /// How many nodes vouch for it, itself included.
        votes: u32,
    },
    /// It executed the value at a slot: no operations means null.
    Applied {
        /// Round in which it was decided, slot, digest.
        label: Label,
        /// What was executed, in order.
        ops: Rc<[Op]>,
        /// The results, in the same order.
        results: Vec<u64>,
    },
    /// It took over the state at a slot instead of executing up to it.
    TookOver {
        /// Last slot that the state contains, and the state's digest.
        label: Label,
    },
    /// It has lost what it executed after this slot.
    RolledBack {
        /// The last slot that still stands.
        to: u64,
    },
    /// It gave up its round for this later one.
    GaveUp {
        /// The round that it asks for.
        round: u32,
        /// Whether its own time ran out; else it joined others.
        alone: bool,
    },
    /// It works in this round now.
    Entered {
        /// The round.
        round: u32,
        /// Whom it takes for its leader, if there is one.
        leader: Option<NodeId>,
    },
    /// It accepted the result of an operation that it asked for.
    Answered {
        /// The operation.
        op: Op,
        /// The result it accepted.
        result: u64,
        /// How many nodes gave it that result.
        by: u32,
        /// Whether they may have given it before the operation is executed for good.
        early: bool,
    },
    /// It is done with an operation that it asked for, without its answer.
    Failed {
        /// The operation.
        op: Op,
        /// Whether it took a default in place of the answer; else it gave up.
        degraded: bool,
    },
    /// It did the work of an operation.
    Worked {
        /// The operation.
        op: Op,
    },
    /// It takes a node for faulty from now on, or no longer.
    Suspects {
        /// The node.
        node: NodeId,
        /// Whether it suspects it.
        on: bool,
    },
}

/// Where a protocol's effects are collected; one is used again and again.
#[derive(Clone, Debug)]
pub struct Out<P: Protocol>(Vec<Effect<P>>);

impl<P: Protocol> Default for Out<P> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<P: Protocol> Out<P> {
    /// Sends `msg` to one node.
    pub fn send(&mut self, to: NodeId, msg: P::Msg) {
        self.0.push(Effect::Send(To::One(to), msg));
    }

    /// Sends `msg` to each node of the first role but the sender.
    pub fn multicast(&mut self, msg: P::Msg) {
        self.0.push(Effect::Send(To::Role(0), msg));
    }

    /// Sends `msg` to whom `to` names.
    pub fn send_to(&mut self, to: To, msg: P::Msg) {
        self.0.push(Effect::Send(to, msg));
    }

    /// Leaves a piece of work to the machine; [`Input::Done`] says that it is done.
    pub fn work(&mut self, piece: P::Timer, span: Span, on: Resource) {
        self.0.push(Effect::Work(piece, span, on));
    }

    /// Starts `timer`, again if it runs.
    pub fn set_timer(&mut self, timer: P::Timer, span: Span) {
        self.0.push(Effect::SetTimer(timer, span));
    }

    /// Stops `timer`.
    pub fn cancel_timer(&mut self, timer: P::Timer) {
        self.0.push(Effect::CancelTimer(timer));
    }

    /// Asserts a fact about the node itself.
    pub fn claim(&mut self, claim: Claim) {
        self.0.push(Effect::Claim(claim));
    }

    /// Names the rule that made this step.
    pub fn because(&mut self, rule: &'static Rule, label: Label) {
        self.0.push(Effect::Because(rule, label));
    }

    /// The effects so far.
    #[must_use]
    pub fn effects(&self) -> &[Effect<P>] {
        &self.0
    }

    /// Whether the step left nothing behind, as most do.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Takes the effects out, in order.
    pub fn drain(&mut self) -> std::vec::Drain<'_, Effect<P>> {
        self.0.drain(..)
    }
}

/// What a restarted node finds on its disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// All that it had written.
    Everything,
    /// All but its last so many writes.
    AllBut(u32),
    /// The last image of this name that it had kept, such as a checkpoint.
    Image(&'static str),
    /// An empty disk.
    Nothing,
}

/// A protocol: one state machine for replicas and clients alike.
pub trait Protocol: Clone + Debug + 'static {
    /// Its messages.
    type Msg: Message;
    /// Its timers, by name.
    type Timer: Copy + Ord + Debug + 'static;
    /// Its settings, typed once when a run begins.
    type Settings: Clone + Debug + 'static;
    /// All that readers, menus, pictures and tests need of it.
    const SPEC: &'static Spec;

    /// The settings of a scenario, whose defaults are filled in.
    fn settings(args: &Args, cast: &Cast) -> Self::Settings;

    /// The node at `seat`, before it has seen anything.
    fn new(seat: Seat<Self::Settings>) -> Self;

    /// The one transition.
    fn step(&mut self, input: Input<'_, Self>, moment: &Moment, out: &mut Out<Self>);

    /// The node as its disk brings it back.
    #[must_use]
    fn rebooted(&self, kept: Kept) -> Self;

    /// What a screen shows of every node at once.
    fn sketch(&self) -> Sketch;

    /// All that an observer may see of one node; by default no more than its sketch.
    fn portrait(&self) -> Portrait {
        Portrait {
            sketch: self.sketch(),
            ..Portrait::default()
        }
    }

    /// How a timer, or a piece of work, is called on screen.
    fn timer_name(timer: Self::Timer) -> &'static str;

    /// What a traitor sends to `to` in place of `msg`: nobody's voice but its own.
    ///
    /// An empty answer withholds the message. `bits` are chance, or a number that was set about the
    /// lie. The default lets it pass.
    fn lie(&self, _lie: &str, msg: &Self::Msg, _to: NodeId, _bits: u64) -> Vec<Self::Msg> {
        vec![msg.clone()]
    }

    /// Another message that a traitor could sign in place of `msg`, by the name of the choice.
    fn alternative(&self, _choice: &str, _msg: &Self::Msg) -> Option<Self::Msg> {
        None
    }

    /// The step of a second copy that tells other camps another genuine story.
    ///
    /// The default tells the same one.
    fn step_as_twin(&mut self, input: Input<'_, Self>, moment: &Moment, out: &mut Out<Self>) {
        self.step(input, moment, out);
    }

    /// The timer whose running out makes a traitor disturb the others, if any.
    fn provocation() -> Option<Self::Timer> {
        None
    }
}
