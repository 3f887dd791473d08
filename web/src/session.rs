//! The only owner of a run: opens it, moves it through time, changes it.
//!
//! A run is a pure function of its scenario, so a change is a new scenario that
//! shares its past with the old one. The old run stays whole beside it: undo
//! takes it back, and its future can be shown as a ghost.

mod branch;

use crate::actions::{Unit, Way};
use crate::dossier::Dossier;
use crate::focus::Focus;
use crate::number::arrange;
use crate::view::{Actor, Flash, Lens, Present, Spark};
use branch::{Branch, Goal};
use quorumscope_core::fault::Order;
use quorumscope_core::protocol::{Claim, NodeId};
use quorumscope_core::scenario::Scenario;
use quorumscope_core::time::{Span, Time};
use quorumscope_core::trace::{EventId, Passage, What};
use quorumscope_core::world::{InFlight, World};

/// Among so many nodes of a partition ways are looked at one by one.
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
    pub fn lens(&self) -> Lens {
        Lens::new(&self.branch.world)
    }

    /// A reading glass on the run that the last change left behind.
    #[must_use]
    pub fn ghost(&self) -> Option<Lens> {
        let left = self.redo.last().or(self.undo.last())?;
        let same = left.past_as_of(&self.branch);
        same.then(|| Lens::new(&left.world))
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
    pub fn dossier(&mut self, focus: &Focus) -> Option<Dossier> {
        let mut dossier = {
            let world = self.branch.world.borrow();
            Dossier::open(focus, world.chronicle(), world.events())?
        };
        if let Some(sent) = dossier.sent {
            dossier.contents = self.branch.contents(dossier.passage.message, sent);
        }
        Some(dossier)
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

    /// So many steps on or back.
    pub fn step(&mut self, unit: Unit, way: Way, times: u32) {
        self.version += 1;
        self.goal = None;
        if (unit, way) == (Unit::Event, Way::Back) {
            return self.branch.step_back(times);
        }
        for _ in 0..times {
            match (unit, way) {
                (Unit::Event, _) => self.branch.step_on(),
                (_, Way::On) => self.branch.step_on_to(|what| counts(unit, what)),
                (_, Way::Back) => self.branch.step_back_to(|what| counts(unit, what)),
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
        let mut scenario = self.scenario();
        // What happens at this very instant has happened: the orders come right after it.
        let at = if now == Time::ZERO {
            now
        } else {
            now + Span(1)
        };
        scenario
            .script
            .extend(orders.into_iter().map(|order| Order { at, ..order }));
        self.leave_for(Branch::open(&scenario));
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

    /// What would be under way now on the way that the last change left, and is not on this one.
    ///
    /// `flights` are in the order in which they land.
    fn ghosts(&self, now: Time, flights: &[InFlight]) -> Vec<InFlight> {
        let key = |p: &Passage| (p.from, p.to, p.kind, p.label, p.sent);
        let here = |ghost: &InFlight| {
            let first = flights.partition_point(|flight| flight.lands < ghost.lands);
            let mut at_once = flights[first..]
                .iter()
                .take_while(|flight| flight.lands == ghost.lands);
            at_once.any(|flight| key(&flight.passage) == key(&ghost.passage))
        };
        let Some(ghost) = self.ghost() else {
            return Vec::new();
        };
        ghost.chronicle(|chronicle| {
            let events = &chronicle.events;
            let future = &events[events.partition_point(|event| event.at <= now)..];
            future
                .iter()
                .take(GHOST_DEPTH)
                .filter_map(|event| match event.what {
                    What::Delivered(passage) | What::Dropped(passage, _) if passage.sent <= now => {
                        let lands = event.at;
                        Some(InFlight { passage, lands })
                    }
                    _ => None,
                })
                .filter(|ghost| !here(ghost))
                .take(MOST_GHOSTS)
                .collect()
        })
    }

    /// The run now; flashes are those of the last `recent`.
    #[must_use]
    pub fn present(&self, recent: Span) -> Present {
        let world = self.branch.world.borrow();
        let world = world.as_ref();
        let replicas = usize::from(world.scenario().nodes);
        let mut flights = Vec::with_capacity(world.in_flight_count());
        world.in_flight(&mut |flight| flights.push(flight));
        // Nobody tells one way from another among dots.
        let mut ghosts = Vec::new();
        if flights.len() <= crate::scene::ring::DENSE {
            arrange(&mut flights, |flight| {
                (flight.lands, flight.passage.message, flight.passage.to)
            });
            ghosts = self.ghosts(world.now(), &flights);
        }
        Present {
            now: world.now(),
            events: world.events(),
            hash: world.trace_hash(),
            ended: world.ended(),
            replicas,
            actors: (0..world.nodes())
                .map(|index| actor(world, index, replicas))
                .collect(),
            ghosts,
            flights,
            flashes: flashes(world, recent),
            awaited: crate::puppet::open(world),
            stats: world.stats().clone(),
            promises: world.promises().into(),
            kinds: world.kinds(),
            impairments: world.impairments(),
            one_way: one_way(world),
            idle: world.chronicle().idle.clone(),
        }
    }
}

/// Links over which a partition lets messages pass one way: the way that is cut, while nodes are few.
fn one_way(world: &dyn World) -> Vec<(NodeId, NodeId)> {
    let all = 0..world.nodes() as u16;
    let parted = |node: &u16| world.condition(NodeId(*node)).side.is_some();
    let named: Vec<NodeId> = all.filter(parted).map(NodeId).take(MOST_WAYS + 1).collect();
    let mut found = Vec::new();
    if named.len() > MOST_WAYS {
        return found;
    }
    for from in &named {
        for to in &named {
            if world.severed(*from, *to) && !world.severed(*to, *from) {
                found.push((*from, *to));
            }
        }
    }
    found
}

fn actor(world: &dyn World, index: usize, replicas: usize) -> Actor {
    let id = NodeId(index as u16);
    let client = index >= replicas;
    Actor {
        id,
        client,
        sketch: world.sketch(id),
        condition: world.condition(id),
        asked: if client { world.asked(id) } else { 0 },
    }
}

fn flashes(world: &dyn World, recent: Span) -> Vec<Flash> {
    let events = &world.chronicle().events;
    let so_far = (world.events() as usize).min(events.len());
    events[..so_far]
        .iter()
        .rev()
        .take_while(|event| world.now().since(event.at) <= recent)
        .filter_map(|event| {
            let what = match &event.what {
                What::Delivered(passage) => Spark::Landed(*passage),
                What::Dropped(passage, reason) => Spark::Lost(*passage, *reason),
                What::Claimed(Claim::Executed { .. } | Claim::Answered { .. }) => {
                    Spark::Decided(event.node)
                }
                What::Broken { .. } => Spark::Broken(event.node),
                _ => return None,
            };
            Some(Flash { at: event.at, what })
        })
        .take(MOST_FLASHES)
        .collect()
}

/// Whether an event ends a step of this size.
fn counts(unit: Unit, what: &What) -> bool {
    match (unit, what) {
        (Unit::Event, _) | (_, What::Broken { .. } | What::Ordered(_)) => true,
        (Unit::Phase, What::Claimed(_) | What::Asked { .. } | What::TimerFired { .. }) => true,
        (Unit::Decision, What::Claimed(claim)) => matches!(
            claim,
            Claim::Executed { .. } | Claim::Answered { .. } | Claim::Entered { .. }
        ),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::actions::Target;
    use serde_json::{Value, json};

    fn open() -> Session {
        Session::open(&Scenario::default())
    }

    fn order(session: &mut Session, entries: &[Value]) {
        let scenario = session.scenario();
        session.order(crate::setup::orders(entries, &scenario).expect("a sound order"));
    }

    fn to(session: &mut Session, at: Time) -> (u64, u64) {
        session.seek(at);
        session.pursue(&mut || true);
        let present = session.present(Span::ZERO);
        (present.events, present.hash)
    }

    #[test]
    fn any_way_to_an_instant_leads_to_the_same() {
        let mut session = open();
        let end = to(&mut session, Time(20_000_000));
        let middle = to(&mut session, Time(700_000));
        assert!(middle.0 < end.0);
        assert_eq!(to(&mut session, Time(20_000_000)), end);
        to(&mut session, Time(100_000));
        assert_eq!(to(&mut session, Time(700_000)), middle);
        assert_eq!(session.end(), Some(end.1));
    }

    #[test]
    fn every_step_back_undoes_one_step_on() {
        for unit in [Unit::Event, Unit::Phase, Unit::Decision] {
            let mut session = open();
            let mut stops = vec![session.present(Span::ZERO).events];
            for _ in 0..12 {
                session.step(unit, Way::On, 1);
                stops.push(session.present(Span::ZERO).events);
            }
            for stop in stops[1..12].iter().rev() {
                session.step(unit, Way::Back, 1);
                assert_eq!(session.present(Span::ZERO).events, *stop, "{unit:?}");
            }
        }
    }

    #[test]
    fn ten_steps_back_at_once_are_ten_steps_back() {
        let (mut one, mut other) = (open(), open());
        to(&mut one, Time(700_000));
        to(&mut other, Time(700_000));
        for _ in 0..10 {
            one.step(Unit::Event, Way::Back, 1);
        }
        other.step(Unit::Event, Way::Back, 10);
        let events = |session: &Session| session.present(Span::ZERO).events;
        assert_eq!(events(&other), events(&one));
        other.step(Unit::Event, Way::Back, 10_000);
        assert_eq!(events(&other), 0);
    }

    #[test]
    fn looking_ahead_leaves_the_present_where_it_is() {
        let mut session = open();
        session.explore(&mut || true);
        assert_eq!(session.now(), Time::ZERO);
        assert!(session.horizon().1);
    }

    #[test]
    fn an_order_forks_the_run_and_undo_brings_the_old_one_back() {
        let mut session = open();
        let end = to(&mut session, Time(20_000_000));
        let before = to(&mut session, Time(300_000));
        order(&mut session, &[json!({ "do": "crash", "node": 2 })]);
        session.pursue(&mut || true);
        assert!(!session.present(Span::ZERO).actors[2].condition.up);
        assert!(session.ghost().is_some());
        let other = to(&mut session, Time(20_000_000));
        assert_ne!(other, end);
        to(&mut session, Time(300_000));
        session.undo();
        session.pursue(&mut || true);
        assert_eq!(to(&mut session, Time(300_000)), before);
        assert_eq!(to(&mut session, Time(20_000_000)), end);
        session.redo();
        session.pursue(&mut || true);
        assert_eq!(to(&mut session, Time(20_000_000)), other);
    }

    #[test]
    fn what_is_amended_is_one_change_and_none_if_it_is_as_before() {
        let mut session = open();
        let seeded = |seed| Scenario {
            seed,
            ..Scenario::default()
        };
        session.propose(&seeded(2));
        session.amend(&seeded(23));
        assert_eq!(session.scenario(), seeded(23));
        assert_eq!(session.before(), Some(Scenario::default()));
        session.undo();
        assert_eq!(session.scenario(), Scenario::default());
        assert_eq!(session.can_undo_redo(), (false, true));
        session.propose(&seeded(2));
        session.amend(&Scenario::default());
        assert_eq!(session.can_undo_redo(), (false, false));
        assert_eq!(session.scenario(), Scenario::default());
    }

    #[test]
    fn time_stops_where_a_traitor_asks_what_to_send() {
        let scenario = crate::setup::with_traitors(&Scenario::default(), 1, "puppet");
        let mut session = Session::open(&scenario);
        let end = Time(5_000_000);
        let mut asked = 0;
        while session.advance(end, &mut || true) {
            let awaited = session.present(Span::ZERO).awaited;
            let question = crate::puppet::first(&awaited);
            assert!(!question.is_empty() && session.now() < end);
            let choices = vec!["genuine"; question.len()];
            order(&mut session, &crate::puppet::orders(question, &choices));
            session.pursue(&mut || true);
            asked += 1;
        }
        assert!(asked > 2, "{asked}");
        assert!(session.present(Span::ZERO).awaited.is_empty());
        let mut again = Session::open(&session.scenario());
        assert!(!again.advance(end, &mut || true), "it is asked only once");
        let hash = |session: &Session| session.present(Span::ZERO).hash;
        assert_eq!(hash(&again), hash(&session));
    }

    #[test]
    fn what_a_message_said_is_found_long_after_it_landed() {
        let mut session = open();
        let end = to(&mut session, Time(20_000_000));
        let focus = session.lens().chronicle(|chronicle| {
            let mut arrived = chronicle.events.iter().filter(
                |event| matches!(event.what, What::Delivered(passage) if passage.kind == 1),
            );
            let target = Target::Event(arrived.next().expect("a PRE-PREPARE").id);
            Focus::of(Some(target), chronicle, &[])
        });
        let contents = session.dossier(&focus).expect("a message").contents;
        assert_eq!(contents.expect("its contents")["value"], json!("c4#1"));
        assert_eq!(
            session.present(Span::ZERO).hash,
            end.1,
            "and time stands where it was"
        );
    }

    #[test]
    fn only_what_goes_another_way_is_a_ghost() {
        let mut session = open();
        to(&mut session, Time(20_000_000));
        to(&mut session, Time(110_000));
        order(&mut session, &[json!({ "do": "crash", "node": 2 })]);
        session.pursue(&mut || true);
        let now = session.present(Span::ZERO);
        assert!(!now.flights.is_empty());
        assert_eq!(now.ghosts, []);
        to(&mut session, Time(130_000));
        let later = session.present(Span::ZERO);
        let of_the_dead = |ghost: &InFlight| ghost.passage.from == NodeId(2);
        assert!(later.ghosts.iter().any(of_the_dead));
    }
}
