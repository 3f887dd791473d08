//! Once faults are over, answers come in time again.

use super::super::load::Load;
use crate::chronicle::Asked;
use crate::outlook::Outlook;
use crate::promise::{Change, Given, Judge, Promise, Settled, Settling, Witness};
use crate::protocol::NodeId;
use crate::scenario::Scenario;
use crate::time::{Span, Time};

pub(super) const RECOVERY: Promise = Promise {
    name: "recovery",
    says: "Once faults are over and fewer requests come than the servers can do, answers come in \
           time again as soon as what waits then can be done.",
    source: "Bronson et al., Metastable failures in distributed systems, HotOS 2021",
    gravity: 5,
    given,
    hears: &[],
    judge: |scenario| Box::new(Recovery::new(scenario)),
};

fn given(outlook: &Outlook) -> Given {
    let load = Load::new(&outlook.settings, &outlook.workload, &outlook.cast);
    if !load.light() {
        let why =
            "About as many requests come as the servers can do, or more: what waits is never done.";
        return Given::Never(why.into());
    }
    load.storm().map_or(Given::Promised, Given::Never)
}

/// Fewer requests than this say nothing about the rest.
const FEWEST: usize = 8;

#[derive(Clone, Debug)]
struct Recovery {
    /// Since when faults are over, if they are, and what waited then.
    over: Option<(Time, Span)>,
    /// Whether it can be judged in this set-up at all.
    fits: bool,
    /// How long it may take, by the work that waits: what it takes at least, and for a second of work.
    least: Span,
    for_a_second: Span,
}

impl Recovery {
    fn new(scenario: &Scenario) -> Self {
        let load = Load::new(&scenario.settings, &scenario.workload, &scenario.cast);
        let least = load.recovers_within(Span::ZERO);
        let second = load.recovers_within(Span::from_ms(1000));
        let steady = load.settings.scale_every.is_none();
        let hop = scenario.latency.typical_most();
        Self {
            over: Some((Time::ZERO, Span::ZERO)),
            fits: steady && load.light() && load.in_time(hop),
            least,
            for_a_second: Span(second.0 - least.0),
        }
    }

    /// The instant from which answers are to come in time.
    fn from(&self) -> Option<Time> {
        let (over, waits) = self.over.filter(|_| self.fits)?;
        let drained = u128::from(self.for_a_second.0) * u128::from(waits.0) / 1_000_000;
        Some(over + self.least + Span(drained as u64))
    }
}

impl Judge for Recovery {
    fn boxed(&self) -> Box<dyn Judge> {
        Box::new(self.clone())
    }

    fn changed(&mut self, change: &Change<'_>) {
        let over = change.quiet && change.down.is_empty();
        self.over = over.then_some((change.now, change.work));
    }

    /// Of the requests that came once they had to be answered in time, more failed than not.
    fn settle(&mut self, present: &Settling<'_>) -> Option<Settled> {
        let Some(from) = self.from() else {
            return Some(Settled::default());
        };
        let (mut failed, mut answered, mut first) = (0, 0, None);
        for (list, &count) in present.chronicle.asked.iter().zip(present.asked) {
            let list = &list[..count as usize];
            let since = list.partition_point(|asked| asked.at < from);
            for asked in &list[since..] {
                match end(asked, present.now) {
                    Some(true) => answered += 1,
                    Some(false) => {
                        failed += 1;
                        first = first.or(Some(asked.op));
                    }
                    None => {}
                }
            }
        }
        let witness = first.filter(|_| failed > answered && failed >= FEWEST);
        let breaks = witness.map(|op| Witness {
            at: from,
            nodes: vec![NodeId(op.client.0)],
            sequence: 0,
            values: vec![op.to_string()],
            says: format!(
                "of the requests since {from}, when all that waited could be done, {failed} failed \
                 and {answered} were answered"
            ),
        });
        Some(Settled {
            judged: true,
            breaks: breaks.into_iter().collect(),
        })
    }
}

/// Whether a request got something by an instant; `None` while it is open.
fn end(asked: &Asked, now: Time) -> Option<bool> {
    let by_now = |at: &Time| *at <= now;
    let answered = asked.answered.filter(|(at, _)| by_now(at)).map(|_| true);
    answered.or(asked
        .failed
        .filter(|(at, _)| by_now(at))
        .map(|(_, degraded)| degraded))
}
