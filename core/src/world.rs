//! The door to a running simulation, the same for every protocol.
//!
//! A page, a command line and a test hold a `Box<dyn World>` and need not know
//! which protocol is behind it.

use crate::chronicle::{Chronicle, Executed};
use crate::conditions::Impairment;
use crate::fault::Order;
use crate::promise::Standing;
use crate::protocol::{Kind, NodeId, Portrait, Sketch};
use crate::scenario::Scenario;
use crate::stats::Stats;
use crate::time::{Span, Time};
use crate::trace::{EventId, MessageId, Transit};
use std::any::Any;
use std::rc::Rc;

pub use crate::simulation::start;

/// A copy of a message under way, for drawing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InFlight {
    /// Which message, from whom, to whom, sent when.
    pub transit: Transit,
    /// When it will arrive; [`Time::NEVER`] while something holds it back.
    pub lands: Time,
}

/// A message that a traitor holds back until it is told what to send.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Awaited {
    /// The message as the protocol would send it.
    pub transit: Transit,
    /// What its recipient could get, by the names that an order of `dictate` takes.
    pub choices: Vec<&'static str>,
}

/// A node as an observer sees it from outside, whatever the protocol.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Condition {
    /// Whether it runs.
    pub up: bool,
    /// The event with which it went down, while it is.
    pub crashed: Option<EventId>,
    /// How often it went down so far.
    pub crashes: u32,
    /// How long it was down in all.
    pub down: Span,
    /// Whether it never was a traitor.
    pub honest: bool,
    /// Whether it is kept from sending.
    pub silent: bool,
    /// Whether it was restarted with less than it had.
    pub stale: bool,
    /// How much its messages are delayed by orders, in microseconds.
    pub slow: u64,
    /// How many pieces of work its machine does at present, and how many wait.
    pub load: (u32, u32),
    /// Its side of the newest partition, if there is one and it is named there.
    pub side: Option<u8>,
    /// How many faces it has: 1, or one for each camp that it deceives.
    pub faces: u8,
}

/// The whole state of a run at an instant; cheap enough to keep many, and a copy costs nothing.
#[derive(Clone)]
pub struct Snapshot {
    /// When it was taken.
    pub at: Time,
    /// How many events had happened.
    pub events: u64,
    /// About how much memory it takes, in bytes.
    pub bytes: usize,
    pub(crate) state: Rc<dyn Any>,
}

/// Opens a run of a scenario, at its very beginning.
#[must_use]
pub fn open(scenario: &Scenario) -> Box<dyn World> {
    (scenario.spec.start)(scenario)
}

/// A running simulation.
pub trait World {
    /// The scenario, with all that was ordered so far in its script.
    fn scenario(&self) -> &Scenario;

    /// The present instant.
    fn now(&self) -> Time;

    /// When the next thing happens; `None` when nothing is left or the run is over.
    fn due(&self) -> Option<Time>;

    /// Lets the next thing happen; false when nothing is left before the end.
    fn step(&mut self) -> bool;

    /// Lets everything up to and including `until` happen, at most `most` steps.
    ///
    /// True when `until` was reached; the present is then `until`, or the end.
    fn run_until(&mut self, until: Time, most: u64) -> bool;

    /// Whether nothing is left to happen before the scenario's end.
    fn ended(&self) -> bool {
        self.due().is_none()
    }

    /// Another run, at the same instant: it shares its past with this one, and has these orders
    /// at the end of its script.
    ///
    /// It is the run that [`open`] makes of its scenario. `None` if one of the orders does not lie
    /// between the present and the end: then the past would be another.
    fn fork(&self, orders: Vec<Order>) -> Option<Box<dyn World>>;

    /// The protocol's kinds of message.
    fn kinds(&self) -> &'static [Kind];

    /// How many nodes there are, clients included.
    fn nodes(&self) -> usize;

    /// The short form of a node's state; of face 0 where it has several.
    fn sketch(&self, node: NodeId) -> Sketch;

    /// All that can be seen of a node's state; of face 0 where it has several.
    fn portrait(&self, node: NodeId) -> Portrait;

    /// What the world does to a node at present.
    fn condition(&self, node: NodeId) -> Condition;

    /// Whether a message from one node to another would be cut off at present.
    fn severed(&self, from: NodeId, to: NodeId) -> bool;

    /// What lies over links at present, in the order in which it was ordered.
    fn impairments(&self) -> Vec<Impairment>;

    /// Visits every message under way, in no order that means anything.
    fn in_flight(&self, visit: &mut dyn FnMut(InFlight));

    /// How many messages are under way.
    fn in_flight_count(&self) -> usize;

    /// The messages that traitors hold back until they are told what to send, oldest first.
    fn awaited(&self) -> Vec<Awaited>;

    /// What a message that is under way says; `None` once all its copies arrived.
    fn contents(&self, message: MessageId) -> Option<serde_json::Value>;

    /// What happened so far: events (if recorded), executions, answers.
    fn chronicle(&self) -> &Chronicle;

    /// Starts or stops the recording of events; executions are always kept.
    fn record(&mut self, on: bool);

    /// How many events have happened.
    fn events(&self) -> u64;

    /// The hash over all events so far.
    fn trace_hash(&self) -> u64;

    /// Counts of messages, drops and events.
    fn stats(&self) -> &Stats;

    /// The promises, and what broke them so far.
    fn promises(&self) -> &[Standing];

    /// What replica `node` has executed so far and not lost again, in order.
    fn executed(&self, node: NodeId) -> Vec<&Executed>;

    /// How many requests client `node` has made so far.
    fn asked(&self, node: NodeId) -> usize;

    /// Keeps the present.
    fn save(&self) -> Snapshot;

    /// Goes to a kept instant of this run, or of one that it was forked from. The chronicle keeps what came after.
    fn load(&mut self, snapshot: &Snapshot);
}
