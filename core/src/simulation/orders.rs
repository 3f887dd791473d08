//! The script at work: orders that begin, orders that end, what they do to nodes.

use super::counters::Tag;
use super::nodes::{Handed, Nodes};
use super::run::{Held, Item, NO_CAMP, Run, State, TRAITOR};
use super::timers::Timer;
use crate::chronicle::Idle;
use crate::conditions::{ByzantinePlan, Likeness, NodeAction, Tampering};
use crate::fault::Scope;
use crate::promise::Change;
use crate::protocol::{Kept, NodeId};
use crate::time::{Span, Time};
use crate::trace::{DropReason, EventId, MessageId, NO_CAUSE, What};
use std::rc::Rc;

impl Run {
    /// Finds out when the next order begins or ends: to be called when the script or the state is another.
    pub(super) fn look_ahead(&mut self) {
        let ending = self.state.endings.last().map_or(Time::NEVER, |end| end.0);
        let next = self.agenda.get(self.state.next_order);
        let beginning = next.map_or(Time::NEVER, |&index| {
            self.scenario.script[index as usize].at
        });
        self.next_change = ending.min(beginning);
    }

    /// Carries out the one order that ends or begins next, at `at`.
    pub(super) fn run_order(&mut self, nodes: &mut dyn Nodes, at: Time) {
        match self.state.endings.pop_if(|(end, _)| *end == at) {
            Some((_, order)) => self.lift(nodes, order),
            None => {
                let index = self.agenda[self.state.next_order];
                self.state.next_order += 1;
                self.begin(nodes, index);
            }
        }
        self.look_ahead();
    }

    fn begin(&mut self, nodes: &mut dyn Nodes, index: u32) {
        let order = self.scenario.script[index as usize].clone();
        let node = order.args.node("node").unwrap_or_default();
        self.state.counters.stats.other += 1;
        let event = self.count(Tag::Ordered, node, index.into(), 0);
        if self.recording {
            self.write(event, node, NO_CAUSE, What::Ordered(index));
        }
        if let Some(until) = order.until {
            let endings = &mut self.state.endings;
            let place = endings.partition_point(|&later| later > (until, index));
            endings.insert(place, (until, index));
        }
        let scope = Scope {
            args: &order.args,
            order: index,
            cast: &self.scenario.cast,
            now: self.state.now,
            spec: self.scenario.spec,
        };
        let action = (order.fault.apply)(&scope, &mut self.state.conditions);
        let idle = action.and_then(|action| self.perform(nodes, action, event));
        self.chronicle.idle.remove(&index);
        if let Some(why) = idle {
            self.chronicle.idle.insert(index, why);
        }
        self.retime_work();
        self.changed(nodes);
    }

    /// Tells the promises what lies over the run from now on.
    pub(super) fn changed(&mut self, nodes: &dyn Nodes) {
        let State {
            now,
            nodes: states,
            conditions,
            monitor,
            ..
        } = &mut self.state;
        let all = || (0..).map(NodeId).zip(states.iter());
        let honest = states.iter().all(|state| state.byzantine.is_none());
        let serving = usize::from(self.scenario.servers());
        let down = all().take(serving).filter(|(_, state)| !state.up);
        let works = self.scenario.spec.uses.work;
        let work = all()
            .filter(|_| works)
            .map(|(node, _)| nodes.sketch(node).work);
        monitor.changed(&Change {
            now: *now,
            quiet: honest && conditions.quiet(),
            down: &down.map(|(node, _)| node).collect::<Vec<_>>(),
            work: Span(work.map(|span| span.0).sum()),
        });
    }

    /// Ends what one order laid over the network.
    fn lift(&mut self, nodes: &mut dyn Nodes, order: u32) {
        self.state.conditions.lift(order, self.state.now);
        let event = self.count(Tag::Lifted, NodeId(0), order.into(), 0);
        if self.recording {
            self.write(event, NodeId(0), NO_CAUSE, What::Lifted(order));
        }
        self.release_held(nodes, order);
        self.retime_work();
        self.changed(nodes);
    }

    /// Lets go what an order held back: it leaves anew, and meets what still lies on its way.
    fn release_held(&mut self, nodes: &mut dyn Nodes, order: u32) {
        let held = std::mem::take(&mut self.state.held);
        let (freed, kept): (Vec<Held>, Vec<Held>) =
            held.into_iter().partition(|held| held.order == order);
        self.state.held = kept;
        for Held { envelope, to, .. } in freed {
            let copies = self.dispatch(nodes, envelope, to, Span::ZERO);
            self.copied(nodes, envelope, copies);
            self.done(nodes, envelope);
        }
    }

    /// Carries an action out, or says why it comes to nothing.
    fn perform(
        &mut self,
        nodes: &mut dyn Nodes,
        action: NodeAction,
        event: EventId,
    ) -> Option<Idle> {
        match action {
            NodeAction::Crash(node) => {
                let was_up = self.state.nodes[node.index()].up;
                self.crash(nodes, node, event);
                (!was_up).then_some(Idle::Down)
            }
            NodeAction::Restart(node, kept) => {
                self.restart(nodes, node, kept, event);
                None
            }
            NodeAction::Corrupt(node, plan) => {
                self.corrupt(nodes, node, plan);
                None
            }
            NodeAction::Request {
                client,
                read,
                key,
                work,
            } => {
                if !self.state.nodes[client.index()].up {
                    return Some(Idle::Down);
                }
                self.ask(nodes, client, (Some(read), key, work), event);
                None
            }
            NodeAction::Event { node, to } => {
                if !self.state.nodes[node.index()].up {
                    return Some(Idle::Down);
                }
                let happened = self.count(Tag::Happened, node, 0, 0);
                if self.recording {
                    self.write(happened, node, event, What::Happened);
                }
                self.step_all(nodes, node, Handed::Event(to), happened);
                None
            }
            NodeAction::Wear {
                order,
                node,
                runs,
                repair,
            } => {
                self.begin_wear(order, node, runs, repair);
                None
            }
            NodeAction::Heal => self.heal(nodes),
            NodeAction::Dictate {
                message,
                to,
                like,
                choice,
            } => {
                let told = self.dictate(nodes, (MessageId(message), like), to, choice, event);
                (!told).then_some(Idle::NotAsked)
            }
            NodeAction::Tamper {
                message,
                to,
                like,
                how,
            } => {
                let found = self.tamper(nodes, (MessageId(message), like), to, how);
                (!found).then_some(Idle::NotUnderWay)
            }
        }
    }

    fn heal(&mut self, nodes: &mut dyn Nodes) -> Option<Idle> {
        let healed = self.state.conditions.heal(self.state.now);
        let idle = healed.is_empty().then_some(Idle::Whole);
        for order in healed {
            self.state.endings.retain(|ending| ending.1 != order);
            self.lift(nodes, order);
        }
        idle
    }

    pub(super) fn crash(&mut self, nodes: &mut dyn Nodes, node: NodeId, event: EventId) {
        self.state.nodes[node.index()].goes_down(self.state.now, event);
        self.state.live -= self.state.timers.stop_all(node, 0);
        nodes.timers_stopped(node);
        self.drop_work(node);
    }

    /// Brings a node back with what its disk kept; one that runs is stopped first.
    pub(super) fn restart(
        &mut self,
        nodes: &mut dyn Nodes,
        node: NodeId,
        kept: Kept,
        event: EventId,
    ) {
        self.crash(nodes, node, event);
        nodes.reboot(node, kept);
        let state = &mut self.state.nodes[node.index()];
        state.comes_up(self.state.now);
        // What it once said and lost is not unsaid by a later restart that keeps the rest.
        state.stale |= kept != Kept::Everything;
        let missed = std::mem::take(&mut state.missed);
        self.step_all(nodes, node, Handed::Start, event);
        if missed {
            self.schedule(self.state.now, Item::Ask(node));
        }
    }

    fn corrupt(&mut self, nodes: &mut dyn Nodes, node: NodeId, byzantine: ByzantinePlan) {
        self.state.live -= self.state.timers.stop_all(node, 1);
        let mut faces = 1;
        if let Some(wanted) = &byzantine.camps {
            let camps = self.camps(node, wanted);
            let named = camps.iter().filter(|&&camp| camp < TRAITOR);
            faces = named.max().map_or(1, |last| last + 1);
            self.state.camps = Some(camps);
        }
        nodes.set_faces(node, faces);
        (1..faces).for_each(|face| self.copy_timers(nodes, node, face));
        if let Some(every) = byzantine.provoke {
            self.schedule(self.state.now + every, Item::FireEarly(node));
        }
        let state = &mut self.state.nodes[node.index()];
        state.faces = faces;
        state.byzantine = Some(Rc::new(byzantine));
        self.state.monitor.mark_faulty(node);
    }

    /// A new face is a copy of the first, so its timers run on, too.
    fn copy_timers(&mut self, nodes: &mut dyn Nodes, node: NodeId, face: u8) {
        for like in nodes.running(node) {
            let timer = *self.state.timers.get(like);
            let cause = NO_CAUSE;
            let number = self.state.timers.add(Timer {
                face,
                cause,
                ..timer
            });
            nodes.timer_copied((node, face), like, number);
            self.schedule(timer.due, Item::Expire(number));
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
            None => vec![NO_CAMP; self.state.nodes.len()],
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
        let envelopes = &self.state.envelopes;
        let suits = |item: &Item, numbered: bool| match item {
            Item::Arrive { envelope, to: whom } if *whom == to => {
                envelopes.get(*envelope).is_some_and(|e| {
                    (!numbered || e.id == message) && like.fits(e.from, e.kind, e.label)
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
    fn tamper(
        &mut self,
        nodes: &mut dyn Nodes,
        which: (MessageId, Likeness),
        to: NodeId,
        how: Tampering,
    ) -> bool {
        let Some((at, item)) = self.pick(which, to) else {
            return false;
        };
        let Item::Arrive { envelope, .. } = item else {
            return false;
        };
        self.state.live -= 1;
        match how {
            Tampering::Drop => self.lose(nodes, envelope, to, DropReason::Chosen as u8),
            Tampering::Delay(span) => self.schedule(at + span, item),
            Tampering::Duplicate => {
                self.copied(nodes, envelope, 1);
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
