//! Reads that are not ordered (section 5.1).

use super::normal::request_label;
use super::replica::Replica;
use super::{Pbft, flaw, rules};
use crate::protocol::{Op, Out};

impl Replica {
    /// A read of the tentative state: answered once all that this reflects has committed.
    pub(super) fn on_read(&mut self, op: Op, out: &mut Out<Pbft>) {
        if self.client_index(op).is_none() {
            return;
        }
        self.reads.retain(|(known, _)| known.client != op.client);
        self.reads.push((op, self.reflected()));
        self.answer_reads(out);
    }

    /// The last number in the tentative state: the next one, if this replica holds a prepared
    /// certificate for it, of whichever view. It may have told a client the result.
    fn reflected(&self) -> u64 {
        let next = self.executed + 1;
        let prepared = self.log.get(next).is_some_and(|s| s.prepared.is_some());
        let waits = self.seat.settings.tentative && !self.seat.flawed(flaw::READS_EARLY);
        if waits && prepared {
            next
        } else {
            self.executed
        }
    }

    /// Answers the reads that need wait no longer.
    pub(super) fn answer_reads(&mut self, out: &mut Out<Pbft>) {
        let mut at = 0;
        while let Some((op, reflects)) = self.reads.get(at).copied() {
            if reflects > self.executed {
                at += 1;
                continue;
            }
            self.reads.remove(at);
            out.because(rules::READ, request_label(op));
            self.reply(op, self.state, true, out);
        }
    }
}

#[cfg(test)]
mod tests;
