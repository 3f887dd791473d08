//! What a node's step leaves behind, carried out in order.

use super::counters::{Tag, words};
use super::nodes::Speaker;
use super::run::{Item, Run, State};
use super::timers::Timer;
use crate::chronicle::{Asked, Executed, note};
use crate::protocol::{Claim, Label, NodeId, Op, Rule};
use crate::time::Span;
use crate::trace::{EventId, What};
use crate::workload::Arrivals;

impl Run {
    /// Records the rule that made a step: the event that causes what follows.
    pub(super) fn because(
        &mut self,
        node: NodeId,
        rule: &'static Rule,
        label: Label,
        cause: EventId,
    ) -> EventId {
        let (a, b) = words(label);
        let event = self.count(Tag::Because, node, a, b);
        if self.recording {
            self.write(event, node, cause, What::Because(rule, label));
        }
        event
    }

    pub(super) fn count(&mut self, tag: Tag, node: NodeId, a: u64, b: u64) -> EventId {
        let State { counters, now, .. } = &mut self.state;
        counters.count(tag, *now, node, a, b)
    }

    /// Starts a timer, in place of the one of number `ran` if that runs: its number.
    pub(super) fn set_timer(
        &mut self,
        (node, face): Speaker,
        (name, span): (&'static str, Span),
        ran: Option<u32>,
        cause: EventId,
    ) -> u32 {
        let until = self.state.now + self.state.conditions.by_clock_of(node, span);
        if let Some(ran) = ran {
            self.state.timers.stop(ran);
            self.state.live -= 1;
        }
        let event = self.count(Tag::TimerSet, node, until.0, 0);
        let number = self.state.timers.add(Timer {
            node,
            face,
            running: true,
            due: until,
            name,
            cause: event,
        });
        self.schedule(until, Item::Expire(number));
        if self.recording {
            let what = What::TimerSet { timer: name, until };
            self.write(event, node, cause, what);
        }
        number
    }

    /// Stops a timer that runs.
    pub(super) fn cancel_timer(&mut self, node: NodeId, number: u32, cause: EventId) {
        self.state.timers.stop(number);
        self.state.live -= 1;
        let event = self.count(Tag::TimerCancelled, node, 0, 0);
        if self.recording {
            let timer = self.state.timers.get(number).name;
            self.write(event, node, cause, What::TimerCancelled { timer });
        }
    }

    /// Records what a node asserts, and holds the promises against it.
    pub(super) fn claim(&mut self, (node, face): Speaker, claim: &Claim, cause: EventId) {
        let (a, b) = words(about(claim));
        let event = self.count(Tag::Claimed, node, a, b);
        if face == 0 {
            self.keep(node, claim);
        }
        if self.recording {
            self.write(event, node, cause, What::Claimed(claim.clone()));
        }
        if self.state.nodes[node.index()].byzantine.is_none() {
            let standing = match claim {
                Claim::RolledBack { .. } => self.standing(node),
                _ => Vec::new(),
            };
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
        let extent = self.state.counters.executed[node.index()];
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
                let extent = &mut self.state.counters.executed[node.index()];
                let list = &mut self.chronicle.executed[node.index()];
                note(list, extent.written as usize, executed);
                extent.written += 1;
                extent.upto = label.sequence;
            }
            Claim::RolledBack { to } => {
                self.state.counters.executed[node.index()].upto = *to;
            }
            Claim::Answered { op, result, .. } => {
                let answer = (self.state.now, *result);
                self.ended(node, *op, |asked| asked.answered = Some(answer));
            }
            Claim::Failed { op, degraded } => {
                let failure = (self.state.now, *degraded);
                self.ended(node, *op, |asked| asked.failed = Some(failure));
            }
            _ => {}
        }
    }

    /// A client has its answer, or waits no longer: the closed loop goes on.
    fn ended(&mut self, client: NodeId, op: Op, note: impl FnOnce(&mut Asked)) {
        let index = client.index();
        let now = self.state.now;
        if let Some(asked) = self.chronicle.asked[index].get_mut(op.number as usize - 1) {
            note(asked);
        }
        let host = &self.state.nodes[client.index()];
        if let Arrivals::Closed(gap) = self.workload.arrivals
            && host.awaited == op.number
            && host.to_ask > 0
        {
            let gap = self.state.conditions.hurried(gap);
            self.schedule(now + gap, Item::Ask(client));
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
        Claim::GaveUp { round, alone } => Label {
            view: *round,
            digest: u64::from(*alone),
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
        Claim::Failed { op, degraded } => Label {
            sequence: op.number.into(),
            digest: u64::from(*degraded),
            ..Label::default()
        },
        Claim::Worked { op } => Label {
            sequence: op.number.into(),
            digest: op.client.0.into(),
            ..Label::default()
        },
        Claim::Suspects { node, on } => Label {
            sequence: node.0.into(),
            digest: u64::from(*on),
            ..Label::default()
        },
    }
}
