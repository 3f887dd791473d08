//! How messages, timers and requests reach a node.

use super::host::hears;
use super::tally::{Tag, words};
use super::{Item, NO_CAMP, Simulation, State, TRAITOR};
use crate::chronicle::{Asked, note};
use crate::conditions::{Arrival, Packet};
use crate::protocol::{Input, Message, NodeId, Op, Protocol, Stamp};
use crate::rng::{Rng, Stream, happens};
use crate::trace::{DropReason, EventId, NO_CAUSE, Passage, What};

impl<P: Protocol> Simulation<P> {
    /// A copy reaches its recipient, or its recipient's buffer.
    #[inline]
    pub(super) fn arrive(&mut self, slot: u32, to: NodeId, waited: bool) {
        let Some(parcel) = self.state.parcels.get(slot) else {
            return;
        };
        let host = &self.state.hosts[to.index()];
        if !host.up || parcel.cause < host.crashed {
            self.lose(slot, to, DropReason::Crashed as u8);
            return;
        }
        if self.state.conditions.buffers() && !self.admitted(slot, to, waited) {
            return;
        }
        self.hand_over(slot, to);
        self.state.parcels.done(slot);
    }

    /// Whether the receive buffer lets a copy through now.
    fn admitted(&mut self, parcel: u32, to: NodeId, waited: bool) -> bool {
        let Some((from, kind)) = self.state.parcels.get(parcel).map(|p| (p.from, p.kind)) else {
            return false;
        };
        let packet = Packet {
            from,
            to,
            kind,
            count: self.state.links[from.index() * self.state.hosts.len() + to.index()],
        };
        match self
            .state
            .conditions
            .arrive(self.state.now, &packet, waited)
        {
            Arrival::Taken => true,
            Arrival::Waits(until) => {
                self.schedule(until, Item::Take { parcel, to });
                false
            }
            Arrival::Lost(reason) => {
                self.lose(parcel, to, reason as u8);
                false
            }
        }
    }

    #[inline]
    fn hand_over(&mut self, slot: u32, to: NodeId) {
        let State {
            parcels,
            hosts,
            tally,
            camps,
            now,
            ..
        } = &mut self.state;
        let Some(parcel) = parcels.get(slot) else {
            return;
        };
        let (from, kind) = (parcel.from, parcel.kind);
        tally.stats.delivered[usize::from(kind)] += 1;
        let link = u64::from(from.0) << 16 | u64::from(kind);
        let event = tally.count(Tag::Delivered, *now, to, link, parcel.id.0);
        let passage = self.recording.then(|| Passage {
            message: parcel.id,
            from,
            to,
            kind,
            label: parcel.msg.label(),
            sent: parcel.sent,
        });
        let cause = parcel.cause;
        let host = &mut hosts[to.index()];
        if host.twins.is_empty() {
            let input = Input::Message {
                from: Stamp::new(from),
                msg: &parcel.msg,
            };
            host.core.step(input, &mut self.out);
        } else {
            let only = fellow_face(parcel.face, camps.as_deref(), from);
            let msg = parcel.msg.clone();
            self.write_passage(event, to, cause, passage);
            self.hand_to_faces(from, to, only, &msg, event);
            return;
        }
        self.write_passage(event, to, cause, passage);
        if !self.out.is_empty() {
            self.act((to, 0), event);
        }
    }

    #[inline]
    fn write_passage(
        &mut self,
        event: EventId,
        to: NodeId,
        cause: EventId,
        passage: Option<Passage>,
    ) {
        if let Some(passage) = passage {
            self.write(event, to, cause, What::Delivered(passage));
        }
    }

    /// Hands a message to those faces of a traitor that should hear it.
    fn hand_to_faces(
        &mut self,
        from: NodeId,
        to: NodeId,
        only: Option<u8>,
        msg: &P::Msg,
        event: EventId,
    ) {
        let camps = self.state.camps.clone();
        for face in 0..self.state.hosts[to.index()].faces() {
            let heard = match only {
                Some(only) => only == face,
                None => hears(camps.as_deref(), from, face, NO_CAMP),
            };
            if heard {
                let input = Input::Message {
                    from: Stamp::new(from),
                    msg,
                };
                self.feed(to, face, input, event);
            }
        }
    }

    /// Lets one face of a node take a step.
    pub(super) fn feed(&mut self, node: NodeId, face: u8, input: Input<'_, P>, cause: EventId) {
        let host = &mut self.state.hosts[node.index()];
        let state = host.face(face);
        if face == 0 {
            state.step(input, &mut self.out);
        } else {
            state.step_as_twin(input, &mut self.out);
        }
        self.act((node, face), cause);
    }

    /// A copy is lost.
    pub(super) fn lose(&mut self, slot: u32, to: NodeId, why: u8) {
        let Some(parcel) = self.state.parcels.get(slot) else {
            return;
        };
        let passage = Passage {
            message: parcel.id,
            from: parcel.from,
            to,
            kind: parcel.kind,
            label: parcel.msg.label(),
            sent: parcel.sent,
        };
        let cause = parcel.cause;
        self.state.parcels.done(slot);
        self.drop_passage(passage, cause, DropReason::ALL[usize::from(why)], to);
    }

    /// Records a loss, seen at `node`.
    pub(super) fn drop_passage(
        &mut self,
        passage: Passage,
        cause: EventId,
        why: DropReason,
        node: NodeId,
    ) {
        let State { tally, now, .. } = &mut self.state;
        tally.stats.dropped[why as usize] += 1;
        let (a, b) = words(passage.label);
        let a = a ^ (why as u64) << 56 ^ u64::from(passage.to.0) << 40;
        let event = tally.count(Tag::Dropped, *now, node, a, b ^ passage.message.0);
        if self.recording {
            self.write(event, node, cause, What::Dropped(passage, why));
        }
    }

    /// A timer that was not stopped runs out.
    pub(super) fn expire(&mut self, node: NodeId, slot: u8) {
        let (timer, face, cause) = self.state.hosts[node.index()].fire(slot);
        let event = self.timer_fired(node, P::timer_name(timer), cause);
        self.feed(node, face, Input::Timer(timer), event);
    }

    fn timer_fired(&mut self, node: NodeId, timer: &'static str, cause: EventId) -> EventId {
        let State { tally, now, .. } = &mut self.state;
        tally.stats.other += 1;
        let event = tally.count(Tag::TimerFired, *now, node, timer.len() as u64, 0);
        if self.recording {
            self.write(event, node, cause, What::TimerFired { timer });
        }
        event
    }

    /// A node begins.
    pub(super) fn start(&mut self, node: NodeId) {
        if !self.state.hosts[node.index()].up {
            return;
        }
        for face in 0..self.state.hosts[node.index()].faces() {
            self.feed(node, face, Input::Start, NO_CAUSE);
        }
    }

    /// A traitor's disturbing timer runs out before its time, and will again.
    pub(super) fn provoke(&mut self, node: NodeId) {
        let host = &self.state.hosts[node.index()];
        let every = host.treason.as_ref().and_then(|treason| treason.provoke);
        let (Some(every), Some(timer)) = (every, P::provocation()) else {
            return;
        };
        self.schedule(self.state.now + every, Item::Provoke(node));
        if self.state.hosts[node.index()].up {
            for face in 0..self.state.hosts[node.index()].faces() {
                let event = self.timer_fired(node, P::timer_name(timer), NO_CAUSE);
                self.feed(node, face, Input::Timer(timer), event);
            }
        }
    }

    /// The workload's next request is due at a client.
    pub(super) fn ask_next(&mut self, client: NodeId) {
        let host = &mut self.state.hosts[client.index()];
        if host.to_ask == 0 || !host.up {
            return;
        }
        host.to_ask -= 1;
        let number = self.ask(client, None, NO_CAUSE);
        self.state.hosts[client.index()].awaited = number;
    }

    /// Hands a client a request: its number.
    pub(super) fn ask(&mut self, client: NodeId, read: Option<bool>, cause: EventId) -> u32 {
        let index = client.index();
        let number = self.state.tally.asked[index] + 1;
        self.state.tally.asked[index] = number;
        let drawn = Rng::new(self.scenario.seed, Stream::Workload);
        let bits = drawn.draw(client.0.into(), 0, number.into());
        let reads = happens(bits, self.scenario.workload.reads_per_mille);
        let op = Op {
            client,
            number,
            read: read.unwrap_or(reads),
        };
        let at = self.state.now;
        let known = self.chronicle.asked[index].get(number as usize - 1);
        let same = known.filter(|known| (known.op, known.at) == (op, at));
        let asked = Asked {
            op,
            at,
            answered: same.and_then(|known| known.answered),
        };
        note(&mut self.chronicle.asked[index], number as usize - 1, asked);
        let State { tally, now, .. } = &mut self.state;
        let event = tally.count(Tag::Asked, *now, client, number.into(), 0);
        if self.recording {
            self.write(event, client, cause, What::Asked { number });
        }
        self.state.monitor.asked(op);
        self.feed(client, 0, Input::Request(op), event);
        number
    }
}

/// The one face of a fellow traitor that a traitor's face speaks to.
fn fellow_face(face: u8, camps: Option<&[u8]>, from: NodeId) -> Option<u8> {
    let traitor = camps.is_some_and(|camps| camps[from.index()] == TRAITOR);
    traitor.then_some(face)
}
