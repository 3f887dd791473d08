//! What a node's step leaves behind, carried out in order.

use super::send::Speaker;
use super::tally::{Tag, words};
use super::{Item, Simulation, State};
use crate::chronicle::{Executed, note};
use crate::protocol::{Claim, Effect, Label, NodeId, Op, Protocol};
use crate::time::Span;
use crate::trace::{EventId, What};

impl<P: Protocol> Simulation<P> {
    /// Carries out what the last step left, caused by event `cause`.
    pub(super) fn act(&mut self, who: Speaker, mut cause: EventId) {
        let mut out = std::mem::take(&mut self.out);
        for effect in out.drain() {
            match effect {
                Effect::Because(rule, label) => {
                    let (a, b) = words(label);
                    let event = self.count(Tag::Because, who.0, a, b);
                    if self.recording {
                        self.write(event, who.0, cause, What::Because(rule, label));
                    }
                    cause = event;
                }
                Effect::Send(to, msg) => self.send(who, to, msg, cause),
                Effect::Multicast(msg) => self.multicast(who, msg, cause),
                Effect::SetTimer(timer, span) => self.set_timer(who, timer, span, cause),
                Effect::CancelTimer(timer) => self.cancel_timer(who, timer, cause),
                Effect::Claim(claim) => self.claim(who, &claim, cause),
            }
        }
        self.out = out;
    }

    pub(super) fn count(&mut self, tag: Tag, node: NodeId, a: u64, b: u64) -> EventId {
        let State { tally, now, .. } = &mut self.state;
        tally.count(tag, *now, node, a, b)
    }

    fn set_timer(&mut self, (node, face): Speaker, timer: P::Timer, span: Span, cause: EventId) {
        let until = self.state.now + self.state.conditions.by_clock_of(node, span);
        let (slot, generation, ran) = self.state.hosts[node.index()].arm(timer, face, until);
        self.state.live -= usize::from(ran);
        let item = Item::Expire {
            node,
            slot,
            generation,
        };
        self.schedule(until, item);
        let event = self.count(Tag::TimerSet, node, until.0, 0);
        self.state.hosts[node.index()].set_by(slot, event);
        if self.recording {
            let timer = P::timer_name(timer);
            self.write(event, node, cause, What::TimerSet { timer, until });
        }
    }

    fn cancel_timer(&mut self, (node, face): Speaker, timer: P::Timer, cause: EventId) {
        if !self.state.hosts[node.index()].disarm(timer, face) {
            return;
        }
        self.state.live -= 1;
        let event = self.count(Tag::TimerCancelled, node, 0, 0);
        if self.recording {
            let timer = P::timer_name(timer);
            self.write(event, node, cause, What::TimerCancelled { timer });
        }
    }

    /// Records what a node asserts, and holds the promises against it.
    fn claim(&mut self, (node, face): Speaker, claim: &Claim, cause: EventId) {
        let (a, b) = words(about(claim));
        let event = self.count(Tag::Claimed, node, a, b);
        if face == 0 {
            self.keep(node, claim);
        }
        let honest = self.state.hosts[node.index()].treason.is_none();
        let standing = match claim {
            Claim::RolledBack { .. } => self.standing(node),
            _ => Vec::new(),
        };
        if self.recording {
            self.write(event, node, cause, What::Claimed(claim.clone()));
        }
        if honest {
            let now = self.state.now;
            let (monitor, chronicle) = (&mut self.state.monitor, &mut self.chronicle);
            let broken = monitor.judge(now, node, claim, &standing, chronicle);
            self.report_breaks(broken, node, event);
        }
    }

    /// Records promises that broke just now.
    pub(super) fn report_breaks(&mut self, broken: Vec<(u8, u32)>, node: NodeId, cause: EventId) {
        for (promise, witness) in broken {
            let event = self.count(Tag::Broken, node, promise.into(), witness.into());
            if self.recording {
                self.write(event, node, cause, What::Broken { promise, witness });
            }
        }
    }

    /// What a node executed and has not lost.
    fn standing(&self, node: NodeId) -> Vec<Executed> {
        let extent = self.state.tally.executed[node.index()];
        self.chronicle
            .standing(node, extent)
            .into_iter()
            .cloned()
            .collect()
    }

    /// Keeps executions and answers in the chronicle.
    pub(super) fn keep(&mut self, node: NodeId, claim: &Claim) {
        match claim {
            Claim::Applied { label, ops, .. } => {
                let executed = Executed {
                    sequence: label.sequence,
                    view: label.view,
                    at: self.state.now,
                    digest: label.digest,
                    ops: ops.clone(),
                };
                let extent = &mut self.state.tally.executed[node.index()];
                let list = &mut self.chronicle.executed[node.index()];
                note(list, extent.written as usize, executed);
                extent.written += 1;
                extent.upto = label.sequence;
            }
            Claim::RolledBack { to } => {
                self.state.tally.executed[node.index()].upto = *to;
            }
            Claim::Answered { op, result, .. } => self.answered(node, *op, *result),
            _ => {}
        }
    }

    /// A client has its answer: the closed loop goes on.
    fn answered(&mut self, client: NodeId, op: Op, result: u64) {
        let index = client.index();
        let now = self.state.now;
        if let Some(asked) = self.chronicle.asked[index].get_mut(op.number as usize - 1) {
            asked.answered = Some((now, result));
        }
        let host = &self.state.hosts[client.index()];
        if host.awaited == op.number && host.to_ask > 0 {
            self.schedule(now + self.scenario.workload.gap, Item::Ask(client));
        }
    }
}

/// What a claim is about, for the hash; numbers of released versions never change.
fn about(claim: &Claim) -> Label {
    let turned = |label: &Label, by| Label {
        digest: label.digest.rotate_left(by),
        ..*label
    };
    match claim {
        Claim::Reached { stage, label, .. } => turned(label, u32::from(*stage).wrapping_sub(1)),
        Claim::Applied { label, .. } | Claim::TookOver { label } => turned(label, 2),
        Claim::RolledBack { to } => Label {
            sequence: *to,
            ..Label::default()
        },
        Claim::Entered { round, .. } => Label {
            view: *round,
            ..Label::default()
        },
        Claim::Answered { op, result, .. } => Label {
            sequence: op.number.into(),
            digest: *result,
            ..Label::default()
        },
        Claim::Suspects { node, on } => Label {
            sequence: node.0.into(),
            digest: u64::from(*on),
            ..Label::default()
        },
    }
}
