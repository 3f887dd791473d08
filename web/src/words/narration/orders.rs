//! Orders of the script, in words.

use super::Narrator;
use quorumscope_core::chronicle::Idle;
use quorumscope_core::fault::{Order, Sending, sentence};
use quorumscope_core::say::Said;
use quorumscope_core::trace::{Event, What};

impl Narrator<'_> {
    pub(super) fn order(&self, index: u32, over: bool) -> Option<Said> {
        let order = self.scenario.script.get(index as usize)?;
        Some(self.phrase(order, over))
    }

    /// Why an order came to nothing, if it did.
    #[must_use]
    pub fn came_to_nothing(&self, index: u32) -> Option<String> {
        let why = match self.idle.get(&index)? {
            Idle::NotUnderWay => "No such message is under way: nothing happens.",
            Idle::NotAsked => "No traitor waits to be told that: nothing happens.",
            Idle::Down => "It is down: nothing happens.",
            Idle::Whole => "There is nothing to heal: nothing happens.",
        };
        Some(why.into())
    }

    /// An order of the script in a sentence.
    #[must_use]
    pub fn ordered(&self, order: &Order) -> String {
        self.phrase(order, false).text
    }

    fn phrase(&self, order: &Order, over: bool) -> Said {
        let number = order.args.number("message");
        let sending = number.and_then(|number| sending(self.events(), number.unsigned_abs()));
        sentence(order, self.scenario, sending, over)
    }
}

/// The message of this number, if it was sent: numbers grow as messages leave.
fn sending(events: &[Event], number: u64) -> Option<Sending> {
    let (mut low, mut high) = (0, events.len());
    while low < high {
        let middle = low + (high - low) / 2;
        let mut nearest = (low..=middle).rev().filter_map(|place| {
            let event = &events[place];
            match event.what {
                What::Sent {
                    message,
                    kind,
                    label,
                    ..
                } => {
                    let from = event.node;
                    Some((place, message.0, Sending { from, kind, label }))
                }
                _ => None,
            }
        });
        match nearest.next() {
            Some((_, found, sending)) if found == number => return Some(sending),
            Some((place, found, _)) if found > number => high = place,
            _ => low = middle + 1,
        }
    }
    None
}
