//! Status messages: who was cut off learns in silence what it missed (Castro & Liskov, Practical
//! Byzantine fault tolerance and proactive recovery, TOCS 2002). They are off unless set.

use super::message::{Msg, Progress};
use super::replica::Replica;
use super::{Pbft, Timer, rules};
use crate::protocol::{Out, Stamp};
use crate::time::Span;

impl Replica {
    /// Starts the time until it next says how far it is.
    pub(super) fn time_status(&self, out: &mut Out<Pbft>) {
        let period = self.seat.settings.status;
        if period > Span(0) && self.seat.quorums.n > 1 {
            out.set_timer(Timer::Status, period);
        }
    }

    /// Says how far it is.
    pub(super) fn tell_status(&mut self, out: &mut Out<Pbft>) {
        self.told = self.executed;
        out.because(rules::STATUS, self.label(self.executed, self.state));
        out.multicast(Msg::Status(self.progress()));
        self.time_status(out);
    }

    /// Supplies what the sender lacks, unless that may just be under way: what this replica had
    /// executed a period ago is not.
    pub(super) fn on_status(&self, from: Stamp, sender: Progress, out: &mut Out<Pbft>) {
        let behind = sender.executed < self.told.min(self.executed);
        if self.is_replica(from.sender()) && (behind || self.in_newer_view(sender)) {
            self.on_state_request(from, sender, out);
        }
    }
}

#[cfg(test)]
mod tests;
