//! Giving up a view: suspicion, VIEW-CHANGE, the join rule, patience (sections 4.4, 4.5).

use super::certificate::Prepared;
use super::message::{Msg, ViewChange};
use super::replica::{Replica, primary};
use super::{Pbft, Timer, flaw, rules};
use crate::protocol::{Claim, Label, NodeId, Out, Signed};

impl Replica {
    /// A request or a new view took too long: on to the next view.
    pub(super) fn on_view_timeout(&mut self, out: &mut Out<Pbft>) {
        if self.line_moves() {
            self.let_others_pass(out);
            return;
        }
        let rule = if self.active {
            rules::SUSPECT
        } else {
            rules::OUTWAITED
        };
        out.because(rule, self.label(self.executed, 0));
        self.give_up_for(self.view + 1, true, out);
    }

    /// Whether it is just not the turn of the timed request.
    ///
    /// A primary that serves first come, first served, serves only such requests before it as
    /// have waited here too. It may do so once for each client, so that none starves.
    fn line_moves(&self) -> bool {
        self.active && self.line_moves && self.let_pass < self.seat.cast.clients()
    }

    /// The timed request goes on waiting for its turn.
    fn let_others_pass(&mut self, out: &mut Out<Pbft>) {
        self.line_moves = false;
        self.let_pass += 1;
        out.because(rules::IN_LINE, self.label(self.executed, 0));
        out.set_timer(Timer::View, self.patience());
    }

    /// Stops the timer, whatever it runs for.
    pub(super) fn stop_time(&mut self, out: &mut Out<Pbft>) {
        let for_request = self.timed.take().is_some();
        if std::mem::take(&mut self.awaiting_view) || for_request {
            out.cancel_timer(Timer::View);
        }
    }

    /// Stops taking part and asks for `view`: `alone`, or because others did.
    pub(super) fn give_up_for(&mut self, view: u32, alone: bool, out: &mut Out<Pbft>) {
        self.journal
            .push(super::disk::Write::View(self.view, self.active));
        self.stop_time(out);
        self.view = view;
        self.active = false;
        self.attempts += 1;
        out.claim(Claim::GaveUp { round: view, alone });
        let change = self.seat.sign(self.view_change());
        self.changes.insert(self.id(), change.clone());
        out.multicast(Msg::ViewChange(change));
        out.set_timer(Timer::Repeat, self.seat.settings.view_timeout);
        self.weigh_changes(out);
    }

    /// VIEW-CHANGE(v+1, h, C, P).
    fn view_change(&self) -> ViewChange {
        ViewChange {
            view: self.view,
            stable: self.checkpoints.proved.clone(),
            prepared: self.certificates(),
        }
    }

    /// P: whatever was prepared above the stable checkpoint, in whichever view.
    fn certificates(&self) -> Vec<Prepared> {
        if self.seat.flawed(flaw::FORGETS_PREPARED) {
            return Vec::new();
        }
        let all = self
            .log
            .iter()
            .filter_map(|(_, slot)| slot.prepared.clone());
        let last_only = self.seat.flawed(flaw::LAST_VIEW_ONLY);
        all.filter(|certificate| !last_only || certificate.label().view + 1 == self.view)
            .collect()
    }

    /// The first VIEW-CHANGE, or all answers to it, may have been lost. Others may also have gone
    /// on without this replica, and a client may need its reply.
    pub(super) fn repeat_view_change(&mut self, out: &mut Out<Pbft>) {
        if self.active || self.seat.flawed(flaw::NEVER_REPEATS) {
            return;
        }
        out.because(rules::REPEAT, self.label(0, 0));
        if let Some(own) = self.changes.get(&self.id()) {
            out.multicast(Msg::ViewChange(own.clone()));
        }
        if !self.waiting.is_empty() {
            self.ask_one(out);
        }
        out.set_timer(Timer::Repeat, self.seat.settings.view_timeout);
    }

    pub(super) fn on_view_change(&mut self, change: &Signed<ViewChange>, out: &mut Out<Pbft>) {
        let (by, view) = (change.by(), change.body().view);
        if !self.is_replica(by) || by == self.id() || !self.valid_change(change.body()) {
            return;
        }
        if view <= self.view && self.active {
            if self.is_repeated(by, view) {
                self.answer_with_new_view(by, view, out);
            }
            return;
        }
        if view < self.view {
            return;
        }
        let newest = self
            .changes
            .get(&by)
            .is_none_or(|known| known.body().view <= view);
        if newest {
            self.changes.insert(by, change.clone());
            self.weigh_changes(out);
        }
    }

    /// Whether this VIEW-CHANGE came before: the NEW-VIEW was sent to everybody, and who asks
    /// again has missed it. A first one may just have been slow.
    fn is_repeated(&mut self, by: NodeId, view: u32) -> bool {
        let opened = self.new_view.as_ref().map(Signed::body);
        let within = opened.is_some_and(|new| {
            new.view == view && new.changes.iter().any(|change| change.by() == by)
        });
        if within || self.late.contains(&(by, view)) {
            return true;
        }
        self.late.retain(|(who, _)| *who != by);
        self.late.push((by, view));
        false
    }

    /// A replica missed the NEW-VIEW: its primary sends it again.
    fn answer_with_new_view(&self, to: NodeId, view: u32, out: &mut Out<Pbft>) {
        if let Some(new) = self.new_view.as_ref().filter(|_| self.is_primary()) {
            let label = Label {
                view,
                ..Label::default()
            };
            out.because(rules::RESEND_VIEW, label);
            out.send(to, Msg::NewView(new.clone()));
        }
    }

    /// Whether every certificate in it proves what it says.
    pub(super) fn valid_change(&self, change: &ViewChange) -> bool {
        let (quorums, low) = (self.seat.quorums, change.stable.sequence());
        let high = low + self.seat.settings.window;
        change.stable.valid(quorums)
            && change.prepared.iter().all(|certificate| {
                let label = certificate.label();
                certificate.valid(quorums)
                    && label.view < change.view
                    && label.sequence > low
                    && label.sequence <= high
            })
    }

    /// Joins others, starts the new primary's time, or opens the view as its primary.
    fn weigh_changes(&mut self, out: &mut Out<Pbft>) {
        let above = self
            .changes
            .values()
            .filter(|change| change.body().view > self.view);
        let views: Vec<u32> = above.map(|change| change.body().view).collect();
        let enough = if self.seat.flawed(flaw::JOINS_ONE) {
            1
        } else {
            self.seat.quorums.weak()
        };
        if views.len() as u32 >= enough
            && let Some(&smallest) = views.iter().min()
        {
            out.because(
                rules::JOIN,
                Label {
                    view: smallest,
                    ..Label::default()
                },
            );
            self.give_up_for(smallest, false, out);
            return;
        }
        if self.active {
            return;
        }
        let views = self.changes.values().map(|change| change.body().view);
        let (here, above) = views.fold((0, 0), |(here, above), view| {
            (
                here + u32::from(view == self.view),
                above + u32::from(view > self.view),
            )
        });
        if here >= self.quorum() && primary(self.view, self.seat.quorums.n) == self.id() {
            self.open_view(out);
        } else if here + above >= self.quorum() && !self.awaiting_view {
            self.await_view(out);
        }
    }

    /// Q replicas have given up the view before: the time of the new primary runs.
    ///
    /// Who has gone further counts too. Else one that did, while nobody heard it, would leave
    /// the others short of Q for ever.
    fn await_view(&mut self, out: &mut Out<Pbft>) {
        self.awaiting_view = true;
        out.because(rules::WAIT_VIEW, self.label(0, 0));
        out.set_timer(Timer::View, self.patience());
    }
}

#[cfg(test)]
mod tests;
