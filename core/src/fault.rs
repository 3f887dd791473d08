//! What can go wrong, as data: the forms of orders, and how a scenario spells them.
//!
//! A [`Fault`] describes itself: its name, its knobs, what they mean and what it
//! does. Scenario reader, forms on screen, links and tests read this
//! description, so a new fault is one file in `faults/` and its line in the
//! registry. A [`Behaviour`] is the same for what a traitor does.

mod sentence;

use crate::protocol::NodeId;
use crate::time::{Span, Time};
use std::collections::BTreeMap;

pub use crate::conditions::{Conditions, Deed};
pub use sentence::sentence;

/// One thing that can be ordered at an instant.
#[derive(Debug)]
pub struct Fault {
    /// Its name in the script's `do`.
    pub name: &'static str,
    /// A title for menus.
    pub title: &'static str,
    /// What it does to the run, in a sentence.
    pub says: &'static str,
    /// An order of it in a sentence, by its values: see [`sentence`].
    pub tells: fn(&Args) -> &'static str,
    /// Which family it belongs to.
    pub family: Family,
    /// What may be set about it.
    pub knobs: &'static [Knob],
    /// Whether it lasts, so that it may be given an end and be healed.
    pub lasts: bool,
    /// Refuses values that are fine each by itself and do not go together.
    pub check: fn(&Args) -> Result<(), Misfit>,
    /// Carries it out.
    pub apply: fn(&Scope<'_>, &mut Conditions) -> Option<Deed>,
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
    pub(crate) fn new(knob: &'static str, message: impl Into<String>) -> Self {
        Self {
            knob,
            message: message.into(),
        }
    }
}

/// The families of failure, as courses name them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Family {
    /// A node stops, comes back, or says nothing.
    Node,
    /// Messages are lost.
    Omission,
    /// Things take too long.
    Timing,
    /// The network falls apart.
    Partition,
    /// A node lies.
    Byzantine,
    /// Not a failure: a request, or the end of failures.
    Control,
}

/// What a traitor does.
#[derive(Debug)]
pub struct Behaviour {
    /// Its name in the scenario.
    pub name: &'static str,
    /// A title for menus.
    pub title: &'static str,
    /// What the traitor does, in a sentence.
    pub says: &'static str,
    /// What may be set about it.
    pub knobs: &'static [Knob],
    /// Turns the settings into what the simulation carries out.
    pub plan: fn(&Scope<'_>) -> crate::conditions::Treason,
}

/// One thing that may be set about a fault or a behaviour.
#[derive(Clone, Copy, Debug)]
pub struct Knob {
    /// Its field in the scenario.
    pub name: &'static str,
    /// What it takes.
    pub takes: Takes,
    /// Whether it may be left out.
    pub optional: bool,
    /// What it means, and what leaving it out means.
    pub says: &'static str,
}

/// What a knob takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    /// A replica.
    Replica,
    /// A client.
    Client,
    /// Any node.
    Node,
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
    /// One of these names.
    Choice(&'static [&'static str]),
    /// Kinds of message of the protocol, by name.
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
    /// A name out of a list.
    Name(&'static str),
    /// Names out of a list.
    Names(Vec<&'static str>),
    /// Yes or no.
    Flag(bool),
}

/// The values set for a fault, by knob; left-out knobs are absent.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Args(pub BTreeMap<&'static str, Value>);

impl Args {
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

/// What an order may know when it is carried out.
#[derive(Clone, Copy, Debug)]
pub struct Scope<'a> {
    /// Its values.
    pub args: &'a Args,
    /// Its index in the script.
    pub order: u32,
    /// How many replicas there are.
    pub replicas: u16,
    /// How many nodes there are, clients included.
    pub nodes: u16,
    /// The protocol's kinds of message, to turn names into indices.
    pub kinds: &'static [crate::protocol::Kind],
}

impl Scope<'_> {
    /// The named kinds as a bit mask over their indices; all kinds when none is named.
    #[must_use]
    pub fn kind_mask(&self, name: &str) -> u64 {
        let names = self.args.names(name);
        if names.is_empty() {
            return u64::MAX;
        }
        self.mask_of(names)
    }

    /// These kinds as a bit mask over their indices, as far as the protocol has them.
    #[must_use]
    pub fn mask_of(&self, names: &[&str]) -> u64 {
        let bit = |kind: &&str| self.kinds.iter().position(|k| k.name == *kind);
        names
            .iter()
            .filter_map(bit)
            .fold(0, |mask, at| mask | 1 << at)
    }
}

/// An entry of the script: what is done, when, and until when.
#[derive(Clone, Debug)]
pub struct Order {
    /// When it takes effect.
    pub at: Time,
    /// When it is undone, if ever.
    pub until: Option<Time>,
    /// What it is.
    pub fault: &'static Fault,
    /// With which values.
    pub args: Args,
}

impl PartialEq for Order {
    fn eq(&self, other: &Self) -> bool {
        self.at == other.at
            && self.until == other.until
            && self.fault.name == other.fault.name
            && self.args == other.args
    }
}
