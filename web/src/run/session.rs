//! The only owner of a run: opens it, moves it through time, changes it.
//!
//! A run is a pure function of its scenario, so a change is a new scenario that
//! shares its past with the old one. The old run stays whole beside it: undo
//! takes it back, and its future can be shown as a ghost.

mod branch;

mod present;

use crate::run::focus::Focus;
use crate::run::message_details::MessageDetails;
use crate::run::present::{Actor, Flash, Present, RunReader, Spark};
use crate::run::sorting::arrange;
use crate::ui::{Unit, Way};
use branch::{Branch, Goal};
use quorumscope_core::fault::Order;
use quorumscope_core::protocol::{Claim, Label, NodeId};
use quorumscope_core::scenario::Scenario;
use quorumscope_core::time::{Span, Time};
use quorumscope_core::trace::{Event, EventId, Transit, What};
use quorumscope_core::world::{InFlight, World};

/// With more nodes than this, the links of a partition are not looked at one by one.
const MOST_WAYS: usize = 16;
/// No more flashes than this are drawn.
const MOST_FLASHES: usize = 160;
/// No more messages of the way not taken are drawn, and no more events looked at for them.
const MOST_GHOSTS: usize = 120;
const GHOST_DEPTH: usize = 2_000;
/// Runs left behind are kept while they hold no more events than this in all.
const MOST_GHOST_EVENTS: u64 = 400_000;

/// A run, and those that it was before.
pub struct Session {
    branch: Branch,
    undo: Vec<Branch>,
    redo: Vec<Branch>,
    goal: Option<Goal>,
    version: u64,
}

impl Session {
    /// Opens a scenario, which the reader of documents has found sound, at its start.
    #[must_use]
    pub fn open(scenario: &Scenario) -> Self {
        Self {
            branch: Branch::open(scenario),
            undo: Vec::new(),
            redo: Vec::new(),
            goal: None,
            version: 0,
        }
    }

    /// Differs whenever anything about the run differs but the time between two events.
    #[must_use]
    pub fn version(&self) -> (u64, u64) {
        (self.version, self.branch.world.borrow().events())
    }

    /// A reading glass on the run.
    #[must_use]
    pub fn reader(&self) -> RunReader {
        RunReader::new(&self.branch.world)
    }

    /// A reading glass on the run that the last change left behind.
    #[must_use]
    pub fn ghost(&self) -> Option<RunReader> {
        let left = self.redo.last().or(self.undo.last())?;
        let same = left.comparable(&self.branch);
        same.then(|| RunReader::new(&left.world))
    }

    /// Where the run that the last change left behind parted from this one.
    #[must_use]
    pub fn parted(&self) -> Time {
        let Some(left) = self.redo.last().or(self.undo.last()) else {
            return Time::ZERO;
        };
        let (mine, other) = (self.branch.world.borrow(), left.world.borrow());
        let (mine, other) = (&mine.scenario().script, &other.scenario().script);
        let lone = |ours: &[Order], theirs: &[Order]| {
            let alone = ours.iter().filter(|order| !theirs.contains(order));
            alone.map(|order| order.at).min()
        };
        let first = [lone(mine, other), lone(other, mine)];
        first.into_iter().flatten().min().unwrap_or(Time::ZERO)
    }

    /// Whether there is a change to undo, and one to do again.
    #[must_use]
    pub fn can_undo_redo(&self) -> (bool, bool) {
        (!self.undo.is_empty(), !self.redo.is_empty())
    }

    /// The scenario, with all that was done so far.
    #[must_use]
    pub fn scenario(&self) -> Scenario {
        self.branch.world.borrow().scenario().clone()
    }

    /// The present instant.
    #[must_use]
    pub fn now(&self) -> Time {
        self.branch.world.borrow().now()
    }

    /// When the next thing happens.
    #[must_use]
    pub fn due(&self) -> Option<Time> {
        self.branch.world.borrow().due()
    }

    /// Whether any message is on its way, and not held back until further notice.
    #[must_use]
    pub fn moves(&self) -> bool {
        let mut moves = false;
        let world = self.branch.world.borrow();
        world.in_flight(&mut |flight| moves |= flight.lands < Time::NEVER);
        moves
    }

    /// The latest instant that is known, and whether that is the run's end.
    #[must_use]
    pub fn horizon(&self) -> (Time, bool) {
        (self.branch.horizon, self.branch.complete)
    }

    /// The trace hash at the run's end, once that is known.
    #[must_use]
    pub fn end(&self) -> Option<u64> {
        self.branch.end
    }

    /// Whether an instant is still being computed.
    #[must_use]
    pub fn busy(&self) -> bool {
        self.goal.is_some()
    }

    /// Lets time run to `until` as far as `more` allows.
    ///
    /// True when it stopped before, because a traitor asks what it is to send.
    pub fn advance(&mut self, until: Time, more: &mut dyn FnMut() -> bool) -> bool {
        if self.branch.has_puppets() {
            return self.branch.run_until_asked(until, more);
        }
        self.branch.run(Goal::Time(until), more);
        false
    }

    /// Goes on towards the instant that was asked for, as far as `more` allows.
    pub fn pursue(&mut self, more: &mut dyn FnMut() -> bool) {
        let Some(goal) = self.goal else {
            return;
        };
        self.version += 1;
        if self.branch.run(goal, more) {
            self.goal = None;
        }
    }

    /// Looks ahead as far as `more` allows, and comes back to the present.
    pub fn explore(&mut self, more: &mut dyn FnMut() -> bool) {
        let here = self.branch.world.borrow().save();
        let end = self.branch.world.borrow().scenario().until;
        self.branch.run(Goal::Time(end), more);
        self.branch.world.borrow_mut().load(&here);
    }

    /// All about a message in focus, what it says included.
    pub fn details(&mut self, focus: &Focus) -> Option<MessageDetails> {
        let mut details = {
            let world = self.branch.world.borrow();
            MessageDetails::open(focus, world.chronicle(), world.events())?
        };
        if let Some(sent) = details.sent {
            details.contents = self.branch.contents(details.transit.message, sent);
        }
        Some(details)
    }

    /// Goes to an instant.
    pub fn seek(&mut self, at: Time) {
        self.branch.approach_time(at);
        self.aim(Goal::Time(at));
    }

    /// Goes to just after an event.
    pub fn go_to(&mut self, event: EventId) {
        self.branch.approach_event(event);
        self.aim(Goal::Event(event));
    }

    fn aim(&mut self, goal: Goal) {
        self.version += 1;
        self.goal = Some(goal);
    }

    /// `times` steps on or back.
    pub fn step(&mut self, unit: Unit, way: Way, times: u32) {
        self.version += 1;
        self.goal = None;
        if (unit, way) == (Unit::Event, Way::Back) {
            return self.branch.step_back(times);
        }
        for _ in 0..times {
            match (unit, way) {
                (Unit::Event, _) => self.branch.step_on(),
                (_, Way::On) => self
                    .branch
                    .step_on_to(|events, place| counts(unit, events, place)),
                (_, Way::Back) => self
                    .branch
                    .step_back_to(|events, place| counts(unit, events, place)),
            }
        }
    }

    /// Another scenario, which the reader of documents has found sound, from its start.
    pub fn propose(&mut self, scenario: &Scenario) {
        self.leave_for(Branch::open(scenario));
        self.goal = None;
    }

    /// The scenario as it was before the last change.
    #[must_use]
    pub fn before(&self) -> Option<Scenario> {
        let last = self.undo.last()?;
        Some(last.world.borrow().scenario().clone())
    }

    /// Another scenario in place of the one that the last change made, from its start: both are one change.
    ///
    /// None is left if the scenario is again as it was before.
    pub fn amend(&mut self, scenario: &Scenario) {
        self.version += 1;
        self.goal = None;
        self.redo.clear();
        let back = self.before().as_ref() == Some(scenario);
        self.branch = match self.undo.pop_if(|_| back) {
            Some(last) => last,
            None => Branch::open(scenario),
        };
    }

    /// Does things to the run, now, as one change.
    pub fn order(&mut self, orders: Vec<Order>) {
        let now = self.now();
        // What happens at this very instant has happened: the orders come right after it.
        let at = if now == Time::ZERO {
            now
        } else {
            now + Span(1)
        };
        let orders: Vec<Order> = orders
            .into_iter()
            .map(|order| Order { at, ..order })
            .collect();
        let fork = self.branch.fork(orders.clone());
        let fresh = fork.unwrap_or_else(|| {
            let mut scenario = self.scenario();
            scenario.script.extend(orders);
            Branch::open(&scenario)
        });
        self.leave_for(fresh);
        self.aim(Goal::Time(at));
    }

    fn leave_for(&mut self, fresh: Branch) {
        self.version += 1;
        let left = std::mem::replace(&mut self.branch, fresh);
        self.undo.push(left);
        self.redo.clear();
        let mut held = 0;
        let mut keep = 0;
        for branch in self.undo.iter().rev() {
            held += branch.known_events();
            if keep > 0 && held > MOST_GHOST_EVENTS {
                break;
            }
            keep += 1;
        }
        self.undo.drain(..self.undo.len() - keep);
    }

    /// Takes the last change back, at the same instant.
    pub fn undo(&mut self) {
        let (now, last) = (self.now(), self.undo.pop());
        if let Some(last) = last {
            let left = std::mem::replace(&mut self.branch, last);
            self.redo.push(left);
            self.seek(now);
        }
    }

    /// Does the change again, at the same instant.
    pub fn redo(&mut self) {
        let (now, next) = (self.now(), self.redo.pop());
        if let Some(next) = next {
            let left = std::mem::replace(&mut self.branch, next);
            self.undo.push(left);
            self.seek(now);
        }
    }
}

/// Whether the event at this place ends a step of this size.
fn counts(unit: Unit, events: &[Event], place: usize) -> bool {
    let event = &events[place];
    match (unit, &event.what) {
        (Unit::Event, _) | (_, What::Broken { .. } | What::Ordered(_) | What::Lifted(_)) => true,
        (Unit::Phase, What::Sent { kind, label, .. }) => {
            !sent_before(&events[..place], *kind, *label)
        }
        (Unit::Phase, What::Claimed(claim)) => {
            matches!(claim, Claim::Answered { .. } | Claim::Entered { .. })
        }
        (Unit::Phase, What::TimerFired { .. }) => true,
        (Unit::Decision, What::Claimed(claim)) => matches!(
            claim,
            Claim::Applied { .. } | Claim::Answered { .. } | Claim::Entered { .. }
        ),
        _ => false,
    }
}

/// Whether a message of this kind about the same number and view has left before: then its phase has begun.
fn sent_before(past: &[Event], kind: u8, label: Label) -> bool {
    /// A phase takes no more events than this.
    const DEPTH: usize = 20_000;
    let same = |event: &Event| match event.what {
        What::Sent {
            kind: other,
            label: about,
            ..
        } => (other, about.sequence, about.view) == (kind, label.sequence, label.view),
        _ => false,
    };
    past.iter().rev().take(DEPTH).any(same)
}

#[cfg(test)]
mod tests;
