//! The timers that nodes have set, by number.
//!
//! A number stands in the queue exactly once, and is given anew only after it has
//! left the queue: an entry that is no longer awaited can fire no other timer.

use crate::protocol::NodeId;
use crate::time::Time;
use crate::trace::EventId;

/// A timer as it was set once.
#[derive(Clone, Copy, Debug)]
pub(super) struct Timer {
    pub(super) node: NodeId,
    /// Which twin of the node set it.
    pub(super) face: u8,
    /// Whether it was neither stopped nor set anew since.
    pub(super) running: bool,
    pub(super) due: Time,
    /// How it is called on screen.
    pub(super) name: &'static str,
    /// The event that set it.
    pub(super) cause: EventId,
}

/// All timers that have an entry in the queue.
#[derive(Clone, Debug, Default)]
pub(super) struct Timers {
    slots: Vec<Timer>,
    free: Vec<u32>,
}

impl Timers {
    /// Adds a timer: its number.
    pub(super) fn add(&mut self, timer: Timer) -> u32 {
        match self.free.pop() {
            Some(number) => {
                self.slots[number as usize] = timer;
                number
            }
            None => {
                self.slots.push(timer);
                (self.slots.len() - 1) as u32
            }
        }
    }

    pub(super) fn get(&self, number: u32) -> &Timer {
        &self.slots[number as usize]
    }

    /// Stops a timer; its entry stays in the queue.
    pub(super) fn stop(&mut self, number: u32) {
        self.slots[number as usize].running = false;
    }

    /// Stops a node's timers, those of its twins from `face` on: how many ran.
    pub(super) fn stop_all(&mut self, node: NodeId, face: u8) -> usize {
        let theirs = self.slots.iter_mut();
        let theirs = theirs.filter(|timer| timer.node == node && timer.face >= face);
        theirs
            .filter_map(|timer| std::mem::take(&mut timer.running).then_some(()))
            .count()
    }

    /// Takes a timer whose entry has left the queue.
    pub(super) fn take(&mut self, number: u32) -> Timer {
        self.free.push(number);
        let timer = &mut self.slots[number as usize];
        let taken = *timer;
        timer.running = false;
        taken
    }

    /// How many bytes the timers take.
    pub(super) fn bytes(&self) -> usize {
        self.slots.len() * size_of::<Timer>()
    }

    /// How many numbers were ever needed at once.
    #[cfg(test)]
    pub(super) fn most(&self) -> usize {
        self.slots.len()
    }
}
