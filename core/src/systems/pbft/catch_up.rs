//! Falling behind and catching up: early messages, state transfer (sections 4.3, 4.4).

use super::message::{Msg, Progress, StateReply};
use super::replica::Replica;
use super::{Pbft, Timer, flaw, rules};
use crate::protocol::{Claim, Label, NodeId, Out, Stamp};
use std::rc::Rc;

impl Replica {
    /// Keeps a message of a view not entered yet, or from beyond the window, for when it counts.
    pub(super) fn set_aside(&mut self, from: Stamp, msg: &Msg, label: &Label, out: &mut Out<Pbft>) {
        let ahead = label.view > self.view || (label.view == self.view && !self.active);
        let beyond = label.view == self.view && label.sequence > self.log.high();
        let near = label.sequence <= self.log.horizon();
        if !(ahead || beyond && near) || !self.is_replica(from.sender()) {
            return;
        }
        let most = 3 * self.seat.settings.window as usize;
        let held = self.early.iter().filter(|(who, _)| *who == from);
        if held.count() < most {
            self.early.push((from, msg.clone()));
            self.watch(out);
        }
    }

    /// The view was entered, or the window moved: takes what came too early for that.
    pub(super) fn process_early(&mut self, out: &mut Out<Pbft>) {
        for (from, msg) in std::mem::take(&mut self.early) {
            self.receive(from, &msg, out);
        }
        self.watch(out);
    }

    /// Keeps a timer on the evidence that others have what this replica lacks.
    pub(super) fn watch(&mut self, out: &mut Out<Pbft>) {
        let behind = self.is_behind();
        if behind && !self.watching {
            out.set_timer(
                Timer::CatchUp,
                crate::time::Span(self.seat.settings.view_timeout.0 / 2),
            );
        } else if !behind && self.watching {
            out.cancel_timer(Timer::CatchUp);
            self.asked = 0;
        }
        self.watching = behind;
    }

    /// Whether there is evidence that others have what this replica lacks.
    pub(super) fn is_behind(&self) -> bool {
        let next = self.executed + 1;
        let (quorum, weak) = (self.quorum(), self.seat.quorums.weak());
        self.returning
            || self.lacking > self.executed
            || self.checkpoints.vouched_beyond(self.executed, weak)
            || self.others_ahead()
            || self
                .log
                .iter()
                .skip_while(|(at, _)| *at < next)
                .any(|(_, slot)| {
                    slot.committed.is_some()
                        || slot.commits.all().any(|(digest, voters)| {
                            let refused = slot.digest().is_some_and(|mine| mine != *digest);
                            voters.count() >= if refused { weak } else { quorum }
                        })
                })
    }

    /// Whether f+1 replicas work in a view above this one's, or beyond its window.
    fn others_ahead(&self) -> bool {
        if self.early.is_empty() {
            return false;
        }
        let above = |msg: &Msg| match msg {
            Msg::PrePrepare(label, _) | Msg::Prepare(label) | Msg::Commit(label) => {
                label.view > self.view || label.sequence > self.log.high()
            }
            _ => false,
        };
        let early = self.early.iter().filter(|(_, msg)| above(msg));
        let mut senders: Vec<NodeId> = early.map(|(who, _)| who.sender()).collect();
        senders.sort_unstable();
        senders.dedup();
        senders.len() as u32 >= self.seat.quorums.weak()
    }

    /// Still behind after a while: asks one replica after the other.
    pub(super) fn on_catch_up(&mut self, out: &mut Out<Pbft>) {
        self.watching = false;
        if !self.is_behind() {
            return;
        }
        self.ask_one(out);
        self.watch(out);
    }

    /// Asks the next peer in turn; alone with a suspicion, that is how a replica goes on.
    pub(super) fn ask_one(&mut self, out: &mut Out<Pbft>) {
        if self.seat.flawed(flaw::NEVER_ASKS) {
            return;
        }
        out.because(rules::BEHIND, self.label(self.executed, self.state));
        let n = self.seat.quorums.n;
        let offset = 1 + self.asked % n.saturating_sub(1).max(1);
        self.asked += 1;
        let peer = NodeId(((u32::from(self.id().0) + offset) % n) as u16);
        out.send(peer, self.state_request());
    }

    /// After a restart: asks everyone at once.
    pub(super) fn ask_everyone(&mut self, out: &mut Out<Pbft>) {
        out.because(rules::BEHIND, self.label(self.executed, self.state));
        out.multicast(self.state_request());
        if !self.active {
            self.repeat_view_change(out);
        }
        self.watching = false;
        self.watch(out);
    }

    fn state_request(&self) -> Msg {
        Msg::StateRequest(self.progress())
    }

    /// How far it is.
    pub(super) const fn progress(&self) -> Progress {
        Progress {
            executed: self.executed,
            view: self.view,
            active: self.active,
        }
    }

    /// Gives another replica what this one can prove.
    pub(super) fn on_state_request(&self, from: Stamp, asker: Progress, out: &mut Out<Pbft>) {
        let (proof, image) = &self.checkpoints.stable;
        let mine = self.log.iter().filter(|(at, _)| *at > asker.executed);
        let committed = mine
            .filter_map(|(_, slot)| slot.committed.clone())
            .collect();
        let newer = self.in_newer_view(asker);
        let reply = StateReply {
            stable: (
                proof.clone(),
                (proof.sequence() > asker.executed).then(|| image.clone()),
            ),
            committed,
            new_view: self.new_view.clone().filter(|_| newer),
        };
        out.because(rules::SUPPLY, self.label(self.executed, self.state));
        out.send(from.sender(), Msg::StateReply(Rc::new(reply)));
    }

    /// Whether it takes part in a view that another replica is yet to enter.
    pub(super) const fn in_newer_view(&self, other: Progress) -> bool {
        self.active && (self.view > other.view || (self.view == other.view && !other.active))
    }

    /// Takes over what another replica proved.
    pub(super) fn on_state_reply(&mut self, reply: &StateReply, out: &mut Out<Pbft>) {
        self.returning = false;
        self.install(reply, out);
        for certificate in &reply.committed {
            if !certificate.valid(self.seat.quorums) {
                continue;
            }
            if let Some(slot) = self.log.slot(certificate.label().sequence)
                && slot.committed.is_none()
            {
                slot.committed = Some(certificate.clone());
            }
        }
        self.execute_ready(out);
        if let Some(new) = &reply.new_view {
            self.on_new_view(new, out);
        }
        self.watch(out);
    }

    /// Takes over a checkpoint's state, if Q replicas vouch for its digest.
    fn install(&mut self, reply: &StateReply, out: &mut Out<Pbft>) {
        let (proof, image) = &reply.stable;
        let low = self.log.low();
        let lacking = proof.sequence() == low && self.executed < low;
        if proof.sequence() <= low && !lacking || !proof.valid(self.seat.quorums) {
            return;
        }
        if self.executed >= proof.sequence() {
            if let Some(own) = self.own_image(proof) {
                self.make_stable(proof.clone(), own, out);
            }
            return;
        }
        let fits = |image: &&Rc<super::checkpoint::Image>| {
            image.sequence == proof.sequence() && image.digest() == proof.digest()
        };
        let Some(image) = image.as_ref().filter(fits) else {
            if let Some(image) = image {
                let label = self.label(image.sequence, image.digest());
                out.because(rules::REFUSE_STATE, label);
            }
            return;
        };
        let label = self.label(proof.sequence(), proof.digest());
        out.because(rules::TRANSFERRED, label);
        self.executed = image.sequence;
        self.state = image.state;
        self.records.clone_from(&image.records);
        let (records, n) = (&self.records, self.seat.quorums.n);
        self.waiting.retain(|op| {
            let client = (u32::from(op.client.0) - n) as usize;
            op.number > records[client].number
        });
        out.claim(Claim::TookOver { label });
        self.make_stable(proof.clone(), image.clone(), out);
        self.attempts = 0;
        self.keep_time(out);
    }
}

#[cfg(test)]
mod tests;
