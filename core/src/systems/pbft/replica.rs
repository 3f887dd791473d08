//! A replica: its state, and which room handles what it is handed.

use super::checkpoint::{Checkpoints, Image};
use super::disk::Write;
use super::log::Log;
use super::message::{Msg, NewView, ViewChange};
use super::{Pbft, Seat, Timer, flaw};
use crate::protocol::{Claim, Input, Label, NodeId, Op, Out, Signed, Stamp};
use crate::time::Span;
use litemap::LiteMap;
use std::rc::Rc;

/// The primary of a view: replica v mod n (section 4).
#[must_use]
pub(super) const fn primary(view: u32, n: u32) -> NodeId {
    // Asked with every message: in the first n views no division is needed.
    NodeId(if view < n { view } else { view % n } as u16)
}

/// What a replica remembers of a client: its last request and the reply to it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Record {
    /// Timestamp of the last request executed.
    pub number: u32,
    /// Its result.
    pub result: u64,
}

/// The state of one replica.
#[derive(Clone, Debug)]
pub struct Replica {
    pub(super) seat: Seat,
    pub(super) view: u32,
    /// Whether it takes part in its view, or waits for it to begin.
    pub(super) active: bool,
    pub(super) log: Log,
    /// The last sequence number executed.
    pub(super) executed: u64,
    /// The service's state, as the chain of what was executed.
    pub(super) state: u64,
    pub(super) records: Vec<Record>,
    /// Requests known and not executed, in the order in which they became known.
    pub(super) waiting: Vec<Op>,
    /// As primary: the next sequence number to propose at.
    pub(super) next: u64,
    /// As primary: the highest request of each client proposed in this view.
    pub(super) proposed: Vec<u32>,
    pub(super) checkpoints: Checkpoints,
    /// The VIEW-CHANGE of the highest view from each replica.
    pub(super) changes: LiteMap<NodeId, Signed<ViewChange>>,
    /// The NEW-VIEW that opened the present view.
    pub(super) new_view: Option<Signed<NewView>>,
    /// VIEW-CHANGEs that came too late for it: from whom, and the view they asked for.
    pub(super) late: Vec<(NodeId, u32)>,
    /// View changes since something was executed: patience doubles with each.
    pub(super) attempts: u32,
    /// The newest checkpoint that others proved, whether its state is here or not.
    pub(super) lacking: u64,
    /// Reads that wait until what they are to reflect has been executed up to this number.
    pub(super) reads: Vec<(Op, u64)>,
    /// What it answered tentatively last, if it does so at all (section 5.1).
    pub(super) tentative: Option<Label>,
    /// The request that the timer of section 4.4 runs for.
    pub(super) timed: Option<Op>,
    /// Whether the primary has served another request meanwhile that waited in line here too.
    pub(super) line_moves: bool,
    /// How often the timed request has let others go first.
    pub(super) let_pass: u16,
    /// Whether the time of the new primary runs (section 4.5.2).
    pub(super) awaiting_view: bool,
    /// Messages of views not entered yet, or from beyond the window.
    pub(super) early: Vec<(Stamp, Msg)>,
    /// Whether the window moved, so that some of those may count now.
    pub(super) moved: bool,
    /// Whether it knows that it lacks something, and has a timer on it.
    pub(super) watching: bool,
    /// After a restart: nobody has answered yet.
    pub(super) returning: bool,
    /// After a restart that lost executions: the last sequence number that still stands.
    pub(super) lost: Option<u64>,
    /// What it had executed when it said so last.
    pub(super) told: u64,
    /// How often it asked in vain.
    pub(super) asked: u32,
    /// Writes to the disk since the last stable checkpoint.
    pub(super) journal: Vec<Write>,
    /// As a traitor's second face: the last view in which it told its own story.
    pub(super) twisted: Option<u32>,
}

impl Replica {
    pub(super) fn new(seat: Seat) -> Self {
        let clients = usize::from(seat.cast.clients());
        Self {
            view: 0,
            active: true,
            log: Log::new(seat.settings.window),
            executed: 0,
            state: 0,
            records: vec![Record::default(); clients],
            waiting: Vec::new(),
            next: 1,
            proposed: vec![0; clients],
            checkpoints: Checkpoints::new(Rc::new(Image::first(clients))),
            changes: LiteMap::new(),
            new_view: None,
            late: Vec::new(),
            attempts: 0,
            lacking: 0,
            reads: Vec::new(),
            tentative: None,
            timed: None,
            line_moves: false,
            let_pass: 0,
            awaiting_view: false,
            early: Vec::new(),
            moved: false,
            watching: false,
            returning: false,
            lost: None,
            told: 0,
            asked: 0,
            journal: Vec::new(),
            twisted: None,
            seat,
        }
    }

    #[inline]
    pub(super) fn step(&mut self, input: Input<'_, Pbft>, out: &mut Out<Pbft>) {
        match input {
            Input::Message { from, msg } => self.receive(from, msg, out),
            Input::Timer(timer) => self.expire(timer, out),
            Input::Start => self.begin(out),
            Input::Request(_) | Input::Done(_) | Input::Event { .. } => {}
        }
        while std::mem::take(&mut self.moved) && !self.early.is_empty() {
            self.process_early(out);
        }
    }

    #[inline]
    pub(super) fn receive(&mut self, from: Stamp, msg: &Msg, out: &mut Out<Pbft>) {
        match msg {
            Msg::Prepare(label) if self.present(label) => self.on_prepare(from, *label, out),
            Msg::Commit(label) if self.present(label) => self.on_commit(from, *label, out),
            Msg::PrePrepare(label, batch) if self.present(label) => {
                self.on_pre_prepare(from, *label, batch, out);
            }
            Msg::PrePrepare(label, _) | Msg::Prepare(label) | Msg::Commit(label) => {
                self.set_aside(from, msg, label, out);
            }
            Msg::Request(op) => self.on_request(from, *op, true, out),
            Msg::Relay(op) => self.on_request(from, *op, false, out),
            Msg::Read(op) => self.on_read(*op, out),
            Msg::Checkpoint { sequence, digest } => {
                self.on_checkpoint(from, *sequence, *digest, out);
            }
            Msg::ViewChange(change) => self.on_view_change(change, out),
            Msg::NewView(new) => self.on_new_view(new, out),
            Msg::StateRequest(progress) => self.on_state_request(from, *progress, out),
            Msg::Status(progress) => self.on_status(from, *progress, out),
            Msg::StateReply(reply) => self.on_state_reply(reply, out),
            Msg::Reply { .. } => {}
        }
    }

    /// Whether a message belongs to the view that this replica takes part in, and to its window
    /// or what is already behind that.
    #[inline]
    fn present(&self, label: &Label) -> bool {
        if label.sequence > self.log.high() {
            return false;
        }
        let given_up = !self.active && label.view + 1 == self.view;
        (self.active && label.view == self.view) || (given_up && self.seat.flawed(flaw::VOTES_ON))
    }

    fn expire(&mut self, timer: Timer, out: &mut Out<Pbft>) {
        match timer {
            Timer::View => self.on_view_timeout(out),
            Timer::Repeat => self.repeat_view_change(out),
            Timer::CatchUp => self.on_catch_up(out),
            Timer::Status => self.tell_status(out),
            Timer::Retry => {}
        }
    }

    fn begin(&mut self, out: &mut Out<Pbft>) {
        if let Some(to) = self.lost.take() {
            out.claim(Claim::RolledBack { to });
        }
        if self.returning {
            self.ask_everyone(out);
        }
        self.time_status(out);
    }

    pub(super) const fn id(&self) -> NodeId {
        self.seat.id()
    }

    pub(super) const fn quorum(&self) -> u32 {
        self.seat.quorums.quorum
    }

    /// The primary of the present view.
    pub(super) const fn primary(&self) -> NodeId {
        primary(self.view, self.seat.quorums.n)
    }

    pub(super) fn is_primary(&self) -> bool {
        self.primary() == self.id()
    }

    /// Whether a sender is one of the replicas.
    pub(super) const fn is_replica(&self, who: NodeId) -> bool {
        (who.0 as u32) < self.seat.quorums.n
    }

    /// A client's place in the records.
    pub(super) fn client_index(&self, op: Op) -> Option<usize> {
        let index = u32::from(op.client.0).checked_sub(self.seat.quorums.n)?;
        (index < self.seat.cast.clients().into()).then_some(index as usize)
    }

    /// Patience: doubled with each view change in a row (section 4.5.2).
    pub(super) fn patience(&self) -> Span {
        let doublings = self.attempts.saturating_sub(1).min(20);
        self.seat.settings.view_timeout.times(1 << doublings)
    }

    /// The timer of section 4.4 runs while a backup waits for a request to execute.
    ///
    /// It belongs to one request, and executing others leaves it alone; once that one is
    /// executed, it starts anew for the one that has waited longest. Between views another clock
    /// runs: that of the new primary, which nothing here may stop.
    pub(super) fn keep_time(&mut self, out: &mut Out<Pbft>) {
        if !self.active {
            return;
        }
        let still = self.timed.filter(|op| self.is_open(*op));
        let next = still.or_else(|| self.waiting.first().copied());
        let next = next.filter(|_| !self.is_primary());
        if next == self.timed {
            return;
        }
        self.timed = next;
        self.line_moves = false;
        self.let_pass = 0;
        if next.is_some() {
            out.set_timer(Timer::View, self.patience());
        } else {
            out.cancel_timer(Timer::View);
        }
    }

    /// Whether a request of a known client has not been executed yet.
    pub(super) fn is_open(&self, op: Op) -> bool {
        self.client_index(op)
            .is_some_and(|client| self.records[client].number < op.number)
    }

    /// A label in this replica's view.
    pub(super) const fn label(&self, sequence: u64, digest: u64) -> Label {
        Label {
            view: self.view,
            sequence,
            digest,
        }
    }
}

#[cfg(test)]
mod tests;
