//! Holds the promises against what honest nodes claim, at every step.
//!
//! The audit sees more than any node can, and decides nothing for them: nodes
//! never hear of it. Traitors are not judged.

mod execution;
mod votes;

use crate::chronicle::{Chronicle, Executed};
use crate::property::{Promise, Witness};
use crate::protocol::{Claim, NodeId, Op};
use crate::scenario::Scenario;
use crate::time::{Span, Time};
use execution::Executions;
use votes::Votes;

/// At most so many witnesses of one promise are kept.
const MOST: usize = 8;

pub(crate) const AGREEMENT: u8 = 0;
pub(crate) const VALIDITY: u8 = 1;
pub(crate) const EXACTLY_ONCE: u8 = 2;
pub(crate) const ORDER: u8 = 3;
pub(crate) const PREPARED: u8 = 4;
pub(crate) const COMMITTED: u8 = 5;
pub(crate) const ANSWER: u8 = 6;
pub(crate) const PROGRESS: u8 = 7;

/// A break: which promise, and how.
type Break = (u8, Witness);

/// All promises of one run, and what they are judged by.
#[derive(Clone, Debug)]
pub(crate) struct Audit {
    promises: Vec<Promise>,
    honest: Vec<bool>,
    executions: Executions,
    votes: Votes,
    disturbed: Time,
}

impl Audit {
    pub(crate) fn new(scenario: &Scenario) -> Self {
        let settings = scenario.settings;
        let early = settings.tentative || settings.read_only;
        let replicas = usize::from(scenario.nodes);
        Self {
            promises: promises(),
            honest: vec![true; replicas],
            executions: Executions::new(replicas, early),
            votes: Votes::new(scenario.quorums()),
            disturbed: Time::ZERO,
        }
    }

    pub(crate) fn promises(&self) -> &[Promise] {
        &self.promises
    }

    /// A node has turned traitor: it is judged no more, and is nobody's witness.
    pub(crate) fn accuse(&mut self, node: NodeId) {
        if let Some(honest) = self.honest.get_mut(node.index()) {
            *honest = false;
        }
    }

    /// An order began or ended: the time of progress counts anew.
    pub(crate) const fn disturbed(&mut self, now: Time) {
        self.disturbed = now;
    }

    /// A client was asked to have this executed: it is valid from now on.
    pub(crate) fn asked(&mut self, op: Op) {
        self.executions.asked(op);
    }

    /// A replica has lost what it executed beyond `to`; what it kept still counts as executed.
    pub(crate) fn rolled_back(&mut self, node: NodeId, to: u64, kept: &[&Executed]) {
        self.executions.rolled_back(node, to, kept);
    }

    /// Judges a claim of an honest node: which promises broke, and their witnesses' numbers.
    pub(crate) fn judge(
        &mut self,
        now: Time,
        node: NodeId,
        claim: &Claim,
        chronicle: &mut Chronicle,
    ) -> Vec<(u8, u32)> {
        let mut breaks = Vec::new();
        match claim {
            Claim::Prepared(label) => breaks.extend(self.votes.prepared(now, node, *label)),
            Claim::Committed(label) => {
                let honest = &self.honest;
                breaks.extend(self.votes.committed(now, node, *label, honest));
            }
            Claim::Executed {
                label,
                ops,
                results,
            } => {
                self.executions.computed(ops, results);
                breaks.extend(self.executions.agreement(
                    now,
                    node,
                    *label,
                    ops,
                    chronicle,
                    &self.honest,
                ));
                self.executions.judge(now, node, *label, ops, &mut breaks);
            }
            Claim::Transferred { label } => self.executions.transferred(node, label.sequence),
            Claim::Answered { op, result } => {
                breaks.extend(self.executions.answered(now, *op, *result));
            }
            Claim::RolledBack { .. } | Claim::Entered { .. } => {}
        }
        breaks.into_iter().filter_map(|b| self.note(b)).collect()
    }

    fn note(&mut self, (promise, witness): Break) -> Option<(u8, u32)> {
        let witnesses = &mut self.promises[usize::from(promise)].witnesses;
        if witnesses.len() >= MOST {
            return None;
        }
        witnesses.push(witness);
        Some((promise, witnesses.len() as u32 - 1))
    }

    /// Holds progress against the present: `patience` is what theory grants in calm.
    ///
    /// Judged afresh each time, from the requests that have no answer yet; `asked` says how many
    /// each client has made, or none for one that is down and waits for nothing.
    pub(crate) fn check_progress(
        &mut self,
        now: Time,
        patience: Option<Span>,
        asked: impl Iterator<Item = u32>,
        chronicle: &Chronicle,
    ) {
        let breaks = &mut self.promises[usize::from(PROGRESS)].witnesses;
        breaks.clear();
        let Some(patience) = patience else {
            return;
        };
        for (list, length) in chronicle.asked.iter().zip(asked) {
            let open = list[..length as usize]
                .iter()
                .find(|asked| asked.answered.is_none_or(|(at, _)| at > now));
            let Some(asked) = open else { continue };
            let since = asked.at.max(self.disturbed);
            if now > since + patience {
                breaks.push(Witness {
                    at: since + patience,
                    nodes: vec![asked.op.client],
                    sequence: 0,
                    values: vec![asked.op.to_string()],
                    says: format!(
                        "client {} has waited {} for {} though enough honest replicas can talk",
                        asked.op.client,
                        now.since(since),
                        asked.op
                    ),
                });
            }
        }
        breaks.truncate(MOST);
    }

    /// When the world last changed by order.
    pub(crate) const fn last_disturbance(&self) -> Time {
        self.disturbed
    }
}

fn promises() -> Vec<Promise> {
    let promise = |name, says, source| Promise {
        name,
        says,
        source,
        witnesses: Vec::new(),
    };
    vec![
        promise(
            "agreement",
            "No two honest replicas execute different values at one sequence number.",
            "Castro & Liskov, OSDI 1999, section 3 (safety)",
        ),
        promise(
            "validity",
            "Only what a client asked for, or null, is executed.",
            "Castro & Liskov, OSDI 1999, sections 2 and 4.4",
        ),
        promise(
            "exactly-once",
            "No honest replica executes one request twice.",
            "Castro & Liskov, OSDI 1999, section 4.1",
        ),
        promise(
            "order",
            "Honest replicas execute in sequence order without gaps.",
            "Castro & Liskov, OSDI 1999, section 4.2",
        ),
        promise(
            "prepared-uniqueness",
            "No two honest replicas hold prepared certificates for different digests at one view and sequence number.",
            "Castro & Liskov, OSDI 1999, section 4.2",
        ),
        promise(
            "committed-local",
            "What is committed at one honest replica is prepared at f+1 honest ones.",
            "Castro & Liskov, OSDI 1999, section 4.2",
        ),
        promise(
            "answer",
            "A client accepts only a result that an honest replica computed.",
            "Castro & Liskov, OSDI 1999, section 4.1",
        ),
        promise(
            "progress",
            "Once faults are over and enough honest replicas can talk, every request is answered in time.",
            "Castro & Liskov, OSDI 1999, sections 3 (liveness) and 4.5.2",
        ),
    ]
}
