//! What a replica's disk remembers: all, all but the last writes, a checkpoint, or nothing.

use super::certificate::Prepared;
use super::log::{Log, Stage};
use super::replica::{Record, Replica};
use crate::protocol::Kept;
use litemap::LiteMap;

/// A write since the last stable checkpoint, with what it takes to undo it.
#[derive(Clone, Debug)]
pub(super) enum Write {
    /// A proposal was accepted at this sequence number.
    Accepted(u64),
    /// It was prepared; the certificate that this replaced.
    Prepared(u64, Option<Box<Prepared>>),
    /// It was committed.
    Committed(u64),
    /// It was executed: the state and the clients' records before.
    Executed {
        state: u64,
        undo: Vec<(usize, Record)>,
    },
    /// Another view: the one before, and whether this replica took part in it.
    View(u32, bool),
}

/// The replica as its disk brings it back; what was only in memory is gone.
pub(super) fn rebooted(before: &Replica, kept: Kept) -> Replica {
    let mut replica = match kept {
        Kept::Nothing => Replica::new(before.seat.clone()),
        Kept::Image(_) => at_checkpoint(before),
        Kept::Everything | Kept::AllBut(_) => before.clone(),
    };
    if let Kept::AllBut(lost) = kept {
        undo(&mut replica, lost);
    }
    forget_memory(&mut replica);
    replica.lost = (replica.executed < before.executed).then_some(replica.executed);
    replica.returning = replica.seat.quorums.n > 1;
    replica
}

fn at_checkpoint(before: &Replica) -> Replica {
    let (_, image) = &before.checkpoints.stable;
    let mut replica = Replica::new(before.seat.clone());
    replica.log = Log::new(before.seat.settings.window);
    replica.log.collect_garbage(image.sequence);
    replica.executed = image.sequence;
    replica.state = image.state;
    replica.records.clone_from(&image.records);
    replica.checkpoints = before.checkpoints.stable_only();
    replica.next = image.sequence + 1;
    let writes = before.journal.iter();
    let first = writes.into_iter().find_map(|write| match write {
        Write::View(view, active) => Some((*view, *active)),
        _ => None,
    });
    (replica.view, replica.active) = first.unwrap_or((before.view, before.active));
    replica
}

/// Takes back the last writes, newest first.
fn undo(replica: &mut Replica, lost: u32) {
    for _ in 0..lost {
        let Some(write) = replica.journal.pop() else {
            return;
        };
        match write {
            Write::Accepted(sequence) => {
                if let Some(slot) = replica.log.slot(sequence) {
                    slot.accepted = None;
                    slot.stage = Stage::Empty;
                }
                replica.next = replica.next.min(sequence);
            }
            Write::Prepared(sequence, earlier) => {
                if let Some(slot) = replica.log.slot(sequence) {
                    slot.stage = slot.stage.min(Stage::PrePrepared);
                    slot.prepared = earlier.map(|certificate| *certificate);
                }
            }
            Write::Committed(sequence) => {
                if let Some(slot) = replica.log.slot(sequence) {
                    slot.stage = slot.stage.min(Stage::Prepared);
                    slot.committed = None;
                }
            }
            Write::Executed { state, undo } => {
                replica.executed -= 1;
                replica.state = state;
                for (client, record) in undo.into_iter().rev() {
                    replica.records[client] = record;
                }
            }
            Write::View(view, active) => {
                (replica.view, replica.active) = (view, active);
                replica.log.leave_view();
            }
        }
    }
}

/// Requests, timers, early messages and others' view changes were in memory only.
fn forget_memory(replica: &mut Replica) {
    replica.checkpoints = replica
        .checkpoints
        .keeping_own(replica.executed, replica.seat.stamp());
    replica.waiting.clear();
    replica.early.clear();
    replica.timed = None;
    replica.awaiting_view = false;
    replica.watching = false;
    replica.reads.clear();
    replica.tentative = None;
    replica.attempts = 0;
    replica.told = 0;
    replica.asked = 0;
    let own = replica.id();
    let mine = replica.changes.remove(&own);
    replica.changes = LiteMap::new();
    if let Some(change) = mine.filter(|change| change.body().view == replica.view) {
        replica.changes.insert(own, change);
    }
}

#[cfg(test)]
mod tests;
