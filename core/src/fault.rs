//! What can go wrong, as data: the forms of orders, and how a scenario spells them.
//!
//! A [`Fault`] describes itself: its name, its knobs, what they mean and what it
//! does. Scenario reader, forms on screen, links and tests read this
//! description, so a new fault is one file in `faults/` and its line in the
//! registry. A [`Behaviour`] is the same for what a traitor does.

mod sentence;

use crate::cast::Cast;
use crate::knob::{Among, Args, Knob, Misfit};
use crate::protocol::NodeId;
use crate::spec::Spec;
use crate::time::Time;

pub use crate::conditions::{Conditions, NodeAction};
pub use sentence::{Sending, sentence};

/// One thing that can be ordered at an instant.
#[derive(Debug)]
pub struct Fault {
    /// Its name in the script's `do`.
    pub name: &'static str,
    /// A title for menus.
    pub title: &'static str,
    /// What it does to the run, in a sentence.
    pub says: &'static str,
    /// An order of it, by its values: a template of [`say`](crate::say::say), whose fields are the
    /// knobs; [`sentence`] says which others there are.
    pub tells: fn(&Args) -> &'static str,
    /// That such an order is over; empty if it does not last.
    pub ends: fn(&Args) -> &'static str,
    /// Which family it belongs to.
    pub family: Family,
    /// What may be set about it.
    pub knobs: &'static [Knob],
    /// Whether it lasts, so that it may be given an end and be healed.
    pub lasts: bool,
    /// Whether it can do anything to a system; readers refuse it and menus hide it where it cannot.
    pub fits: fn(&Spec) -> bool,
    /// Refuses values that are fine each by itself and do not go together.
    pub check: fn(&Args) -> Result<(), Misfit>,
    /// Carries it out.
    pub apply: fn(&Scope<'_>, &mut Conditions) -> Option<NodeAction>,
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
    /// Who can do it, of those that can be corrupted.
    pub by: Among,
    /// What may be set about it.
    pub knobs: &'static [Knob],
    /// Turns the settings into what the simulation carries out.
    pub plan: fn(&Scope<'_>) -> crate::conditions::ByzantinePlan,
}

/// What an order may know when it is carried out.
#[derive(Clone, Copy, Debug)]
pub struct Scope<'a> {
    /// Its values.
    pub args: &'a Args,
    /// Its index in the script.
    pub order: u32,
    /// Who takes part.
    pub cast: &'a Cast,
    /// When it is carried out.
    pub now: Time,
    /// The system that runs, to turn names into indices.
    pub spec: &'static Spec,
}

impl Scope<'_> {
    /// The named kinds as a bit mask over their indices; all kinds when none is named.
    #[must_use]
    pub fn kind_mask(&self, name: &str) -> u64 {
        match self.args.names(name) {
            [] => u64::MAX,
            names => self.spec.mask_of(names),
        }
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

impl Order {
    /// What it makes `node` do as a traitor, if it does.
    #[must_use]
    pub fn corrupts(&self, node: NodeId) -> Option<&'static str> {
        let behaviour = self.args.name("behaviour")?;
        (self.args.node("node") == Some(node)).then_some(behaviour)
    }
}

impl PartialEq for Order {
    fn eq(&self, other: &Self) -> bool {
        self.at == other.at
            && self.until == other.until
            && self.fault.name == other.fault.name
            && self.args == other.args
    }
}
