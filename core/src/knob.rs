//! What may be set about anything: a fault, a behaviour of traitors, a system, a workload.
//!
//! A [`Knob`] describes one field: its name, what it takes, what it means, and
//! what holds where it is left out. Readers, writers, forms, query links,
//! random scenarios and shrinking loop over knobs, so a new one is a line.

use crate::protocol::NodeId;
use crate::time::Span;
use litemap::LiteMap;

/// One thing that may be set.
#[derive(Clone, Copy, Debug)]
pub struct Knob {
    /// Its field in the scenario.
    pub name: &'static str,
    /// What forms call it; empty where they call it by its name.
    pub title: &'static str,
    /// What it means, and what leaving it out means.
    pub says: &'static str,
    /// What it takes.
    pub takes: Takes,
    /// What holds where it is left out.
    pub usual: Usual,
    /// Why nothing is promised where it is true; empty where theory stands.
    pub breaks: &'static str,
}

impl Knob {
    /// One that must be given.
    #[must_use]
    pub const fn required(name: &'static str, takes: Takes, says: &'static str) -> Self {
        Self {
            name,
            title: "",
            says,
            takes,
            usual: Usual::Required,
            breaks: "",
        }
    }

    /// One that may be left out.
    #[must_use]
    pub const fn optional(name: &'static str, takes: Takes, says: &'static str) -> Self {
        Self {
            name,
            title: "",
            says,
            takes,
            usual: Usual::Nothing,
            breaks: "",
        }
    }

    /// One with a title and a value that holds where it is left out.
    #[must_use]
    pub const fn setting(
        name: &'static str,
        title: &'static str,
        says: &'static str,
        takes: Takes,
        usual: Usual,
    ) -> Self {
        Self {
            name,
            title,
            says,
            takes,
            usual,
            breaks: "",
        }
    }

    /// A flag that makes another protocol, which promises nothing: a lesson in what is left out.
    #[must_use]
    pub const fn breaking(
        name: &'static str,
        title: &'static str,
        says: &'static str,
        breaks: &'static str,
    ) -> Self {
        Self {
            breaks,
            ..Self::setting(name, title, says, Takes::Flag, Usual::Flag(false))
        }
    }

    /// Whether it must be given.
    #[must_use]
    pub const fn must(&self) -> bool {
        matches!(self.usual, Usual::Required)
    }

    /// The value that holds where it is left out beside `args`, if any does.
    #[must_use]
    pub fn default(&self, args: &Args) -> Option<Value> {
        match self.usual {
            Usual::Required | Usual::Nothing => None,
            Usual::Number(number) => Some(Value::Number(number)),
            Usual::Ms(ms) => Some(Value::Span(Span::from_ms(ms))),
            Usual::Flag(flag) => Some(Value::Flag(flag)),
            Usual::Name(name) => Some(Value::Name(name)),
            Usual::Of(from) => Some(from(args)),
        }
    }
}

/// What holds where a knob is left out.
#[derive(Clone, Copy, Debug)]
pub enum Usual {
    /// It may not be left out.
    Required,
    /// Its absence has a meaning of its own, which the knob says.
    Nothing,
    /// This number.
    Number(i64),
    /// So many milliseconds.
    Ms(u64),
    /// Yes or no.
    Flag(bool),
    /// This name.
    Name(&'static str),
    /// A value that follows from those before it.
    Of(fn(&Args) -> Value),
}

/// Which nodes may be named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Among {
    /// Any node.
    Any,
    /// Those whose role can be corrupted.
    Corruptible,
    /// Those of them that serve.
    Serving,
    /// Those whose role asks for operations.
    Asking,
}

/// What a knob takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    /// A node of these.
    Node(Among),
    /// Any node; `null` for all.
    NodeOrAll,
    /// A list of different nodes.
    Nodes,
    /// Lists of nodes.
    Groups,
    /// Milliseconds with up to three decimals.
    Span,
    /// The same, more than zero.
    Period,
    /// A whole number within bounds.
    Number {
        /// Least.
        min: i64,
        /// Most.
        max: i64,
    },
    /// Whole numbers within bounds, one or several.
    Numbers {
        /// Least.
        min: i64,
        /// Most.
        max: i64,
    },
    /// So many of the nodes that do not ask, from 1 to all of them; `null` leaves it out.
    Votes,
    /// One of these names.
    Choice(&'static [&'static str]),
    /// One of the choices that the system offers a traitor who is told what to send.
    Answer,
    /// What a disk brings back: `everything`, `stale`, an image that the system keeps, `nothing`.
    Disk,
    /// Kinds of message of the system, by name.
    Kinds,
    /// A behaviour of a traitor, by name, with that behaviour's own knobs beside it.
    Behaviour,
    /// True or false.
    Flag,
}

/// A value that was set, checked already.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// One node.
    Node(NodeId),
    /// Some nodes, or groups of one kind.
    Nodes(Vec<NodeId>),
    /// Groups of nodes.
    Groups(Vec<Vec<NodeId>>),
    /// A length of time.
    Span(Span),
    /// A number.
    Number(i64),
    /// Numbers, at least one.
    Numbers(Vec<i64>),
    /// A name out of a list.
    Name(&'static str),
    /// Names out of a list.
    Names(Vec<&'static str>),
    /// Yes or no.
    Flag(bool),
}

/// Values by knob; left-out knobs are absent unless a default was filled in.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Args(pub LiteMap<&'static str, Value>);

impl Args {
    /// Puts the default of `knob` in where nothing is set and a default holds.
    pub fn fill(&mut self, knob: &Knob) {
        if !self.0.contains_key(knob.name)
            && let Some(value) = knob.default(self)
        {
            self.0.insert(knob.name, value);
        }
    }

    /// The node under `name`; `None` when absent, which stands for all where all is meant.
    #[must_use]
    pub fn node(&self, name: &str) -> Option<NodeId> {
        match self.0.get(name) {
            Some(Value::Node(node)) => Some(*node),
            _ => None,
        }
    }

    /// The span under `name`.
    #[must_use]
    pub fn span(&self, name: &str) -> Option<Span> {
        match self.0.get(name) {
            Some(Value::Span(span)) => Some(*span),
            _ => None,
        }
    }

    /// The number under `name`.
    #[must_use]
    pub fn number(&self, name: &str) -> Option<i64> {
        match self.0.get(name) {
            Some(Value::Number(number)) => Some(*number),
            _ => None,
        }
    }

    /// The numbers under `name`; none when absent.
    #[must_use]
    pub fn numbers(&self, name: &str) -> &[i64] {
        match self.0.get(name) {
            Some(Value::Numbers(numbers)) => numbers,
            _ => &[],
        }
    }

    /// The name under `name`.
    #[must_use]
    pub fn name(&self, name: &str) -> Option<&'static str> {
        match self.0.get(name) {
            Some(Value::Name(value)) => Some(value),
            _ => None,
        }
    }

    /// The flag under `name`; false when absent.
    #[must_use]
    pub fn flag(&self, name: &str) -> bool {
        matches!(self.0.get(name), Some(Value::Flag(true)))
    }

    /// The names under `name`; none when absent.
    #[must_use]
    pub fn names(&self, name: &str) -> &[&'static str] {
        match self.0.get(name) {
            Some(Value::Names(names)) => names,
            _ => &[],
        }
    }

    /// The nodes under `name`; none when absent.
    #[must_use]
    pub fn nodes(&self, name: &str) -> &[NodeId] {
        match self.0.get(name) {
            Some(Value::Nodes(nodes)) => nodes,
            _ => &[],
        }
    }

    /// The groups under `name`; none when absent.
    #[must_use]
    pub fn groups(&self, name: &str) -> &[Vec<NodeId>] {
        match self.0.get(name) {
            Some(Value::Groups(groups)) => groups,
            _ => &[],
        }
    }
}

/// The defaults of these knobs.
#[must_use]
pub fn filled(knobs: &[Knob]) -> Args {
    let mut args = Args::default();
    knobs.iter().for_each(|knob| args.fill(knob));
    args
}

/// The values with one of them changed, or as usual for `None`; what was as usual beside it stays so.
#[must_use]
pub fn with(knobs: &[Knob], args: &Args, name: &'static str, value: Option<Value>) -> Args {
    let mut changed = args.clone();
    let follows = |knob: &&Knob| args.0.get(knob.name) == knob.default(args).as_ref();
    for knob in knobs
        .iter()
        .filter(|knob| knob.name == name || follows(knob))
    {
        changed.0.remove(knob.name);
    }
    changed.0.extend(value.map(|value| (name, value)));
    knobs.iter().for_each(|knob| changed.fill(knob));
    changed
}

/// A value that does not go with the others: which one, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misfit {
    /// The knob.
    pub knob: &'static str,
    /// What would be right.
    pub message: String,
}

impl Misfit {
    /// Says of a knob what would be right.
    #[must_use]
    pub fn new(knob: &'static str, message: impl Into<String>) -> Self {
        Self {
            knob,
            message: message.into(),
        }
    }
}
