//! The normal case: request, pre-prepare, prepare, commit, execute (sections 4.1, 4.2).

use super::certificate::{Committed, Prepared};
use super::disk::Write;
use super::log::{Slot, Stage};
use super::message::{Batch, Msg, digest, op_digest};
use super::replica::{Record, Replica};
use super::spec::{COMMITTED, PREPARED};
use super::{Pbft, flaw, rules};
use crate::protocol::{Claim, Label, Op, Out, Stamp};
use crate::rng::mix;

impl Replica {
    /// A request, from its client or passed on by a backup.
    pub(super) fn on_request(&mut self, from: Stamp, op: Op, direct: bool, out: &mut Out<Pbft>) {
        let Some(client) = self.client_index(op) else {
            return;
        };
        if direct && from.sender() != op.client {
            return;
        }
        let record = self.records[client];
        if op.number <= record.number {
            if op.number == record.number && direct {
                out.because(rules::RESEND_REPLY, request_label(op));
                self.reply(op, record.result, false, out);
            }
            return;
        }
        if self.waiting.contains(&op) {
            self.doubt(direct, out);
        } else {
            self.waiting
                .retain(|old| old.client != op.client || old.number > op.number);
            self.waiting.push(op);
        }
        if self.active && self.seat.settings.without_pre_prepare {
            self.number_waiting(out);
        } else if self.active && self.is_primary() {
            self.propose_waiting(out);
        } else if self.active && direct {
            out.because(rules::RELAY, request_label(op));
            out.send(self.primary(), Msg::Relay(op));
        }
        if !self.seat.flawed(flaw::TRUSTS_PRIMARY) {
            self.keep_time(out);
        }
    }

    /// A client asks again for what has been waiting here: others may have executed it long ago,
    /// and may owe this replica the proof of it.
    fn doubt(&mut self, direct: bool, out: &mut Out<Pbft>) {
        if direct && self.active {
            self.ask_one(out);
        }
    }

    /// As primary: proposes what waits, as far as the window and batching allow.
    pub(super) fn propose_waiting(&mut self, out: &mut Out<Pbft>) {
        if self.seat.settings.without_pre_prepare {
            return self.number_waiting(out);
        }
        if !self.active || !self.is_primary() {
            return;
        }
        let most = self.seat.settings.batch as usize;
        while self.next <= self.log.high() {
            let fresh: Vec<Op> = self
                .waiting
                .iter()
                .filter(|op| {
                    self.client_index(**op)
                        .is_some_and(|c| self.proposed[c] < op.number)
                })
                .take(most)
                .copied()
                .collect();
            let busy = self.next - 1 > self.executed;
            if fresh.is_empty() || (fresh.len() < most && busy) {
                return;
            }
            self.propose(fresh.into(), out);
        }
    }

    /// Without PRE-PREPAREs: gives what waits here the next free numbers, whatever others do.
    fn number_waiting(&mut self, out: &mut Out<Pbft>) {
        for op in self.waiting.clone() {
            let batch: Batch = [op].into();
            let digest = digest(&batch);
            let above = self.executed + 1..=self.log.high();
            let taken = |at: &u64| self.log.get(*at).and_then(Slot::digest);
            if !self.active || above.clone().any(|at| taken(&at) == Some(digest)) {
                continue;
            }
            let Some(free) = above.clone().find(|at| taken(at).is_none()) else {
                return;
            };
            let label = self.label(free, digest);
            if self.is_primary() {
                self.accept(label, batch);
                self.try_prepare(label, out);
            } else {
                self.back(label, &batch, out);
            }
        }
    }

    /// As primary: gives a batch the next sequence number.
    pub(super) fn propose(&mut self, batch: Batch, out: &mut Out<Pbft>) {
        for op in batch.iter() {
            if let Some(client) = self.client_index(*op) {
                self.proposed[client] = self.proposed[client].max(op.number);
            }
        }
        let label = self.label(self.next, digest(&batch));
        self.next += 1;
        out.because(rules::PROPOSE, label);
        out.multicast(Msg::PrePrepare(label, batch.clone()));
        if self.seat.flawed(flaw::COUNTS_PRIMARY) {
            out.multicast(Msg::Prepare(label));
        }
        self.accept(label, batch);
        self.try_prepare(label, out);
    }

    /// Takes a proposal into the log of the present view.
    pub(super) fn accept(&mut self, label: Label, batch: Batch) {
        self.journal.push(Write::Accepted(label.sequence));
        if let Some(slot) = self.log.slot(label.sequence) {
            slot.accepted = Some((label.digest, batch));
            slot.stage = Stage::PrePrepared;
        }
    }

    pub(super) fn on_pre_prepare(
        &mut self,
        from: Stamp,
        label: Label,
        batch: &Batch,
        out: &mut Out<Pbft>,
    ) {
        if from.sender() != self.primary() || self.is_primary() || digest(batch) != label.digest {
            return;
        }
        let Some(slot) = self.log.slot(label.sequence) else {
            return;
        };
        match slot.digest() {
            None => self.back(label, batch, out),
            Some(known) if known != label.digest && self.seat.flawed(flaw::TAKES_SECOND) => {
                self.back(label, batch, out);
            }
            Some(known) if known != label.digest => out.because(rules::CONFLICT, label),
            Some(_) => {}
        }
    }

    /// As backup: accepts a proposal and says so.
    pub(super) fn back(&mut self, label: Label, batch: &Batch, out: &mut Out<Pbft>) {
        self.accept(label, batch.clone());
        out.because(rules::PRE_PREPARED, label);
        let stamp = self.seat.stamp();
        if let Some(slot) = self.log.slot(label.sequence) {
            slot.prepares.add(label.digest, stamp);
        }
        out.multicast(Msg::Prepare(label));
        for op in batch.iter() {
            if self.waiting.contains(op) {
                self.line_moves = true;
            } else if self.is_open(*op) {
                self.waiting.push(*op);
            }
        }
        self.keep_time(out);
        self.try_prepare(label, out);
    }

    /// A PREPARE of the present view; the primary's counts for nothing.
    #[inline]
    pub(super) fn on_prepare(&mut self, from: Stamp, label: Label, out: &mut Out<Pbft>) {
        let leads = from.sender() == self.primary() && !self.seat.flawed(flaw::COUNTS_PRIMARY);
        if leads || !self.is_replica(from.sender()) {
            return;
        }
        let enough = self.seat.quorums.prepares();
        let label = self.voted_for(label);
        let Some(slot) = self.log.slot(label.sequence) else {
            return;
        };
        let count = slot.prepares.add(label.digest, from);
        if count >= enough && slot.stage == Stage::PrePrepared {
            self.try_prepare(label, out);
        }
    }

    /// What a vote is for: its own digest, unless the mistake is to ignore that.
    #[inline]
    fn voted_for(&self, label: Label) -> Label {
        if !self.seat.flawed(flaw::IGNORES_DIGESTS) {
            return label;
        }
        let accepted = self.log.get(label.sequence).and_then(Slot::digest);
        Label {
            digest: accepted.unwrap_or(label.digest),
            ..label
        }
    }

    /// Prepared: the proposal and Q - 1 matching PREPAREs from backups.
    pub(super) fn try_prepare(&mut self, label: Label, out: &mut Out<Pbft>) {
        let enough = self.seat.quorums.prepares();
        let stamp = self.seat.stamp();
        let Some(slot) = self.log.slot(label.sequence) else {
            return;
        };
        let Some((_, batch)) = slot.accepted.clone().filter(|(d, _)| *d == label.digest) else {
            return;
        };
        if slot.stage != Stage::PrePrepared || slot.prepares.count(label.digest) < enough {
            return;
        }
        slot.stage = Stage::Prepared;
        let voters = slot.prepares.of(label.digest).cloned().unwrap_or_default();
        let votes = voters.count() + 1;
        let early = self.seat.settings.without_commit || self.seat.flawed(flaw::EXECUTES_EARLY);
        if early {
            slot.committed = Some(Committed::new(label, batch.clone(), &voters));
        }
        let before = slot
            .prepared
            .replace(Prepared::new(label, batch.clone(), &voters));
        slot.commits.add(label.digest, stamp);
        self.journal
            .push(Write::Prepared(label.sequence, before.map(Box::new)));
        out.because(rules::PREPARED, label);
        out.claim(Claim::Reached {
            stage: PREPARED,
            label,
            votes,
        });
        if self.seat.settings.without_commit {
            self.execute_ready(out);
            return;
        }
        out.multicast(Msg::Commit(label));
        if self.seat.settings.tentative && label.sequence == self.executed + 1 {
            self.answer_tentatively(label, &batch, out);
        }
        if self.seat.flawed(flaw::EXECUTES_EARLY) {
            self.execute_ready(out);
        }
        self.try_commit(label, out);
    }

    #[inline]
    pub(super) fn on_commit(&mut self, from: Stamp, label: Label, out: &mut Out<Pbft>) {
        if !self.is_replica(from.sender()) {
            return;
        }
        let (quorum, weak) = (self.quorum(), self.seat.quorums.weak());
        let label = self.voted_for(label);
        let Some(slot) = self.log.slot(label.sequence) else {
            return;
        };
        let count = slot.commits.add(label.digest, from);
        if count >= quorum && slot.stage == Stage::Prepared {
            self.try_commit(label, out);
        } else if count == quorum && slot.stage < Stage::Prepared
            || count == weak && slot.digest().is_some_and(|mine| mine != label.digest)
        {
            self.watch(out);
        }
    }

    /// Committed-local: prepared, and Q matching COMMITs.
    fn try_commit(&mut self, label: Label, out: &mut Out<Pbft>) {
        let quorum = self.quorum();
        let Some(slot) = self.log.slot(label.sequence) else {
            return;
        };
        if slot.stage != Stage::Prepared
            || slot.digest() != Some(label.digest)
            || slot.commits.count(label.digest) < quorum
        {
            return;
        }
        slot.stage = Stage::Committed;
        let votes = slot.commits.count(label.digest);
        if slot.committed.is_none()
            && let (Some((_, batch)), Some(voters)) =
                (&slot.accepted, slot.commits.of(label.digest))
        {
            slot.committed = Some(Committed::new(label, batch.clone(), voters));
            self.journal.push(Write::Committed(label.sequence));
        }
        out.because(rules::COMMITTED, label);
        out.claim(Claim::Reached {
            stage: COMMITTED,
            label,
            votes,
        });
        self.execute_ready(out);
    }

    /// Executes in sequence order, as far as everything is committed.
    pub(super) fn execute_ready(&mut self, out: &mut Out<Pbft>) {
        let before = self.executed;
        while let Some(certificate) = self
            .log
            .get(self.executed + 1)
            .and_then(|s| s.committed.clone())
        {
            self.execute(certificate.label(), certificate.batch(), out);
        }
        if self.executed > before {
            self.attempts = 0;
            self.keep_time(out);
            self.propose_waiting(out);
        }
        self.answer_reads(out);
        self.watch(out);
    }

    fn execute(&mut self, label: Label, batch: &Batch, out: &mut Out<Pbft>) {
        out.because(rules::EXECUTED, label);
        let mut undo = Vec::new();
        let state = self.state;
        let ops = self.fresh(batch);
        self.executed = label.sequence;
        let silent = self.seat.settings.tentative && self.tentative == Some(label);
        let mut results = Vec::with_capacity(ops.len());
        for op in ops.iter() {
            let Some(client) = self.client_index(*op) else {
                continue;
            };
            undo.push((client, self.records[client]));
            self.state = after(self.state, *op);
            results.push(self.state);
            self.records[client] = Record {
                number: op.number,
                result: self.state,
            };
        }
        out.claim(Claim::Applied {
            label,
            ops: ops.clone(),
            results: results.clone(),
        });
        if !silent {
            for (op, result) in ops.iter().zip(results) {
                self.reply(*op, result, false, out);
            }
        }
        self.journal.push(Write::Executed { state, undo });
        let (records, n) = (&self.records, self.seat.quorums.n);
        self.waiting.retain(|op| {
            let client = (u32::from(op.client.0) - n) as usize;
            op.number > records[client].number
        });
        self.take_checkpoint(out);
    }

    /// What of a batch is still to be executed: requests of clients known here, each newer than
    /// the last one of its client, in the records and in the batch itself.
    fn fresh(&self, batch: &Batch) -> Batch {
        let is_new = |(index, op): (usize, &Op)| {
            let mut earlier = batch[..index].iter();
            self.client_index(*op)
                .is_some_and(|client| self.records[client].number < op.number)
                && earlier.all(|old| old.client != op.client || old.number < op.number)
        };
        if batch.iter().enumerate().all(is_new) {
            return batch.clone();
        }
        let each = batch.iter().enumerate().filter(|each| is_new(*each));
        each.map(|(_, op)| *op).collect()
    }

    /// Replies before commit, without touching the state: it may yet come otherwise (section 5.1).
    fn answer_tentatively(&mut self, label: Label, batch: &Batch, out: &mut Out<Pbft>) {
        out.because(rules::TENTATIVE, label);
        let mut state = self.state;
        for op in self.fresh(batch).iter() {
            state = after(state, *op);
            self.reply(*op, state, true, out);
        }
        self.tentative = Some(label);
    }

    pub(super) fn reply(&self, op: Op, result: u64, tentative: bool, out: &mut Out<Pbft>) {
        let view = self.view;
        out.send(
            op.client,
            Msg::Reply {
                view,
                op,
                result,
                tentative,
            },
        );
    }
}

/// The state after an operation: a chain, so that a different order shows. Reads leave it.
const fn after(state: u64, op: Op) -> u64 {
    if op.read {
        state
    } else {
        mix(state.rotate_left(7) ^ op_digest(op))
    }
}

pub(super) const fn request_label(op: Op) -> Label {
    Label {
        view: 0,
        sequence: op.number as u64,
        digest: op_digest(op),
    }
}

#[cfg(test)]
mod tests;
