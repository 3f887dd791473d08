//! The words that all parts of the page share: what can be pointed at, chosen, opened and told.
//!
//! It uses nothing but the core, so every folder may use it.

use quorumscope_core::protocol::NodeId;
use quorumscope_core::trace::{EventId, MessageId};

/// Something to point at, in every view alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// A node.
    Node(NodeId),
    /// One copy of a message: to this recipient.
    Message(MessageId, NodeId),
    /// A slot at a node.
    Cell(NodeId, u64),
    /// A moment: something that happened.
    Event(EventId),
    /// The way from one node to another.
    Link(NodeId, NodeId),
}

/// What one step is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// The next thing that happens at all.
    Event,
    /// The next time a node gets further: a claim of its.
    Phase,
    /// The next execution or accepted answer.
    Decision,
}

/// Which way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// To what comes.
    On,
    /// To what was.
    Back,
}

/// The side panels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Panel {
    /// What the run is made of.
    Setup,
    /// What happened.
    Log,
    /// What is selected.
    Inspect,
    /// Named scenarios.
    Presets,
    /// What can be done to the run.
    Break,
}

impl Panel {
    /// All panels, by the names that addresses know them by.
    pub const ALL: [(&'static str, Self); 5] = [
        ("setup", Self::Setup),
        ("break", Self::Break),
        ("story", Self::Log),
        ("inspect", Self::Inspect),
        ("gallery", Self::Presets),
    ];
}

/// What lies below the stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deck {
    /// The space-time diagram.
    SpaceTime,
    /// Nodes by slots.
    Ledger,
    /// Nothing.
    Shut,
    /// The diagram and the ledger, side by side.
    Both,
}

impl Deck {
    /// Whether this is shown, alone or beside the other.
    #[must_use]
    pub fn has(self, part: Self) -> bool {
        self == part || self == Self::Both && part != Self::Shut
    }
}

/// A part of the page that may be out of sight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The stage.
    Stage,
    /// The side panel.
    Panel,
}

/// The dialogs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialog {
    /// Links and frames to hand out.
    Share,
    /// Files of the run, out and in.
    Files,
    /// Keys and reading aids.
    Help,
}

/// How much the narration says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// The story.
    First,
    /// With the messages and the rules.
    Course,
    /// Everything, with sections of the paper.
    Paper,
}

/// Light or dark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    /// Dark ink on paper.
    Light,
    /// The other way.
    Dark,
}

/// The pictures that can be drawn on, dragged and pinched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Picture {
    /// The ring of nodes.
    Ring,
    /// The space-time diagram.
    Diagram,
}

/// What a finger, pen or mouse does on a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Touch {
    /// It comes down.
    Down,
    /// It moves while it is down.
    Move,
    /// It is lifted.
    Up,
    /// The browser took it for something of its own.
    Lost,
}

/// A mark of the span that play goes round and round in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Here it begins.
    In,
    /// Here it ends.
    Out,
    /// The next of: begin here, end here, forget it.
    Next,
    /// There is none.
    Clear,
}

/// Something to tell the user above everything else, with a way out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Whether something went wrong.
    pub bad: bool,
    /// What to say.
    pub text: String,
    /// Whether starting over with the default run is the way out.
    pub offer_default: bool,
}
