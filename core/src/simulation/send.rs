//! How messages leave a node: straight, through faults, or by way of treason.

use super::tally::{Tag, words};
use super::{Held, Item, NO_CAMP, Simulation};
use crate::chronicle::note;
use crate::conditions::{Packet, TraitorAct, TraitorRule, Verdict};
use crate::protocol::{Message, NodeId, Protocol};
use crate::rng::{Rng, Stream, happens};
use crate::time::Span;
use crate::trace::{DropReason, Event, EventId, Passage, Recipients, What};

/// One face of one node: who speaks.
pub(super) type Speaker = (NodeId, u8);

impl<P: Protocol> Simulation<P> {
    /// Sends to one node.
    pub(super) fn send(&mut self, who: Speaker, to: NodeId, msg: P::Msg, cause: EventId) {
        if who.0 == to || to.index() >= self.state.hosts.len() {
            return;
        }
        if self.state.hosts[who.0.index()].treason.is_some() {
            self.betray(who, to, &msg, cause);
        } else {
            self.post(who, to, msg, Span::ZERO, cause);
        }
    }

    /// Sends to every replica but the sender.
    pub(super) fn multicast(&mut self, who: Speaker, msg: P::Msg, cause: EventId) {
        let n = self.scenario.servers();
        let recipients = (0..n).map(NodeId).filter(move |&to| to != who.0);
        if self.state.hosts[who.0.index()].treason.is_some() {
            recipients.for_each(|to| self.betray(who, to, &msg, cause));
            return;
        }
        if self.state.conditions.silent(who.0) {
            recipients.for_each(|to| self.muffle(who, to, &msg, cause, DropReason::Silent));
            return;
        }
        let copies = n - u16::from(who.0.0 < n);
        let parcel = self.wrap(who, msg, Recipients::Replicas(copies), cause);
        let sent = if self.state.conditions.calm() {
            self.fan_out(who.0, parcel);
            u32::from(copies)
        } else {
            recipients
                .map(|to| self.dispatch(parcel, to, Span::ZERO))
                .sum()
        };
        self.state.parcels.copied(parcel, sent);
    }

    /// The fast path: nothing lies between the nodes.
    fn fan_out(&mut self, from: NodeId, parcel: u32) {
        let (n, total, now) = (
            self.scenario.servers(),
            self.state.hosts.len(),
            self.state.now,
        );
        let row = &mut self.state.links[from.index() * total..][..usize::from(n)];
        for (to, count) in (0..n).map(NodeId).zip(row) {
            if to == from {
                continue;
            }
            let bits = self
                .latency_rng
                .draw(from.0.into(), to.0.into(), (*count).into());
            *count += 1;
            let latency = self.scenario.latency.draw(from, to, bits);
            self.state
                .queue
                .push(now + latency, Item::Arrive { parcel, to });
            self.state.live += 1;
        }
    }

    /// Sends one message as it is.
    pub(super) fn post(
        &mut self,
        who: Speaker,
        to: NodeId,
        msg: P::Msg,
        extra: Span,
        cause: EventId,
    ) {
        if self.state.conditions.silent(who.0) {
            self.muffle(who, to, &msg, cause, DropReason::Silent);
            return;
        }
        let parcel = self.wrap(who, msg, Recipients::One(to), cause);
        let copies = self.dispatch(parcel, to, extra);
        self.state.parcels.copied(parcel, copies);
    }

    /// Records a send and wraps its body.
    fn wrap(&mut self, who: Speaker, msg: P::Msg, to: Recipients, cause: EventId) -> u32 {
        let (kind, label, now) = (msg.kind() as u8, msg.label(), self.state.now);
        let message = self.state.tally.next_message();
        self.state.tally.stats.sent[usize::from(kind)] += to.copies();
        let (a, b) = words(label);
        let whom = match to {
            Recipients::One(node) => u64::from(node.0),
            Recipients::Replicas(_) => u64::from(u16::MAX),
        };
        let a = a ^ u64::from(kind) << 56 ^ whom << 24;
        let event = self.state.tally.count(Tag::Sent, now, who.0, a, b);
        if self.recording {
            let what = What::Sent {
                message,
                kind,
                label,
                to,
            };
            self.write(event, who.0, cause, what);
        }
        self.state
            .parcels
            .wrap(msg, who, kind, message, (now, event))
    }

    /// Puts one copy on its way: how many copies are under way now.
    pub(super) fn dispatch(&mut self, parcel: u32, to: NodeId, extra: Span) -> u32 {
        let Some((from, kind)) = self.state.parcels.get(parcel).map(|p| (p.from, p.kind)) else {
            return 0;
        };
        let link = from.index() * self.state.hosts.len() + to.index();
        let count = self.state.links[link];
        self.state.links[link] += 1;
        let bits = self
            .latency_rng
            .draw(from.0.into(), to.0.into(), count.into());
        let latency = self.scenario.latency.draw(from, to, bits) + extra;
        if self.state.conditions.calm() {
            self.schedule(self.state.now + latency, Item::Arrive { parcel, to });
            return 1;
        }
        let packet = Packet {
            from,
            to,
            kind,
            count,
        };
        let verdict = self.state.conditions.judge(self.state.now, &packet);
        self.carry_out(parcel, to, latency, verdict)
    }

    /// Does to one copy what the verdict says.
    fn carry_out(&mut self, parcel: u32, to: NodeId, latency: Span, verdict: Verdict) -> u32 {
        let lands = self.state.now + latency + verdict.extra;
        if let Some(reason) = verdict.lost {
            let why = reason as u8;
            self.schedule(lands, Item::Lose { parcel, to, why });
            return 1;
        }
        if let Some(order) = verdict.held_by {
            self.state.held.push(Held { order, parcel, to });
            return 1;
        }
        if let Some(bits) = verdict.garble {
            return self.garble(parcel, to, latency + verdict.extra, bits);
        }
        self.schedule(lands, Item::Arrive { parcel, to });
        if let Some(later) = verdict.duplicate {
            self.schedule(lands + later, Item::Arrive { parcel, to });
            return 2;
        }
        1
    }

    /// Lets a damaged copy travel in place of the true one.
    fn garble(&mut self, parcel: u32, to: NodeId, latency: Span, bits: u64) -> u32 {
        let lands = self.state.now + latency;
        let Some(true_one) = self.state.parcels.get(parcel) else {
            return 0;
        };
        let Some(msg) = true_one.msg.garbled(bits) else {
            let why = DropReason::Corruption as u8;
            self.schedule(lands, Item::Lose { parcel, to, why });
            return 1;
        };
        let (who, id) = ((true_one.from, true_one.face), true_one.id);
        let (kind, when) = (true_one.kind, (true_one.sent, true_one.cause));
        let damaged = self.state.parcels.wrap(msg, who, kind, id, when);
        self.schedule(
            lands,
            Item::Arrive {
                parcel: damaged,
                to,
            },
        );
        self.state.parcels.copied(damaged, 1);
        0
    }

    /// A message that its own sender keeps back: it never counts as sent.
    pub(super) fn muffle(
        &mut self,
        who: Speaker,
        to: NodeId,
        msg: &P::Msg,
        cause: EventId,
        why: DropReason,
    ) {
        let passage = Passage {
            message: self.state.tally.next_message(),
            from: who.0,
            to,
            kind: msg.kind() as u8,
            label: msg.label(),
            sent: self.state.now,
        };
        self.drop_passage(passage, cause, why, who.0);
    }

    /// Sends as a traitor does, to one recipient.
    fn betray(&mut self, who: Speaker, to: NodeId, msg: &P::Msg, cause: EventId) {
        let Some(treason) = self.state.hosts[who.0.index()].treason.clone() else {
            return;
        };
        if treason.camps.is_some() && !self.face_reaches(who.1, to) {
            return;
        }
        let rule = treason
            .rules
            .iter()
            .find(|rule| self.applies(rule, who.0, to, msg));
        match rule.map(|rule| rule.act) {
            None => self.post(who, to, msg.clone(), Span::ZERO, cause),
            Some(TraitorAct::Withhold) => {
                self.muffle(who, to, msg, cause, DropReason::Withheld);
            }
            Some(TraitorAct::Await) => self.hold_back(who, to, msg, cause),
            Some(TraitorAct::Delay(span)) => self.post(who, to, msg.clone(), span, cause),
            Some(TraitorAct::Replay(span)) => {
                self.post(who, to, msg.clone(), Span::ZERO, cause);
                self.post(who, to, msg.clone(), span, cause);
            }
            Some(TraitorAct::Lie(name)) => {
                let bits = self.treason_bits(who.0, to);
                let host = &mut self.state.hosts[who.0.index()];
                let lies = host.face(who.1).lie(name, msg, to, bits);
                for lie in lies {
                    self.post(who, to, lie, Span::ZERO, cause);
                }
            }
        }
    }

    fn applies(&self, rule: &TraitorRule, from: NodeId, to: NodeId, msg: &P::Msg) -> bool {
        rule.kinds >> msg.kind() & 1 == 1
            && (rule.to.is_empty() || rule.to.contains(&to))
            && happens(self.treason_bits(from, to), rule.per_mille)
    }

    fn treason_bits(&self, from: NodeId, to: NodeId) -> u64 {
        let count = self.state.links[from.index() * self.state.hosts.len() + to.index()];
        Rng::new(self.scenario.seed, Stream::Treason).draw(from.0.into(), to.0.into(), count.into())
    }

    /// Whether a face speaks to a node: to its own camp, to fellow traitors, to those in no camp
    /// if it is the first.
    fn face_reaches(&self, face: u8, to: NodeId) -> bool {
        let camp = self
            .state
            .camps
            .as_deref()
            .map_or(NO_CAMP, |camps| camps[to.index()]);
        let fellow = self.state.hosts[to.index()].faces() > 1;
        let client = to.0 >= self.scenario.servers();
        fellow || client || camp == face || (camp == NO_CAMP && face == 0)
    }

    /// Writes an event into the chronicle.
    pub(super) fn write(&mut self, id: EventId, node: NodeId, cause: EventId, what: What) {
        let event = Event {
            id,
            at: self.state.now,
            node,
            cause,
            what,
        };
        note(&mut self.chronicle.events, id as usize, event);
    }
}
