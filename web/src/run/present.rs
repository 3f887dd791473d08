//! The run at one instant, as plain values, and a way to read the rest of it.

use quorumscope_core::cast::Cast;
use quorumscope_core::chronicle::{Chronicle, IdleOrders};
use quorumscope_core::conditions::Impairment;
use quorumscope_core::outlook::Outlook;
use quorumscope_core::promise::Standing;
use quorumscope_core::protocol::{Kind, NodeId, Portrait, Sketch};
use quorumscope_core::spec::Spec;
use quorumscope_core::stats::Stats;
use quorumscope_core::time::Time;
use quorumscope_core::trace::{DropReason, Transit};
use quorumscope_core::world::{Awaited, Condition, InFlight, World};
use std::cell::RefCell;
use std::fmt;
use std::rc::Rc;

/// More messages under way than this are drawn as dots without letters or trails, and left in no order.
pub const DENSE: usize = 260;

/// A node as it is now.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Actor {
    /// Which node.
    pub id: NodeId,
    /// The letter of its role.
    pub letter: char,
    /// Whether it does nothing but ask.
    pub client: bool,
    /// What it is doing.
    pub sketch: Sketch,
    /// What the world does to it.
    pub condition: Condition,
    /// How many operations it was asked for.
    pub asked: usize,
}

impl Actor {
    /// Its name in pictures, such as `R2`.
    #[must_use]
    pub fn short(&self) -> String {
        format!("{}{}", self.letter, self.id)
    }
}

/// Something that happened a moment ago and is still worth a mark.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Flash {
    /// When.
    pub at: Time,
    /// What.
    pub what: Spark,
}

/// The kinds of flash.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Spark {
    /// A message arrived.
    Landed(Transit),
    /// A message was lost.
    Lost(Transit, DropReason),
    /// A node executed something, or a client accepted its answer.
    Decided(NodeId),
    /// A promise broke at this node.
    Broken(NodeId),
}

/// The run at one instant.
#[derive(Clone, Debug)]
pub struct Present {
    /// The instant of the last change, or to which time was let run.
    pub now: Time,
    /// How many events had happened.
    pub events: u64,
    /// The hash over them.
    pub hash: u64,
    /// Whether nothing is left to happen.
    pub ended: bool,
    /// The system that runs.
    pub spec: &'static Spec,
    /// Who takes part.
    pub cast: Cast,
    /// All nodes; those who only ask come last.
    pub actors: Vec<Actor>,
    /// All messages under way.
    pub flights: Vec<InFlight>,
    /// Messages that would be under way, had the last change not been made, or had it been.
    pub ghosts: Vec<InFlight>,
    /// What happened a moment ago.
    pub flashes: Vec<Flash>,
    /// What traitors are about to send, and hold back until they are told what.
    pub awaited: Vec<Awaited>,
    /// Counts so far.
    pub stats: Stats,
    /// The promises so far.
    pub promises: Rc<[Standing]>,
    /// The protocol's kinds of message.
    pub kinds: &'static [Kind],
    /// What lies over links.
    pub impairments: Vec<Impairment>,
    /// Links that are cut in one direction only by a partition, while nodes are few.
    pub one_way: Vec<(NodeId, NodeId)>,
    /// Orders that came to nothing, by their index in the script.
    pub idle: IdleOrders,
}

impl Present {
    /// How many nodes do more than ask; they come first.
    #[must_use]
    pub fn servers(&self) -> usize {
        self.cast.servers().into()
    }

    /// How many nodes are traitors at this instant.
    #[must_use]
    pub fn traitors(&self) -> usize {
        let all = self.actors.iter();
        all.filter(|actor| !actor.condition.honest).count()
    }

    /// How many operations were asked for, and how many were answered.
    #[must_use]
    pub fn asked_and_answered(&self) -> (u64, u64) {
        let asking = self.actors.iter().filter(|actor| actor.client);
        asking.fold((0, 0), |(asked, answered), actor| {
            (asked + actor.asked as u64, answered + actor.sketch.done)
        })
    }
}

/// A reading glass on a run: whatever it shows, it changes nothing.
#[derive(Clone)]
pub struct RunReader(Rc<RefCell<Box<dyn World>>>);

impl RunReader {
    pub(crate) fn new(world: &Rc<RefCell<Box<dyn World>>>) -> Self {
        Self(Rc::clone(world))
    }

    /// Whether this is a glass on the same run as another.
    #[must_use]
    pub fn is(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }

    /// Reads what happened; beyond the present lies what is known of the future.
    pub fn chronicle<R>(&self, read: impl FnOnce(&Chronicle) -> R) -> R {
        read(self.0.borrow().chronicle())
    }

    /// Looks at the run as it stands now.
    pub fn look<R>(&self, look: impl FnOnce(&dyn World) -> R) -> R {
        look(self.0.borrow().as_ref())
    }

    /// What is to be expected of the run as it stands.
    #[must_use]
    pub fn outlook(&self) -> Outlook {
        self.look(Outlook::of)
    }

    /// Whether a message from one node to another would be cut off now.
    #[must_use]
    pub fn severed(&self, from: NodeId, to: NodeId) -> bool {
        self.0.borrow().severed(from, to)
    }

    /// All that can be seen of a node now.
    #[must_use]
    pub fn portrait(&self, node: NodeId) -> Portrait {
        self.0.borrow().portrait(node)
    }
}

impl fmt::Debug for RunReader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RunReader")
    }
}
