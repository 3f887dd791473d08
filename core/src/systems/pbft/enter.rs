//! Opening and entering a view: NEW-VIEW and what must carry over (section 4.4).

use super::message::{Batch, Msg, NewView, Proposal, ViewChange};
use super::normal::request_label;
use super::replica::{Replica, primary};
use super::{Pbft, Timer, flaw, rules};
use crate::protocol::{Claim, Label, Op, Out, Signed};
use litemap::LiteMap;

/// O as it follows from V: from the newest stable checkpoint in V to the highest number in any
/// P, the digest prepared in the highest view, or null where V has none.
fn carried_over(changes: &[Signed<ViewChange>]) -> (u64, Vec<Proposal>) {
    let stable = changes.iter().map(|change| change.body().stable.sequence());
    let low = stable.max().unwrap_or(0);
    let mut best: LiteMap<u64, (Label, &Batch)> = LiteMap::new();
    for certificate in changes.iter().flat_map(|change| &change.body().prepared) {
        let label = certificate.label();
        let held = best.get(&label.sequence).map(|(held, _)| held.view);
        if held.is_none_or(|view| view < label.view) {
            best.insert(label.sequence, (label, certificate.batch()));
        }
    }
    let high = best.last().map_or(low, |(sequence, _)| *sequence);
    let proposals = (low + 1..=high).map(|sequence| match best.get(&sequence) {
        Some((label, batch)) => Proposal {
            sequence,
            digest: label.digest,
            batch: (*batch).clone(),
        },
        None => Proposal::null(sequence),
    });
    (low, proposals.collect())
}

impl Replica {
    /// As the new primary, with Q VIEW-CHANGEs: opens the view.
    pub(super) fn open_view(&mut self, out: &mut Out<Pbft>) {
        let here = self
            .changes
            .values()
            .filter(|change| change.body().view == self.view);
        let changes: Vec<_> = here.cloned().collect();
        let (low, mut proposals) = carried_over(&changes);
        if self.seat.flawed(flaw::OWN_START) && self.log.low() < low {
            let nulls = (self.log.low() + 1..=low).map(Proposal::null);
            proposals = nulls.chain(proposals).collect();
        }
        let new = self.seat.sign(NewView {
            view: self.view,
            changes,
            proposals,
        });
        out.because(rules::NEW_VIEW, self.label(0, 0));
        out.multicast(Msg::NewView(new.clone()));
        self.enter(&new, out);
    }

    pub(super) fn on_new_view(&mut self, new: &Signed<NewView>, out: &mut Out<Pbft>) {
        let body = new.body();
        let wanted = body.view > self.view || (body.view == self.view && !self.active);
        if !wanted || new.by() != primary(body.view, self.seat.quorums.n) || new.by() == self.id() {
            return;
        }
        let label = Label {
            view: body.view,
            ..Label::default()
        };
        if self.follows(body) {
            out.because(rules::ENTER, label);
            self.journal
                .push(super::disk::Write::View(self.view, self.active));
            self.enter(new, out);
        } else {
            out.because(rules::REJECT_VIEW, label);
        }
    }

    /// Whether a NEW-VIEW follows from Q valid VIEW-CHANGEs of its own.
    fn follows(&self, new: &NewView) -> bool {
        let mut signers: Vec<_> = new.changes.iter().map(Signed::by).collect();
        signers.sort_unstable();
        signers.dedup();
        signers.len() as u32 >= self.quorum()
            && signers.len() == new.changes.len()
            && new.changes.iter().all(|change| {
                self.is_replica(change.by())
                    && change.body().view == new.view
                    && self.valid_change(change.body())
            })
            && carried_over(&new.changes).1 == new.proposals
    }

    /// Takes part in a view from now on; until all is carried over, nothing new is proposed.
    fn enter(&mut self, new: &Signed<NewView>, out: &mut Out<Pbft>) {
        let body = new.body();
        let before = self.new_view.as_ref().map_or(0, |new| new.body().view);
        let replaced = primary(before, self.seat.quorums.n) == self.id();
        self.view = body.view;
        self.active = false;
        self.new_view = Some(new.clone());
        self.late.clear();
        self.tentative = None;
        self.changes
            .retain(|_, change| change.body().view > body.view);
        self.log.leave_view();
        self.proposed.fill(0);
        self.stop_time(out);
        out.cancel_timer(Timer::Repeat);
        out.claim(Claim::Entered {
            round: self.view,
            leader: Some(self.primary()),
        });
        self.adopt_checkpoint(body, out);
        let (low, _) = carried_over(&body.changes);
        let last = body
            .proposals
            .last()
            .map_or(low, |proposal| proposal.sequence);
        self.next = last.max(self.log.low()) + 1;
        self.take_over(body, out);
        self.active = true;
        self.process_early(out);
        self.restate_checkpoints(out);
        self.keep_time(out);
        self.propose_waiting(out);
        if replaced {
            self.pass_on_waiting(out);
        }
        self.watch(out);
    }

    /// A primary that was replaced may be the only one to know of some requests (section 4.1).
    fn pass_on_waiting(&self, out: &mut Out<Pbft>) {
        if self.is_primary() {
            return;
        }
        let carried = |op: &&Op| {
            let client = self.client_index(**op);
            client.is_some_and(|client| self.proposed[client] >= op.number)
        };
        for op in self.waiting.iter().filter(|op| !carried(op)) {
            out.because(rules::RELAY, request_label(*op));
            out.send(self.primary(), Msg::Relay(*op));
        }
    }

    /// A checkpoint that some VIEW-CHANGE proves is stable here too; its state may come later.
    fn adopt_checkpoint(&mut self, new: &NewView, out: &mut Out<Pbft>) {
        let proofs = new.changes.iter().map(|change| &change.body().stable);
        let Some(newest) = proofs.max_by_key(|proof| proof.sequence()) else {
            return;
        };
        if let Some(image) = self.own_image(newest) {
            self.make_stable(newest.clone(), image, out);
        } else {
            self.move_window(newest.clone(), out);
        }
        self.lacking = self.lacking.max(newest.sequence());
    }

    /// Runs the ordinary protocol for every entry of O again; nothing is executed twice.
    fn take_over(&mut self, new: &NewView, out: &mut Out<Pbft>) {
        let leads = self.is_primary();
        for proposal in &new.proposals {
            let label = self.label(proposal.sequence, proposal.digest);
            for op in proposal.batch.iter() {
                if let Some(client) = self.client_index(*op) {
                    self.proposed[client] = self.proposed[client].max(op.number);
                }
            }
            if self.log.slot(label.sequence).is_none() {
                continue;
            }
            if leads {
                self.accept(label, proposal.batch.clone());
                self.try_prepare(label, out);
            } else {
                self.back(label, &proposal.batch, out);
            }
        }
    }
}

#[cfg(test)]
mod tests;
