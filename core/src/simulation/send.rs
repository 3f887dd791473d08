//! How messages leave a node: straight, through faults, or by way of what a traitor does with them.

use super::counters::{Tag, words};
use super::envelopes::Envelope;
use super::nodes::{Body, Nodes, Speaker};
use super::run::{Held, Item, NO_CAMP, Run};
use crate::chronicle::note;
use crate::conditions::{ByzantineAct, ByzantineRule, Packet, Verdict};
use crate::protocol::{NodeId, To};
use crate::rng::{Rng, Stream, happens, mix};
use crate::time::{Span, Time};
use crate::trace::{DropReason, Event, EventId, Recipients, Transit, What};
use std::ops::Range;

impl Run {
    /// Sends to one node. The body is the engine's from here on.
    pub(super) fn send(
        &mut self,
        nodes: &mut dyn Nodes,
        who: Speaker,
        to: NodeId,
        body: Body,
        cause: EventId,
    ) {
        if who.0 == to || to.index() >= self.state.nodes.len() {
            nodes.discard(body.number);
        } else if self.state.nodes[who.0.index()].byzantine.is_some() {
            self.send_as_byzantine(nodes, (who, to), &body, cause);
            nodes.discard(body.number);
        } else {
            self.post(nodes, (who, to), body, Span::ZERO, cause);
        }
    }

    /// Sends to several nodes, but never to the sender. The body is the engine's from here on.
    pub(super) fn multicast(
        &mut self,
        nodes: &mut dyn Nodes,
        who: Speaker,
        to: &To,
        body: Body,
        cause: EventId,
    ) {
        let (range, listed) = match to {
            To::One(to) => return self.send(nodes, who, *to, body, cause),
            To::Role(role) => (self.scenario.cast.nodes_of((*role).into()), None),
            To::These(these) => (0..0, Some(these)),
        };
        let total = self.state.nodes.len();
        let listed = listed.iter().flat_map(|these| these.iter().copied());
        let recipients = range.clone().map(NodeId).chain(listed);
        let recipients = recipients.filter(|to| *to != who.0 && to.index() < total);
        if self.state.nodes[who.0.index()].byzantine.is_some() {
            recipients.for_each(|to| self.send_as_byzantine(nodes, (who, to), &body, cause));
            nodes.discard(body.number);
            return;
        }
        if self.state.conditions.silent(who.0) {
            recipients.for_each(|to| self.suppress(who, to, &body, cause, DropReason::Silent));
            nodes.discard(body.number);
            return;
        }
        let whom = match to {
            To::Role(role) => Recipients::Role {
                role: *role,
                copies: range.len() as u16 - u16::from(range.contains(&who.0.0)),
            },
            _ => Recipients::These(recipients.clone().collect()),
        };
        let copies = whom.copies();
        self.keep_value(nodes, &body);
        let envelope = self.wrap(who, &body, whom, cause);
        let sent = if self.state.conditions.is_fault_free() && !range.is_empty() {
            self.fan_out(who.0, envelope, range);
            copies as u32
        } else {
            recipients
                .map(|to| self.dispatch(nodes, envelope, to, Span::ZERO))
                .sum()
        };
        self.copied(nodes, envelope, sent);
    }

    /// Counts the copies of an envelope that are under way.
    pub(super) fn copied(&mut self, nodes: &mut dyn Nodes, envelope: u32, copies: u32) {
        if self.state.envelopes.copied(envelope, copies) {
            nodes.discard(envelope);
        }
    }

    /// The fast path: nothing lies between the nodes.
    fn fan_out(&mut self, from: NodeId, envelope: u32, to: Range<u16>) {
        let (total, now) = (self.state.nodes.len(), self.state.now);
        let places = usize::from(to.start)..usize::from(to.end);
        let row = &mut self.state.links[from.index() * total..][places];
        for (to, count) in to.map(NodeId).zip(row) {
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
                .push(now + latency, Item::Arrive { envelope, to });
            self.state.live += 1;
        }
    }

    /// Sends one message as it is.
    pub(super) fn post(
        &mut self,
        nodes: &mut dyn Nodes,
        (who, to): (Speaker, NodeId),
        body: Body,
        extra: Span,
        cause: EventId,
    ) {
        if self.state.conditions.silent(who.0) {
            self.suppress(who, to, &body, cause, DropReason::Silent);
            nodes.discard(body.number);
            return;
        }
        self.keep_value(nodes, &body);
        let envelope = self.wrap(who, &body, Recipients::One(to), cause);
        let copies = self.dispatch(nodes, envelope, to, extra);
        self.copied(nodes, envelope, copies);
    }

    /// Keeps what a digest stands for, for those who tell of the run.
    fn keep_value(&mut self, nodes: &dyn Nodes, body: &Body) {
        if self.recording
            && let Some(ops) = nodes.value(body.number)
        {
            let values = &mut self.chronicle.values;
            values.entry(body.label.digest).or_insert(ops);
        }
    }

    /// Records a send and puts its body into an envelope: the envelope's number.
    fn wrap(&mut self, who: Speaker, body: &Body, to: Recipients, cause: EventId) -> u32 {
        let (kind, label, now) = (body.kind, body.label, self.state.now);
        let message = self.state.counters.next_message();
        self.state.counters.stats.sent[usize::from(kind)] += to.copies();
        let (a, b) = words(label);
        let whom = match &to {
            Recipients::One(node) => u64::from(node.0),
            Recipients::Role { role, .. } => u64::from(u16::MAX - u16::from(*role)),
            Recipients::These(nodes) => {
                let mixed = |whom: u64, node: &NodeId| mix(whom ^ u64::from(node.0)) >> 48;
                nodes.iter().fold(0, mixed)
            }
        };
        let a = a ^ u64::from(kind) << 56 ^ whom << 24;
        let event = self.state.counters.count(Tag::Sent, now, who.0, a, b);
        if self.recording {
            let what = What::Sent {
                message,
                kind,
                label,
                to,
            };
            self.write(event, who.0, cause, what);
        }
        let envelope = Envelope {
            from: who.0,
            face: who.1,
            kind,
            label,
            id: message,
            sent: now,
            cause: event,
            copies: 0,
        };
        self.state.envelopes.add(body.number, envelope);
        body.number
    }

    /// Puts one copy on its way: how many copies are under way now.
    pub(super) fn dispatch(
        &mut self,
        nodes: &mut dyn Nodes,
        envelope: u32,
        to: NodeId,
        extra: Span,
    ) -> u32 {
        let Some((from, kind)) = self.state.envelopes.get(envelope).map(|e| (e.from, e.kind))
        else {
            return 0;
        };
        let link = from.index() * self.state.nodes.len() + to.index();
        let count = self.state.links[link];
        self.state.links[link] += 1;
        let bits = self
            .latency_rng
            .draw(from.0.into(), to.0.into(), count.into());
        let latency = self.scenario.latency.draw(from, to, bits) + extra;
        if self.state.conditions.is_fault_free() {
            self.schedule(self.state.now + latency, Item::Arrive { envelope, to });
            return 1;
        }
        let packet = Packet {
            from,
            to,
            kind,
            count,
        };
        let verdict = self.state.conditions.judge(self.state.now, &packet);
        self.carry_out(nodes, (envelope, to), latency, verdict)
    }

    /// Does to one copy what the verdict says.
    fn carry_out(
        &mut self,
        nodes: &mut dyn Nodes,
        (envelope, to): (u32, NodeId),
        latency: Span,
        verdict: Verdict,
    ) -> u32 {
        let lands = self.state.now + latency + verdict.extra;
        if let Some(reason) = verdict.lost {
            let why = reason as u8;
            self.schedule(lands, Item::Lose { envelope, to, why });
            return 1;
        }
        if let Some(order) = verdict.held_by {
            self.state.held.push(Held {
                order,
                envelope,
                to,
            });
            return 1;
        }
        if let Some(bits) = verdict.garble {
            return self.garble(nodes, (envelope, to), lands, bits);
        }
        self.schedule(lands, Item::Arrive { envelope, to });
        if let Some(later) = verdict.duplicate {
            self.schedule(lands + later, Item::Arrive { envelope, to });
            return 2;
        }
        1
    }

    /// Lets a damaged copy travel in place of the true one.
    fn garble(
        &mut self,
        nodes: &mut dyn Nodes,
        (envelope, to): (u32, NodeId),
        lands: Time,
        bits: u64,
    ) -> u32 {
        let Some(&genuine) = self.state.envelopes.get(envelope) else {
            return 0;
        };
        let Some(damaged) = nodes.garbled(envelope, bits) else {
            let why = DropReason::Corruption as u8;
            self.schedule(lands, Item::Lose { envelope, to, why });
            return 1;
        };
        let (envelope, label) = (damaged.number, damaged.label);
        let copies = 0;
        self.state.envelopes.add(
            envelope,
            Envelope {
                label,
                copies,
                ..genuine
            },
        );
        self.schedule(lands, Item::Arrive { envelope, to });
        self.copied(nodes, envelope, 1);
        0
    }

    /// A message that its own sender keeps back: it never counts as sent.
    pub(super) fn suppress(
        &mut self,
        who: Speaker,
        to: NodeId,
        body: &Body,
        cause: EventId,
        why: DropReason,
    ) {
        let transit = Transit {
            message: self.state.counters.next_message(),
            from: who.0,
            to,
            kind: body.kind,
            label: body.label,
            sent: self.state.now,
        };
        self.drop_passage(transit, cause, why, who.0);
    }

    /// Sends as a traitor does, to one recipient: copies of the body, or lies.
    fn send_as_byzantine(
        &mut self,
        nodes: &mut dyn Nodes,
        (who, to): (Speaker, NodeId),
        body: &Body,
        cause: EventId,
    ) {
        let Some(byzantine) = self.state.nodes[who.0.index()].byzantine.clone() else {
            return;
        };
        if byzantine.camps.is_some() && !self.face_reaches(who.1, to) {
            return;
        }
        let mut rules = byzantine.rules.iter();
        let rule = rules.find(|rule| self.applies(rule, who.0, to, body.kind));
        let mut post = |run: &mut Self, extra| {
            let copy = nodes.copy(body);
            run.post(nodes, (who, to), copy, extra, cause);
        };
        match rule.map(|rule| rule.act) {
            None => post(self, Span::ZERO),
            Some(ByzantineAct::Withhold) => {
                self.suppress(who, to, body, cause, DropReason::Withheld);
            }
            Some(ByzantineAct::Await) => self.hold_back(nodes, who, to, body, cause),
            Some(ByzantineAct::Delay(span)) => post(self, span),
            Some(ByzantineAct::Replay(span)) => {
                post(self, Span::ZERO);
                post(self, span);
            }
            Some(act @ (ByzantineAct::Lie(name) | ByzantineAct::LieWith(name, _))) => {
                let bits = match act {
                    ByzantineAct::LieWith(_, number) => number,
                    _ => self.byzantine_bits(who.0, to),
                };
                for lie in nodes.lies(who, name, body.number, to, bits) {
                    self.post(nodes, (who, to), lie, Span::ZERO, cause);
                }
            }
        }
    }

    fn applies(&self, rule: &ByzantineRule, from: NodeId, to: NodeId, kind: u8) -> bool {
        rule.kinds >> kind & 1 == 1
            && (rule.to.is_empty() || rule.to.contains(&to))
            && happens(self.byzantine_bits(from, to), rule.per_mille)
    }

    fn byzantine_bits(&self, from: NodeId, to: NodeId) -> u64 {
        let count = self.state.links[from.index() * self.state.nodes.len() + to.index()];
        Rng::new(self.scenario.seed, Stream::Byzantine).draw(
            from.0.into(),
            to.0.into(),
            count.into(),
        )
    }

    /// Whether a face speaks to a node: to its own camp, to fellow traitors, to those in no camp
    /// if it is the first.
    fn face_reaches(&self, face: u8, to: NodeId) -> bool {
        let camp = self
            .state
            .camps
            .as_deref()
            .map_or(NO_CAMP, |camps| camps[to.index()]);
        let fellow = self.state.nodes[to.index()].faces > 1;
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
