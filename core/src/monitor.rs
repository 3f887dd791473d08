//! The promises of one run and their judges: what honest nodes claim is heard here.
//!
//! The monitor sees more than any node can, and decides nothing for them: nodes
//! never hear of it. Traitors are not judged.

use crate::cast::Cast;
use crate::chronicle::{Chronicle, Executed};
use crate::promise::{Change, Hearing, Hears, Judge, Promise, Settling, Standing, Witness};
use crate::promises::MOST_WITNESSES;
use crate::protocol::{Claim, NodeId, Op};
use crate::scenario::Scenario;
use crate::time::{Span, Time};

/// All promises of one run, and what they are judged by.
#[derive(Clone, Debug)]
pub(crate) struct Monitor {
    standings: Vec<Standing>,
    /// How many witnesses of each came with claims; those after them hold for the present only.
    by_claims: Vec<usize>,
    judges: Vec<Box<dyn Judge>>,
    /// By sort of claim, the judges that listen to it.
    listeners: [Vec<u8>; Hears::COUNT],
    honest: Vec<bool>,
    cast: Cast,
    last_change: Time,
}

impl Monitor {
    pub(crate) fn new(scenario: &Scenario) -> Self {
        let promises = scenario.spec.promises.iter();
        let standing = |promise: &&'static Promise| Standing {
            promise,
            judged: false,
            witnesses: Vec::new(),
        };
        let mut listeners: [Vec<u8>; Hears::COUNT] = Default::default();
        for (index, promise) in scenario.spec.promises.iter().enumerate() {
            for sort in promise.hears {
                listeners[*sort as usize].push(index as u8);
            }
        }
        Self {
            standings: promises.clone().map(standing).collect(),
            judges: promises.map(|promise| (promise.judge)(scenario)).collect(),
            by_claims: vec![0; scenario.spec.promises.len()],
            listeners,
            honest: vec![true; scenario.total_nodes().into()],
            cast: scenario.cast,
            last_change: Time::ZERO,
        }
    }

    pub(crate) fn standings(&self) -> &[Standing] {
        &self.standings
    }

    /// A node has turned traitor: it is judged no more, and is nobody's witness.
    pub(crate) fn mark_faulty(&mut self, node: NodeId) {
        if let Some(honest) = self.honest.get_mut(node.index()) {
            *honest = false;
        }
    }

    /// An order began or ended: the time of progress counts anew.
    pub(crate) fn changed(&mut self, change: &Change<'_>) {
        self.last_change = change.now;
        for judge in &mut self.judges {
            judge.changed(change);
        }
    }

    /// When an order last began or ended.
    pub(crate) const fn last_change(&self) -> Time {
        self.last_change
    }

    /// A node was asked to have this executed.
    pub(crate) fn asked(&mut self, op: Op, now: Time) {
        for judge in &mut self.judges {
            judge.asked(op, now);
        }
    }

    /// Judges a claim of an honest node: which promises broke, and their witnesses' numbers.
    ///
    /// `standing` is what the node executed and has not lost; only a rollback needs it.
    pub(crate) fn judge(
        &mut self,
        now: Time,
        node: NodeId,
        claim: &Claim,
        standing: &[Executed],
        chronicle: &mut Chronicle,
    ) -> Vec<(u8, u32)> {
        let mut broken = Vec::new();
        let mut hearing = Hearing {
            now,
            node,
            cast: self.cast,
            honest: &self.honest,
            standing,
            chronicle,
            breaks: Vec::new(),
        };
        for &index in &self.listeners[Hears::of(claim) as usize] {
            self.standings[usize::from(index)].judged = true;
            self.judges[usize::from(index)].claim(claim, &mut hearing);
            for witness in hearing.breaks.drain(..) {
                let place = usize::from(index);
                let kept = &mut self.by_claims[place];
                let number = note(&mut self.standings[place], kept, witness);
                broken.extend(number.map(|number| (index, number)));
            }
        }
        broken
    }

    /// Holds the promises that do not break by claims against the present.
    ///
    /// `asked` says how many operations each node was asked for, or none for one that is down
    /// and waits for nothing; `waiting` how much waits at each.
    pub(crate) fn settle(
        &mut self,
        (now, bound): (Time, Option<Span>),
        (asked, waiting): (&[u32], &[u32]),
        chronicle: &Chronicle,
    ) {
        let present = Settling {
            now,
            cast: self.cast,
            last_change: self.last_change,
            bound,
            asked,
            waiting,
            chronicle,
        };
        let all = self.standings.iter_mut().zip(&mut self.judges);
        for ((standing, judge), kept) in all.zip(&self.by_claims) {
            if let Some(settled) = judge.settle(&present) {
                if standing.promise.settles() {
                    standing.judged = settled.judged;
                }
                standing.witnesses.truncate(*kept);
                standing.witnesses.extend(settled.breaks);
            }
        }
    }
}

/// Keeps a witness: its number among those of its promise, if there is room for it.
fn note(standing: &mut Standing, kept: &mut usize, witness: Witness) -> Option<u32> {
    if *kept >= MOST_WITNESSES {
        return None;
    }
    standing.witnesses.truncate(*kept);
    standing.witnesses.push(witness);
    *kept += 1;
    Some(*kept as u32 - 1)
}
