//! How messages, timers and requests reach a node.

use super::counters::{Tag, words};
use super::envelopes::Envelope;
use super::node_state::hears;
use super::nodes::{Handed, Nodes};
use super::run::{Item, NO_CAMP, Run, State, TRAITOR};
use crate::chronicle::{Asked, note};
use crate::conditions::{Arrival, Packet};
use crate::protocol::{NodeId, Op};
use crate::time::Span;
use crate::trace::{DropReason, EventId, NO_CAUSE, Transit, What};
use crate::workload::Arrivals;

impl Run {
    /// A copy reaches its recipient, or its recipient's buffer.
    #[inline]
    pub(super) fn arrive(&mut self, nodes: &mut dyn Nodes, body: u32, to: NodeId, waited: bool) {
        let Some(envelope) = self.state.envelopes.get(body) else {
            return;
        };
        let node = &self.state.nodes[to.index()];
        let (up, faces) = (node.up, node.faces);
        let ignores = node.byzantine.as_ref().and_then(|plan| plan.ignores);
        if !up || envelope.cause < node.crashed {
            self.lose(nodes, body, to, DropReason::Crashed as u8);
            return;
        }
        let (from, kind, id) = (envelope.from, envelope.kind, envelope.id);
        if self.state.conditions.buffers() && !self.admitted(nodes, body, to, waited) {
            return;
        }
        let State { counters, now, .. } = &mut self.state;
        counters.stats.delivered[usize::from(kind)] += 1;
        let link = u64::from(from.0) << 16 | u64::from(kind);
        let event = counters.count(Tag::Delivered, *now, to, link, id.0);
        if self.recording {
            self.write_delivery(event, body, to);
        }
        if ignores.is_some() && ignores == nodes.asker(body) {
            // It acts as if the message had not come.
        } else if faces == 1 {
            nodes.deliver(self, (to, 0), from, body, event);
        } else {
            self.hand_to_faces(nodes, body, (to, faces), event);
        }
        self.done(nodes, body);
    }

    /// One copy is no longer under way.
    #[inline]
    pub(super) fn done(&mut self, nodes: &mut dyn Nodes, body: u32) {
        if self.state.envelopes.done(body) {
            nodes.discard(body);
        }
    }

    /// Whether the receive buffer lets a copy through now.
    #[inline(never)]
    fn admitted(&mut self, nodes: &mut dyn Nodes, body: u32, to: NodeId, waited: bool) -> bool {
        let Some(&envelope) = self.state.envelopes.get(body) else {
            return false;
        };
        let from = envelope.from;
        let packet = Packet {
            from,
            to,
            kind: envelope.kind,
            count: self.state.links[from.index() * self.state.nodes.len() + to.index()],
        };
        match self
            .state
            .conditions
            .arrive(self.state.now, &packet, waited)
        {
            Arrival::Taken => true,
            Arrival::Waits(until) => {
                self.schedule(until, Item::Take { envelope: body, to });
                false
            }
            Arrival::Lost(reason) => {
                self.lose(nodes, body, to, reason as u8);
                false
            }
        }
    }

    #[inline(never)]
    fn write_delivery(&mut self, event: EventId, body: u32, to: NodeId) {
        if let Some(&envelope) = self.state.envelopes.get(body) {
            let what = What::Delivered(envelope.transit(to));
            self.write(event, to, envelope.cause, what);
        }
    }

    /// Hands a message to those faces of a traitor that should hear it.
    #[inline(never)]
    fn hand_to_faces(
        &mut self,
        nodes: &mut dyn Nodes,
        body: u32,
        (to, faces): (NodeId, u8),
        event: EventId,
    ) {
        let Some(&Envelope { from, face, .. }) = self.state.envelopes.get(body) else {
            return;
        };
        let camps = self.state.camps.clone();
        let only = fellow_face(face, camps.as_deref(), from);
        for face in 0..faces {
            let heard = match only {
                Some(only) => only == face,
                None => hears(camps.as_deref(), from, face, NO_CAMP),
            };
            if heard {
                nodes.deliver(self, (to, face), from, body, event);
            }
        }
    }

    /// Hands every face of a node the same.
    pub(super) fn step_all(
        &mut self,
        nodes: &mut dyn Nodes,
        node: NodeId,
        handed: Handed,
        cause: EventId,
    ) {
        for face in 0..self.state.nodes[node.index()].faces {
            nodes.step(self, (node, face), handed, cause);
        }
    }

    /// A copy is lost.
    #[inline(never)]
    pub(super) fn lose(&mut self, nodes: &mut dyn Nodes, body: u32, to: NodeId, why: u8) {
        let Some(&envelope) = self.state.envelopes.get(body) else {
            return;
        };
        self.done(nodes, body);
        let why = DropReason::ALL[usize::from(why)];
        self.drop_passage(envelope.transit(to), envelope.cause, why, to);
    }

    /// Records a loss, seen at `node`.
    pub(super) fn drop_passage(
        &mut self,
        transit: Transit,
        cause: EventId,
        why: DropReason,
        node: NodeId,
    ) {
        let State { counters, now, .. } = &mut self.state;
        counters.stats.dropped[why as usize] += 1;
        let (a, b) = words(transit.label);
        let a = a ^ (why as u64) << 56 ^ u64::from(transit.to.0) << 40;
        let event = counters.count(Tag::Dropped, *now, node, a, b ^ transit.message.0);
        if self.recording {
            self.write(event, node, cause, What::Dropped(transit, why));
        }
    }

    /// A timer that was not stopped runs out.
    pub(super) fn expire(&mut self, nodes: &mut dyn Nodes, number: u32) {
        let timer = self.state.timers.take(number);
        let event = self.timer_fired(timer.node, timer.name, timer.cause);
        nodes.step(self, (timer.node, timer.face), Handed::Timer(number), event);
    }

    fn timer_fired(&mut self, node: NodeId, timer: &'static str, cause: EventId) -> EventId {
        let State { counters, now, .. } = &mut self.state;
        counters.stats.other += 1;
        let event = counters.count(Tag::TimerFired, *now, node, timer.len() as u64, 0);
        if self.recording {
            self.write(event, node, cause, What::TimerFired { timer });
        }
        event
    }

    /// A node begins.
    pub(super) fn start(&mut self, nodes: &mut dyn Nodes, node: NodeId) {
        if self.state.nodes[node.index()].up {
            self.step_all(nodes, node, Handed::Start, NO_CAUSE);
        }
    }

    /// A traitor's disturbing timer runs out before its time, and will again.
    pub(super) fn fire_early(&mut self, nodes: &mut dyn Nodes, node: NodeId) {
        let state = &self.state.nodes[node.index()];
        let (up, faces) = (state.up, state.faces);
        let every = state.byzantine.as_ref().and_then(|rules| rules.provoke);
        let (Some(every), Some(timer)) = (every, nodes.early_timer()) else {
            return;
        };
        self.schedule(self.state.now + every, Item::FireEarly(node));
        for face in (0..faces).filter(|_| up) {
            let event = self.timer_fired(node, timer, NO_CAUSE);
            nodes.step(self, (node, face), Handed::EarlyTimer, event);
        }
    }

    /// The workload's next request is due at a client.
    pub(super) fn ask_next(&mut self, nodes: &mut dyn Nodes, client: NodeId) {
        let state = &self.state.nodes[client.index()];
        let (to_ask, up) = (state.to_ask, state.up);
        if to_ask == 0 {
            return;
        }
        if up {
            self.state.nodes[client.index()].to_ask -= 1;
            let number = self.ask(nodes, client, (None, None, None), NO_CAUSE);
            self.state.nodes[client.index()].awaited = number;
        } else if matches!(self.workload.arrivals, Arrivals::Closed(_)) {
            self.state.nodes[client.index()].missed = true;
        } else {
            // Nobody asks at a machine that is down, and the next one comes all the same.
            self.state.nodes[client.index()].to_ask -= 1;
        }
        self.await_arrival(client);
    }

    /// In an open workload the next request comes whether or not this one is answered.
    fn await_arrival(&mut self, client: NodeId) {
        let next = self.state.counters.asked[client.index()] + 1;
        if self.state.nodes[client.index()].to_ask > 0
            && let Some(distance) = self.workload.distance(client, next)
        {
            let at = self.state.now + self.state.conditions.hurried(distance);
            self.schedule(at, Item::Ask(client));
        }
    }

    /// Hands a client a request, of which some things may be given: its number.
    pub(super) fn ask(
        &mut self,
        nodes: &mut dyn Nodes,
        client: NodeId,
        (read, key, work): (Option<bool>, Option<u32>, Option<Span>),
        cause: EventId,
    ) -> u32 {
        let index = client.index();
        let number = self.state.counters.asked[index] + 1;
        self.state.counters.asked[index] = number;
        let drawn = self.workload.op(client, number, read);
        let op = Op {
            key: key.unwrap_or(drawn.key),
            work: work.unwrap_or(drawn.work),
            ..drawn
        };
        let at = self.state.now;
        let known = self.chronicle.asked[index].get(number as usize - 1);
        let same = known.filter(|known| (known.op, known.at) == (op, at));
        let asked = Asked {
            op,
            at,
            answered: same.and_then(|known| known.answered),
            failed: same.and_then(|known| known.failed),
        };
        note(&mut self.chronicle.asked[index], number as usize - 1, asked);
        let State { counters, now, .. } = &mut self.state;
        let event = counters.count(Tag::Asked, *now, client, number.into(), 0);
        if self.recording {
            self.write(event, client, cause, What::Asked { number });
        }
        self.state.monitor.asked(op, at);
        nodes.step(self, (client, 0), Handed::Request(op), event);
        number
    }
}

/// The one face of a fellow traitor that a traitor's face speaks to.
fn fellow_face(face: u8, camps: Option<&[u8]>, from: NodeId) -> Option<u8> {
    let traitor = camps.is_some_and(|camps| camps[from.index()] == TRAITOR);
    traitor.then_some(face)
}
