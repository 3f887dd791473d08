//! One way that a run goes, with its kept instants.

use crate::run::snapshots::SnapshotCache;
use quorumscope_core::fault::Order;
use quorumscope_core::scenario::Scenario;
use quorumscope_core::time::Time;
use quorumscope_core::trace::{Event, EventId, MessageId};
use quorumscope_core::world::{Snapshot, World};
use serde_json::Value;
use std::cell::RefCell;
use std::rc::Rc;

/// Kept instants take at most this much memory.
const SNAPSHOT_BYTES: usize = 8 << 20;
/// How many events lie between two kept instants at first.
const SPACING: u64 = 250;
/// How many steps lie between two looks at the wall's clock.
const CHUNK: u64 = 200;
/// No single step goes further than this many turns without an event.
const PATIENCE: u32 = 100_000;

/// Where a run is to go.
#[derive(Clone, Copy, Debug)]
pub(super) enum Goal {
    /// To an instant.
    Time(Time),
    /// To just after an event.
    Event(EventId),
}

/// One way that a run goes.
pub(super) struct Branch {
    pub(super) world: Rc<RefCell<Box<dyn World>>>,
    pub(super) horizon: Time,
    pub(super) complete: bool,
    /// The trace hash at the end, once the end was seen.
    pub(super) end: Option<u64>,
    snapshots: SnapshotCache<Snapshot>,
}

impl Branch {
    pub(super) fn open(scenario: &Scenario) -> Self {
        let mut world = quorumscope_core::world::open(scenario);
        world.record(true);
        Self::begin(world, SnapshotCache::new(SPACING, SNAPSHOT_BYTES))
    }

    /// Another way from the present on, with these orders; at once, however long the past is.
    ///
    /// `None` if an order does not lie between the present and the end.
    pub(super) fn fork(&self, orders: Vec<Order>) -> Option<Self> {
        let world = self.world.borrow().fork(orders)?;
        let snapshots = self.snapshots.until(world.events());
        Some(Self::begin(world, snapshots))
    }

    fn begin(world: Box<dyn World>, snapshots: SnapshotCache<Snapshot>) -> Self {
        let mut branch = Self {
            horizon: world.now(),
            world: Rc::new(RefCell::new(world)),
            complete: false,
            end: None,
            snapshots,
        };
        branch.keep();
        branch
    }

    /// How many events are known, those beyond the present included.
    pub(super) fn known_events(&self) -> u64 {
        self.world.borrow().chronicle().events.len() as u64
    }

    /// Whether both runs are of the same system, with the same nodes and the same luck, so that one
    /// can be drawn over the other.
    pub(super) fn comparable(&self, other: &Self) -> bool {
        let (mine, theirs) = (self.world.borrow(), other.world.borrow());
        let (mine, theirs) = (mine.scenario(), theirs.scenario());
        (mine.spec, mine.cast) == (theirs.spec, theirs.cast)
            && mine.seed == theirs.seed
            && mine.latency == theirs.latency
    }

    fn keep(&mut self) {
        let world = self.world.borrow();
        self.horizon = self.horizon.max(world.now());
        if world.ended() {
            self.complete = true;
            self.end = Some(world.trace_hash());
        }
        if self.snapshots.wants(world.events()) {
            let snapshot = world.save();
            self.snapshots
                .put(snapshot.events, snapshot.at, snapshot.bytes, snapshot);
        }
    }

    /// Runs on towards a goal while `more` allows; true when it is reached.
    pub(super) fn run(&mut self, goal: Goal, more: &mut dyn FnMut() -> bool) -> bool {
        loop {
            let reached = match goal {
                Goal::Time(at) => self.world.borrow_mut().run_until(at, CHUNK),
                Goal::Event(event) => self.walk_to(event),
            };
            self.keep();
            if reached {
                return true;
            }
            if !more() {
                return false;
            }
        }
    }

    /// Whether a traitor may ask what it is to send.
    pub(super) fn has_puppets(&self) -> bool {
        let world = self.world.borrow();
        let mut script = world.scenario().script.iter();
        script.any(|order| order.args.name("behaviour") == Some("puppet"))
    }

    /// Runs on while `more` allows; true when it stopped because a traitor asks anew.
    pub(super) fn run_until_asked(&mut self, until: Time, more: &mut dyn FnMut() -> bool) -> bool {
        let newest = |world: &dyn World| {
            crate::run::questions::open(world)
                .last()
                .map(|held| held.transit.message)
        };
        let before = newest(self.world.borrow().as_ref());
        loop {
            let mut world = self.world.borrow_mut();
            if world.due().is_none_or(|due| due > until) {
                drop(world);
                self.run(Goal::Time(until), more);
                return false;
            }
            world.step();
            let asked = newest(world.as_ref()) > before;
            drop(world);
            self.keep();
            if asked || !more() {
                return asked;
            }
        }
    }

    fn walk_to(&mut self, event: EventId) -> bool {
        let mut world = self.world.borrow_mut();
        for _ in 0..CHUNK {
            if world.events() > event || !world.step() {
                return true;
            }
        }
        false
    }

    /// Goes to the kept instant from which an instant is nearest.
    pub(super) fn approach_time(&mut self, at: Time) {
        let mut world = self.world.borrow_mut();
        let (now, events) = (world.now(), world.events());
        if let Some((kept, snapshot)) = self.snapshots.by_time(at)
            && (at < now || kept > events)
        {
            world.load(snapshot);
        }
    }

    /// Goes to the kept instant from which an event is nearest.
    pub(super) fn approach_event(&mut self, event: EventId) {
        let mut world = self.world.borrow_mut();
        let events = world.events();
        if let Some((kept, snapshot)) = self.snapshots.by_events(event)
            && (event < events || kept > events)
        {
            world.load(snapshot);
        }
    }

    /// What a message says that left with event `sent`, though its last copy may have landed long ago.
    pub(super) fn contents(&mut self, message: MessageId, sent: EventId) -> Option<Value> {
        let under_way = self.world.borrow().contents(message);
        if under_way.is_some() {
            return under_way;
        }
        let here = self.world.borrow().save();
        self.approach_event(sent);
        while !self.walk_to(sent) {}
        let found = self.world.borrow().contents(message);
        self.world.borrow_mut().load(&here);
        found
    }

    /// Lets the next thing happen.
    pub(super) fn step_on(&mut self) {
        {
            let mut world = self.world.borrow_mut();
            let before = world.events();
            for _ in 0..PATIENCE {
                if !world.step() || world.events() > before {
                    break;
                }
            }
        }
        self.keep();
    }

    /// Takes the last `times` events back.
    pub(super) fn step_back(&mut self, times: u32) {
        let now_at = self.world.borrow().events();
        // Each of them may have been several events.
        let mut ends: Vec<u64> = Vec::new();
        let mut reach = u64::from(times) * 8;
        while ends.len() < times as usize && now_at > 0 {
            let from = now_at.saturating_sub(reach);
            ends = self.stops(from, now_at);
            if from == 0 {
                break;
            }
            reach *= 4;
        }
        let place = ends.len().saturating_sub(times as usize);
        let goal = ends.get(place).copied().unwrap_or(0);
        self.approach_event(goal);
        let mut world = self.world.borrow_mut();
        while world.events() < goal && world.step() {}
    }

    /// How many events had happened each time that time stood still, from about `from` until before `until`.
    fn stops(&mut self, from: u64, until: u64) -> Vec<u64> {
        self.approach_event(from);
        let mut world = self.world.borrow_mut();
        let mut stops = vec![world.events()];
        while world.step() && world.events() < until {
            if stops.last() != Some(&world.events()) {
                stops.push(world.events());
            }
        }
        stops
    }

    /// Steps on until something happened that counts.
    pub(super) fn step_on_to(&mut self, counts: impl Fn(&[Event], usize) -> bool) {
        for _ in 0..PATIENCE {
            let before = self.world.borrow().events();
            self.step_on();
            let world = self.world.borrow();
            let events = &world.chronicle().events;
            let after = (world.events() as usize).min(events.len());
            let mut fresh = (before as usize).min(after)..after;
            if world.events() == before || fresh.any(|place| counts(events, place)) {
                return;
            }
        }
    }

    /// Goes back to the last thing before this that counts.
    pub(super) fn step_back_to(&mut self, counts: impl Fn(&[Event], usize) -> bool) {
        let now_at = self.world.borrow().events();
        let mut below = now_at;
        while let Some(event) = self.last_before(below, &counts) {
            self.approach_event(event);
            while !self.walk_to(event) {}
            if self.world.borrow().events() < now_at {
                return;
            }
            below = event;
        }
        self.approach_time(Time::ZERO);
    }

    fn last_before(
        &self,
        below: u64,
        counts: &impl Fn(&[Event], usize) -> bool,
    ) -> Option<EventId> {
        let world = self.world.borrow();
        let events = &world.chronicle().events;
        let end = (below as usize).min(events.len());
        let found = (0..end).rev().find(|place| counts(events, *place));
        found.map(|place| events[place].id)
    }
}
