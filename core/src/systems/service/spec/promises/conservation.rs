//! Nothing is lost from the books, and Little's law holds.
//!
//! Who asked is known from the workload, who was answered from what clients claim, and who still
//! waits from what clients keep: three counts that must agree. The time that requests spend in
//! the system is counted twice, too: as the number there over time, and as the stay of each.

use crate::promise::{Hearing, Hears, Judge, Promise, Settled, Settling, Witness};
use crate::promises::always;
use crate::protocol::{Claim, NodeId, Op};
use crate::time::Time;

pub(super) const CONSERVATION: Promise = Promise {
    name: "conservation",
    says: "What was asked is answered, answered by default, failed, or still open; and as many are \
           open on average as come in a second, times the seconds that each stays.",
    source: "Little, A proof for the queuing formula L = λW, Operations Research 1961",
    gravity: 9,
    given: always,
    hears: &[Hears::Answered, Hears::Failed],
    judge: |_| Box::new(Conservation::default()),
};

/// Counts of requests, and of microseconds.
#[derive(Clone, Debug, Default)]
struct Conservation {
    asked: u64,
    answered: u64,
    degraded: u64,
    failed: u64,
    /// The number in the system over time, up to its last change.
    area: u128,
    changed: Time,
    /// The stays of those that ended, and the instants when those came that did not.
    stays: u128,
    came: u128,
}

impl Conservation {
    /// How many are in the system; none below nothing.
    fn open(&self) -> u64 {
        let ended = self.answered + self.degraded + self.failed;
        self.asked.saturating_sub(ended)
    }

    fn goes_on(&mut self, now: Time) {
        self.area = self.area_at(now);
        self.changed = now;
    }

    fn area_at(&self, now: Time) -> u128 {
        self.area + u128::from(self.open()) * u128::from(now.since(self.changed).0)
    }

    /// How long all have stayed so far.
    fn stays_at(&self, now: Time) -> u128 {
        let open = u128::from(self.open()) * u128::from(now.0);
        self.stays + open.saturating_sub(self.came)
    }

    /// What does not add up, if those who asked say that so many are open.
    fn wrong(&self, open: u64, now: Time) -> Option<String> {
        let Self {
            asked,
            answered,
            degraded,
            failed,
            ..
        } = self;
        if answered + degraded + failed + open != *asked {
            return Some(format!(
                "{asked} were asked, but {answered} answered, {degraded} answered by default, \
                 {failed} failed and {open} open"
            ));
        }
        (self.area_at(now) != self.stays_at(now))
            .then(|| "the number open over time is not the time that all stayed".into())
    }
}

impl Judge for Conservation {
    fn boxed(&self) -> Box<dyn Judge> {
        Box::new(self.clone())
    }

    fn asked(&mut self, _: Op, now: Time) {
        self.goes_on(now);
        self.asked += 1;
        self.came += u128::from(now.0);
    }

    fn claim(&mut self, claim: &Claim, hearing: &mut Hearing<'_>) {
        self.goes_on(hearing.now);
        let op = match claim {
            Claim::Answered { op, .. } => {
                self.answered += 1;
                op
            }
            Claim::Failed { op, degraded: true } => {
                self.degraded += 1;
                op
            }
            Claim::Failed { op, .. } => {
                self.failed += 1;
                op
            }
            _ => return,
        };
        let all = &hearing.chronicle.asked[op.client.index()];
        let asked = all.get((op.number as usize).wrapping_sub(1));
        let at = asked.map_or(hearing.now, |asked| asked.at);
        self.stays += u128::from(hearing.now.since(at).0);
        self.came = self.came.saturating_sub(u128::from(at.0));
    }

    fn settle(&mut self, present: &Settling<'_>) -> Option<Settled> {
        let nodes = (0..).map(NodeId).zip(present.waiting);
        let clients = nodes.filter(|(node, _)| present.cast.is_client(*node));
        let open = clients.map(|(_, waiting)| u64::from(*waiting)).sum();
        let wrong = self.wrong(open, present.now);
        let witness = wrong.map(|says| Witness {
            at: present.now,
            nodes: Vec::new(),
            sequence: 0,
            values: Vec::new(),
            says,
        });
        Some(Settled {
            judged: self.asked > 0,
            breaks: witness.into_iter().collect(),
        })
    }
}
