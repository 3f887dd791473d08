//! A node as the simulation keeps it: the protocol's state, its timers, its fate.

use crate::conditions::Treason;
use crate::protocol::{NodeId, Protocol};
use crate::time::Time;
use crate::trace::{EventId, NO_CAUSE};
use std::rc::Rc;

/// One node.
#[derive(Clone, Debug)]
pub(super) struct Host<P: Protocol> {
    /// The node's state; the first face of a traitor that has several.
    pub(super) core: P,
    /// Further faces, one for each further camp.
    pub(super) twins: Vec<P>,
    pub(super) up: bool,
    pub(super) stale: bool,
    /// The event of its last crash: what was sent before is lost on the way.
    pub(super) crashed: EventId,
    pub(super) treason: Option<Rc<Treason>>,
    timers: Vec<Timer<P::Timer>>,
    /// For a client: requests of the workload still to be made.
    pub(super) to_ask: u32,
    /// For a client: the request whose answer lets the workload go on.
    pub(super) awaited: u32,
}

#[derive(Clone, Debug)]
struct Timer<T> {
    name: T,
    face: u8,
    generation: u32,
    armed: bool,
    due: Time,
    /// The event that set it last.
    cause: EventId,
}

impl<P: Protocol> Host<P> {
    pub(super) fn new(core: P, to_ask: u32) -> Self {
        Self {
            core,
            twins: Vec::new(),
            up: true,
            stale: false,
            crashed: 0,
            treason: None,
            timers: Vec::new(),
            to_ask,
            awaited: 0,
        }
    }

    /// How many faces it has.
    pub(super) fn faces(&self) -> u8 {
        1 + self.twins.len() as u8
    }

    /// The state behind one face.
    pub(super) fn face(&mut self, face: u8) -> &mut P {
        match face {
            0 => &mut self.core,
            _ => &mut self.twins[usize::from(face) - 1],
        }
    }

    /// Starts a timer: its slot and generation, and whether it ran before.
    pub(super) fn arm(&mut self, name: P::Timer, face: u8, due: Time) -> (u8, u32, bool) {
        let slot = self.slot_of(name, face);
        let timer = &mut self.timers[slot];
        timer.generation += 1;
        timer.due = due;
        let ran = std::mem::replace(&mut timer.armed, true);
        (slot as u8, timer.generation, ran)
    }

    /// Stops a timer; false if it did not run.
    pub(super) fn disarm(&mut self, name: P::Timer, face: u8) -> bool {
        let slot = self.slot_of(name, face);
        std::mem::replace(&mut self.timers[slot].armed, false)
    }

    /// Stops all timers; how many ran.
    pub(super) fn disarm_all(&mut self) -> usize {
        let ran = self.timers.iter().filter(|timer| timer.armed).count();
        for timer in &mut self.timers {
            timer.armed = false;
        }
        ran
    }

    /// The timers that run for the first face, and when they run out.
    pub(super) fn running(&self) -> Vec<(P::Timer, Time)> {
        let first = self
            .timers
            .iter()
            .filter(|timer| timer.armed && timer.face == 0);
        first.map(|timer| (timer.name, timer.due)).collect()
    }

    /// Drops all faces but the first, and stops their timers: how many ran.
    pub(super) fn drop_twins(&mut self) -> usize {
        self.twins.clear();
        let theirs = self.timers.iter_mut().filter(|timer| timer.face > 0);
        theirs
            .filter_map(|timer| std::mem::take(&mut timer.armed).then_some(()))
            .count()
    }

    /// Whether this expiry is the one that the timer was last set for.
    pub(super) fn awaits(&self, slot: u8, generation: u32) -> bool {
        let timer = &self.timers[usize::from(slot)];
        timer.armed && timer.generation == generation
    }

    /// The timer in a slot runs out: its name, its face, and the event that set it.
    pub(super) fn fire(&mut self, slot: u8) -> (P::Timer, u8, EventId) {
        let timer = &mut self.timers[usize::from(slot)];
        timer.armed = false;
        (timer.name, timer.face, timer.cause)
    }

    /// Remembers the event that set the timer in a slot.
    pub(super) fn set_by(&mut self, slot: u8, event: EventId) {
        self.timers[usize::from(slot)].cause = event;
    }

    fn slot_of(&mut self, name: P::Timer, face: u8) -> usize {
        let found = self
            .timers
            .iter()
            .position(|timer| timer.name == name && timer.face == face);
        found.unwrap_or_else(|| {
            self.timers.push(Timer {
                name,
                face,
                generation: 0,
                armed: false,
                due: Time::NEVER,
                cause: NO_CAUSE,
            });
            self.timers.len() - 1
        })
    }
}

/// Which faces of a traitor hear a sender.
pub(super) fn hears(camps: Option<&[u8]>, from: NodeId, face: u8, no_camp: u8) -> bool {
    match camps.map(|camps| camps[from.index()]) {
        None => true,
        Some(camp) => camp == no_camp || camp == face,
    }
}
