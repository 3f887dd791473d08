//! What is asked of a system: when operations come, and what each of them is.
//!
//! Chance comes with the operation: its verb, key, work and ticket are drawn in
//! the name of (seed, client, number), so a system that must choose mixes the
//! ticket with whatever it chooses for, and a retry is the same operation.

use crate::knob::{Args, Knob, Misfit, Takes, Usual};
use crate::latency::exponential;
use crate::protocol::{NodeId, Op};
use crate::rng::{Rng, Stream, below};
use crate::spec::Verb;
use crate::time::Span;
use std::rc::Rc;

/// The most operations that each client asks for.
const MOST_REQUESTS: i64 = 1_000_000;
/// The most keys; their popularity is kept as a table.
const MOST_KEYS: i64 = 100_000;

const PER_MILLE: Takes = Takes::Number { min: 0, max: 1000 };

/// How many operations each client asks for.
pub const REQUESTS: Knob = Knob::setting(
    "requests",
    "Requests each",
    "How many operations each client asks for.",
    Takes::Number {
        min: 0,
        max: MOST_REQUESTS,
    },
    Usual::Number(5),
);

/// The pause of a closed loop.
pub const GAP: Knob = Knob::setting(
    "gap_ms",
    "Pause between",
    "The pause between an answer and the next request, where clients wait for answers.",
    Takes::Span,
    Usual::Ms(400),
);

/// The share of operations that only read.
pub const READS: Knob = Knob::setting(
    "reads_per_mille",
    "Reads of a thousand",
    "How many of a thousand operations only read.",
    PER_MILLE,
    Usual::Number(0),
);

/// When operations come.
pub const ARRIVALS: Knob = Knob::setting(
    "arrivals",
    "Arrivals",
    "Closed: each client waits for its answer before it asks again. Even or Poisson: operations \
     come at a rate, whether or not those before were answered.",
    Takes::Choice(&["closed", "even", "poisson"]),
    Usual::Name("closed"),
);

/// The rate of an open workload.
pub const RATE: Knob = Knob::setting(
    "rate_per_s",
    "Rate, a second",
    "How many operations all clients together ask for in a second, where arrivals are even or Poisson.",
    Takes::Number {
        min: 1,
        max: 1_000_000,
    },
    Usual::Number(10),
);

/// How many keys there are.
pub const KEYS: Knob = Knob::setting(
    "keys",
    "Keys",
    "How many different keys operations are about.",
    Takes::Number {
        min: 1,
        max: MOST_KEYS,
    },
    Usual::Number(1),
);

/// How much more popular the first keys are.
pub const ZIPF: Knob = Knob::setting(
    "zipf_per_mille",
    "Skew, in thousandths",
    "How uneven keys are asked for: key k has the weight 1/k to this power, in thousandths (Zipf). 0: all alike.",
    Takes::Number { min: 0, max: 4000 },
    Usual::Number(0),
);

/// How the work of operations is spread.
pub const WORK: Knob = Knob::setting(
    "work",
    "Work",
    "Whether all operations take the same work, an exponential one, or one of two.",
    Takes::Choice(&["constant", "exponential", "two-point"]),
    Usual::Name("constant"),
);

/// The work of one operation.
pub const WORK_MS: Knob = Knob::setting(
    "work_ms",
    "Work of one",
    "How long an operation keeps a machine of usual speed busy; the mean if it varies.",
    Takes::Span,
    Usual::Ms(10),
);

/// The work of a slow operation.
pub const SLOW_MS: Knob = Knob::setting(
    "slow_ms",
    "Work of a slow one",
    "How long a slow operation keeps a machine busy, where work is one of two.",
    Takes::Span,
    Usual::Ms(100),
);

/// The share of slow operations.
pub const SLOW_PER_MILLE: Knob = Knob::setting(
    "slow_per_mille",
    "Slow ones of a thousand",
    "How many of a thousand operations are slow, where work is one of two.",
    PER_MILLE,
    Usual::Number(10),
);

/// The workload of a system whose clients ask, and whose operations differ in nothing but reads.
pub const PLAIN: &[Knob] = &[REQUESTS, GAP, READS, ARRIVALS, RATE];

/// The same for a system whose operations have keys.
pub const KEYED: &[Knob] = &[REQUESTS, GAP, READS, ARRIVALS, RATE, KEYS, ZIPF];

/// The same for a system whose machines work for operations.
pub const WORKING: &[Knob] = &[
    REQUESTS,
    GAP,
    READS,
    ARRIVALS,
    RATE,
    KEYS,
    ZIPF,
    WORK,
    WORK_MS,
    SLOW_MS,
    SLOW_PER_MILLE,
];

/// Refuses what would have no effect beside the rest.
///
/// # Errors
/// Names the knob, and what it goes with.
pub fn check(args: &Args) -> Result<(), Misfit> {
    let idle = |knob: &Knob| {
        let set = args.0.get(knob.name);
        set.is_some() && set != knob.default(args).as_ref()
    };
    if args.name(ARRIVALS.name) == Some("closed") && idle(&RATE) {
        return Err(Misfit::new(
            RATE.name,
            "goes with arrivals \"even\" or \"poisson\" only",
        ));
    }
    if args.name(WORK.name).is_some_and(|work| work != "two-point")
        && let Some(knob) = [SLOW_MS, SLOW_PER_MILLE].iter().find(|knob| idle(knob))
    {
        return Err(Misfit::new(knob.name, "goes with work \"two-point\" only"));
    }
    Ok(())
}

/// Whether a knob of a workload has a meaning beside the others.
#[must_use]
pub fn applies(args: &Args, name: &str) -> bool {
    let closed = args.name(ARRIVALS.name) == Some("closed");
    let two_point = args.name(WORK.name) == Some("two-point");
    match name {
        "gap_ms" => closed,
        "rate_per_s" => !closed,
        "slow_ms" | "slow_per_mille" => two_point,
        "zipf_per_mille" => args.number(KEYS.name).is_some_and(|keys| keys > 1),
        _ => true,
    }
}

/// When operations come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrivals {
    /// So long after the answer to the one before.
    Closed(Span),
    /// At even distances; all clients together ask so often in a second.
    Even(u32),
    /// At exponential distances, with the same mean.
    Poisson(u32),
}

/// How the work of operations is spread.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Spread {
    Constant,
    Exponential,
    TwoPoint { slow: Span, per_mille: u32 },
}

/// How much work an operation is: what it is drawn from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Effort {
    work: Span,
    spread: Spread,
}

impl Effort {
    /// The effort of a workload, whose defaults are filled in; none where nothing is work.
    #[must_use]
    pub fn new(args: &Args) -> Self {
        let span = |knob: &Knob| args.span(knob.name).unwrap_or_default();
        Self {
            work: span(&WORK_MS),
            spread: match args.name(WORK.name) {
                Some("exponential") => Spread::Exponential,
                Some("two-point") => Spread::TwoPoint {
                    slow: span(&SLOW_MS),
                    per_mille: args.number(SLOW_PER_MILLE.name).unwrap_or(0) as u32,
                },
                _ => Spread::Constant,
            },
        }
    }

    /// The work that these bits stand for.
    #[must_use]
    pub fn drawn(self, bits: u64) -> Span {
        match self.spread {
            Spread::Constant => self.work,
            Spread::Exponential => exponential(self.work, bits),
            Spread::TwoPoint { slow, per_mille } if crate::rng::happens(bits, per_mille) => slow,
            Spread::TwoPoint { .. } => self.work,
        }
    }

    /// The mean, in microseconds.
    #[must_use]
    pub const fn mean(self) -> f64 {
        let work = self.work.0 as f64;
        match self.spread {
            Spread::Constant | Spread::Exponential => work,
            Spread::TwoPoint { slow, per_mille } => {
                work + (slow.0 as f64 - work) * per_mille as f64 / 1000.0
            }
        }
    }
}

/// What is asked of one run, with its settings typed.
#[derive(Clone, Debug)]
pub struct Workload {
    /// How many operations each client asks for.
    pub requests: u32,
    /// When they come.
    pub arrivals: Arrivals,
    reads_per_mille: u32,
    effort: Effort,
    keys: u32,
    /// The cumulative weights of the keys, where they are not alike.
    popularity: Rc<[u64]>,
    verbs: &'static [Verb],
    /// How many nodes ask; a rate is that of all of them together.
    clients: u32,
    rng: Rng,
}

/// What of an operation is drawn; part of the name of each draw, so numbers never change.
#[derive(Clone, Copy)]
#[repr(u32)]
enum Of {
    Read = 0,
    Key = 1,
    Work = 2,
    Ticket = 3,
    Verb = 4,
    Arrival = 5,
}

impl Workload {
    /// The workload of a scenario, whose defaults are filled in.
    #[must_use]
    pub fn new(args: &Args, verbs: &'static [Verb], clients: u32, seed: u64) -> Self {
        let number = |knob: &Knob| args.number(knob.name).unwrap_or(0) as u32;
        let span = |knob: &Knob| args.span(knob.name).unwrap_or_default();
        let keys = number(&KEYS).max(1);
        Self {
            requests: number(&REQUESTS),
            arrivals: match args.name(ARRIVALS.name) {
                Some("even") => Arrivals::Even(number(&RATE).max(1)),
                Some("poisson") => Arrivals::Poisson(number(&RATE).max(1)),
                _ => Arrivals::Closed(span(&GAP)),
            },
            reads_per_mille: number(&READS),
            effort: Effort::new(args),
            keys,
            popularity: popularity(keys, number(&ZIPF)),
            verbs,
            clients,
            rng: Rng::new(seed, Stream::Workload),
        }
    }

    fn bits(&self, client: NodeId, of: Of, number: u32) -> u64 {
        self.rng.draw(client.0.into(), of as u32, number.into())
    }

    /// The operation of this number of this client; `read` says whether it only reads, if not chance.
    #[must_use]
    pub fn op(&self, client: NodeId, number: u32, read: Option<bool>) -> Op {
        let bits = |of| self.bits(client, of, number);
        let reads = crate::rng::happens(bits(Of::Read), self.reads_per_mille);
        let read = read.unwrap_or(reads);
        Op {
            client,
            number,
            read,
            verb: self.verb(read, bits(Of::Verb)),
            key: self.key(bits(Of::Key)),
            work: self.effort.drawn(bits(Of::Work)),
            ticket: bits(Of::Ticket),
        }
    }

    /// One of the verbs that read, or of those that do not.
    fn verb(&self, read: bool, bits: u64) -> u8 {
        let fitting = || {
            (0..)
                .zip(self.verbs)
                .filter(move |(_, verb)| verb.reads == read)
        };
        let count = fitting().count().max(1) as u64;
        let chosen = fitting().nth(below(bits, count) as usize);
        chosen.map_or(0, |(index, _)| index)
    }

    fn key(&self, bits: u64) -> u32 {
        match self.popularity.last() {
            None => below(bits, self.keys.into()) as u32,
            Some(&all) => {
                let drawn = below(bits, all.max(1));
                self.popularity.partition_point(|&weight| weight <= drawn) as u32
            }
        }
    }

    /// How long after the start a client asks first that is at `place` among the clients.
    #[must_use]
    pub fn first(&self, client: NodeId, place: u32) -> Span {
        match self.arrivals {
            Arrivals::Closed(_) => Span::ZERO,
            Arrivals::Even(rate) => Span(u64::from(place) * 1_000_000 / u64::from(rate)),
            Arrivals::Poisson(_) => self.distance(client, 1).unwrap_or_default(),
        }
    }

    /// How long after its operation before a client asks for the one of this number, where it does
    /// not wait for the answer.
    #[must_use]
    pub fn distance(&self, client: NodeId, number: u32) -> Option<Span> {
        let clients = u64::from(self.clients.max(1));
        // The k-th of a client is due then, whatever is lost in rounding before it.
        let due = |k: u32, rate: u32| u64::from(k) * clients * 1_000_000 / u64::from(rate);
        match self.arrivals {
            Arrivals::Closed(_) => None,
            Arrivals::Even(rate) => {
                let before = due(number.saturating_sub(2), rate);
                Some(Span(due(number.saturating_sub(1), rate) - before))
            }
            Arrivals::Poisson(rate) => Some(exponential(
                Span(due(1, rate)),
                self.bits(client, Of::Arrival, number),
            )),
        }
    }
}

/// Cumulative weights of the keys in units of a millionth of the first key's; empty if all are alike.
fn popularity(keys: u32, skew_per_mille: u32) -> Rc<[u64]> {
    if skew_per_mille == 0 || keys < 2 {
        return Rc::new([]);
    }
    let skew = f64::from(skew_per_mille) / 1000.0;
    let weight = |key: u32| libm::round(1e6 / libm::pow(f64::from(key), skew)) as u64;
    let mut sum = 0;
    let cumulative = (1..=keys).map(|key| {
        sum += weight(key).max(1);
        sum
    });
    cumulative.collect()
}

#[cfg(test)]
mod tests;
