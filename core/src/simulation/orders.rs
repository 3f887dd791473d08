//! The script at work: orders that begin, orders that end, what they do to nodes.

use super::tally::Tag;
use super::{Held, Item, NO_CAMP, Simulation, TRAITOR};
use crate::chronicle::Idle;
use crate::conditions::{Deed, Likeness, Tampering, Treason};
use crate::fault::Scope;
use crate::protocol::{Input, Kept, Message, NodeId, Protocol};
use crate::time::{Span, Time};
use crate::trace::{DropReason, EventId, MessageId, NO_CAUSE, What};
use std::rc::Rc;

impl<P: Protocol> Simulation<P> {
    /// When the next order begins or ends.
    #[inline]
    pub(super) fn next_order_time(&self) -> Time {
        let ending = self.state.endings.last().map_or(Time::NEVER, |end| end.0);
        let next = self.agenda.get(self.state.next_order);
        let beginning = next.map_or(Time::NEVER, |&index| {
            self.scenario.script[index as usize].at
        });
        ending.min(beginning)
    }

    /// Carries out the one order that ends or begins next, at `at`.
    pub(super) fn run_order(&mut self, at: Time) {
        if let Some(&(end, order)) = self.state.endings.last()
            && end == at
        {
            self.state.endings.pop();
            self.lift(order);
            return;
        }
        let index = self.agenda[self.state.next_order];
        self.state.next_order += 1;
        self.begin(index);
    }

    fn begin(&mut self, index: u32) {
        let order = self.scenario.script[index as usize].clone();
        let node = order.args.node("node").unwrap_or_default();
        self.state.tally.stats.other += 1;
        let event = self.count(Tag::Ordered, node, index.into(), 0);
        if self.recording {
            self.write(event, node, NO_CAUSE, What::Ordered(index));
        }
        if let Some(until) = order.until {
            self.state.endings.push((until, index));
            self.state.endings.sort_unstable_by(|a, b| b.cmp(a));
        }
        let scope = Scope {
            args: &order.args,
            order: index,
            cast: &self.scenario.cast,
            spec: P::SPEC,
        };
        let deed = (order.fault.apply)(&scope, &mut self.state.conditions);
        let idle = deed.and_then(|deed| self.do_deed(deed, event));
        self.chronicle.idle.remove(&index);
        if let Some(why) = idle {
            self.chronicle.idle.insert(index, why);
        }
        self.state.monitor.changed(self.state.now);
    }

    /// Ends what one order laid over the network.
    fn lift(&mut self, order: u32) {
        self.state.conditions.lift(order);
        let event = self.count(Tag::Lifted, NodeId(0), order.into(), 0);
        if self.recording {
            self.write(event, NodeId(0), NO_CAUSE, What::Lifted(order));
        }
        self.release_held(order);
        self.state.monitor.changed(self.state.now);
    }

    /// Lets go what an order held back: it leaves anew, and meets what still lies on its way.
    fn release_held(&mut self, order: u32) {
        let held = std::mem::take(&mut self.state.held);
        let (freed, kept): (Vec<Held>, Vec<Held>) =
            held.into_iter().partition(|held| held.order == order);
        self.state.held = kept;
        for Held { parcel, to, .. } in freed {
            let copies = self.dispatch(parcel, to, Span::ZERO);
            self.state.parcels.copied(parcel, copies);
            self.state.parcels.done(parcel);
        }
    }

    /// Carries a deed out, or says why it comes to nothing.
    fn do_deed(&mut self, deed: Deed, event: EventId) -> Option<Idle> {
        match deed {
            Deed::Crash(node) => {
                let was_up = self.state.hosts[node.index()].up;
                self.crash(node, event);
                (!was_up).then_some(Idle::Down)
            }
            Deed::Restart(node, kept) => {
                self.restart(node, kept, event);
                None
            }
            Deed::Corrupt(node, treason) => {
                self.corrupt(node, treason);
                None
            }
            Deed::Request { client, read } => {
                if !self.state.hosts[client.index()].up {
                    return Some(Idle::Down);
                }
                self.ask(client, Some(read), event);
                None
            }
            Deed::Heal => self.heal(),
            Deed::Dictate {
                message,
                to,
                like,
                choice,
            } => {
                let told = self.dictate((MessageId(message), like), to, choice, event);
                (!told).then_some(Idle::NotAsked)
            }
            Deed::Tamper {
                message,
                to,
                like,
                how,
            } => {
                let found = self.tamper((MessageId(message), like), to, how);
                (!found).then_some(Idle::NotUnderWay)
            }
        }
    }

    fn heal(&mut self) -> Option<Idle> {
        let healed = self.state.conditions.heal();
        let idle = healed.is_empty().then_some(Idle::Whole);
        for order in healed {
            self.state.endings.retain(|ending| ending.1 != order);
            self.lift(order);
        }
        idle
    }

    fn crash(&mut self, node: NodeId, event: EventId) {
        let host = &mut self.state.hosts[node.index()];
        host.up = false;
        host.crashed = event;
        self.state.live -= host.disarm_all();
    }

    /// Brings a node back with what its disk kept; one that runs is stopped first.
    fn restart(&mut self, node: NodeId, kept: Kept, event: EventId) {
        self.crash(node, event);
        let host = &mut self.state.hosts[node.index()];
        host.core = host.core.rebooted(kept);
        for twin in &mut host.twins {
            *twin = twin.rebooted(kept);
        }
        host.up = true;
        host.stale = kept != Kept::Everything;
        for face in 0..self.state.hosts[node.index()].faces() {
            self.feed(node, face, Input::Start, event);
        }
    }

    fn corrupt(&mut self, node: NodeId, treason: Treason) {
        self.state.live -= self.state.hosts[node.index()].drop_twins();
        if let Some(wanted) = &treason.camps {
            let camps = self.camps(node, wanted);
            let faces = camps
                .iter()
                .filter(|&&c| c < TRAITOR)
                .max()
                .map_or(1, |c| c + 1);
            self.state.camps = Some(camps);
            let host = &mut self.state.hosts[node.index()];
            host.twins = vec![host.core.clone(); usize::from(faces) - 1];
            (1..faces).for_each(|face| self.wind_up(node, face));
        }
        if let Some(every) = treason.provoke {
            self.schedule(self.state.now + every, Item::Provoke(node));
        }
        let host = &mut self.state.hosts[node.index()];
        host.treason = Some(Rc::new(treason));
        self.state.monitor.mark_faulty(node);
    }

    /// A new face is a copy of the first, so its timers run on, too.
    fn wind_up(&mut self, node: NodeId, face: u8) {
        for (timer, due) in self.state.hosts[node.index()].running() {
            let (slot, generation, _) = self.state.hosts[node.index()].arm(timer, face, due);
            let item = Item::Expire {
                node,
                slot,
                generation,
            };
            self.schedule(due, item);
        }
    }

    /// The camps that all two-faced traitors share: those named first, or two halves of the rest.
    ///
    /// Halves are made anew while traitors join at one instant; who joins later finds them made.
    /// Who will join is not known: a run by hand and its recording must part the same way.
    fn camps(&mut self, node: NodeId, wanted: &[Vec<NodeId>]) -> Rc<[u8]> {
        let made = self.state.camps.take();
        let mut camps = match &made {
            Some(made) => made.to_vec(),
            None => vec![NO_CAMP; self.state.hosts.len()],
        };
        camps[node.index()] = TRAITOR;
        if made.is_none() && !wanted.is_empty() {
            for (camp, nodes) in wanted.iter().enumerate() {
                let honest = nodes.iter().filter(|member| **member != node);
                honest.for_each(|member| camps[member.index()] = camp as u8);
            }
        } else if made.is_none() || self.state.halved == Some(self.state.now) {
            self.state.halved = Some(self.state.now);
            halve(&mut camps[..usize::from(self.scenario.servers())]);
        }
        camps.into()
    }

    /// Takes one copy under way out of the queue: the one with this number if it looks like that,
    /// or else the first that does.
    fn pick(&mut self, (message, like): (MessageId, Likeness), to: NodeId) -> Option<(Time, Item)> {
        let parcels = &self.state.parcels;
        let suits = |item: &Item, numbered: bool| match item {
            Item::Arrive { parcel, to: whom } if *whom == to => {
                parcels.get(*parcel).is_some_and(|p| {
                    (!numbered || p.id == message) && like.fits(p.from, p.kind, p.msg.label())
                })
            }
            _ => false,
        };
        let queue = &mut self.state.queue;
        let exact = queue.extract(|item| suits(item, true));
        exact.or_else(|| {
            let known = !like.is_blank();
            queue.extract(|item| known && suits(item, false))
        })
    }

    /// Does something to one copy under way; false if it has arrived.
    fn tamper(&mut self, which: (MessageId, Likeness), to: NodeId, how: Tampering) -> bool {
        let Some((at, item)) = self.pick(which, to) else {
            return false;
        };
        let Item::Arrive { parcel, .. } = item else {
            return false;
        };
        self.state.live -= 1;
        match how {
            Tampering::Drop => self.lose(parcel, to, DropReason::Chosen as u8),
            Tampering::Delay(span) => self.schedule(at + span, item),
            Tampering::Duplicate => {
                self.state.parcels.copied(parcel, 1);
                self.schedule(at, item);
                self.schedule(at, item);
            }
        }
        true
    }
}

/// Parts all but the traitors into two camps.
fn halve(camps: &mut [u8]) {
    let honest = |camp: &&mut u8| **camp != TRAITOR;
    let half = camps.iter_mut().filter(honest).count().div_ceil(2);
    for (index, camp) in camps.iter_mut().filter(honest).enumerate() {
        *camp = u8::from(index >= half);
    }
}
