//! A client: it asks, waits, asks again, and gives up [10, 12, 13].

use super::deadlines::Deadlines;
use super::line::Lines;
use super::{BALANCERS, Msg, SERVERS, Seat, Service, Timer, flaw, label, result_of, rules};
use crate::protocol::{Claim, Input, Moment, NodeId, Op, Out, Portrait, Sketch};
use litemap::LiteMap;

/// What a retry costs, and the most that is kept: tokens in thousandths [13].
const TOKEN: u32 = 1000;
const MOST_TOKENS: u32 = 10 * TOKEN;

/// A client.
#[derive(Clone, Debug)]
pub struct Client {
    seat: Seat,
    /// Whom it asks at present.
    asks: NodeId,
    open: LiteMap<u32, Open>,
    deadlines: Deadlines<u32>,
    tokens: u32,
    lines: Lines,
    books: Books,
}

/// What became of its requests: it counts, and nothing makes it forget.
#[derive(Clone, Copy, Debug, Default)]
struct Books {
    answered: u64,
    degraded: u64,
    failed: u64,
    wasted: u64,
    retries: u64,
}

/// A request without an end.
#[derive(Clone, Copy, Debug)]
struct Open {
    op: Op,
    attempt: u32,
    /// Whom it asked last.
    asked: NodeId,
    /// Whether it waits before it asks again, not for an answer.
    pausing: bool,
    due: i64,
}

impl Client {
    pub(super) fn new(seat: Seat) -> Self {
        let place = seat.id().0 - seat.cast.servers();
        let role = match seat.settings.by_name {
            true => SERVERS,
            false => BALANCERS,
        };
        // Client i asks the one of number i mod n [10].
        let known = seat.cast.nodes_of(role);
        let asks = NodeId(known.start + place % known.len().max(1) as u16);
        Self {
            seat,
            asks,
            open: LiteMap::new(),
            deadlines: Deadlines::new(),
            tokens: 0,
            lines: Lines::default(),
            books: Books::default(),
        }
    }

    pub(super) fn rebooted(&self) -> Self {
        Self {
            open: self.open.clone(),
            lines: self.lines.rebooted(),
            books: self.books,
            ..Self::new(self.seat.clone())
        }
    }

    pub(super) fn step(
        &mut self,
        input: Input<'_, Service>,
        moment: &Moment,
        out: &mut Out<Service>,
    ) {
        let now = moment.local();
        match input {
            // It was down: what it waits for gets its time anew.
            Input::Start => {
                let span = self.seat.settings.timeout;
                for (number, open) in self.open.iter_mut() {
                    open.due = self.deadlines.set(now, span, *number);
                }
            }
            Input::Request(op) => {
                let earned = self.seat.settings.budget.unwrap_or(0);
                self.tokens = (self.tokens + earned).min(MOST_TOKENS);
                out.because(rules::ASK, label(op));
                self.ask(op, 1, now, out);
            }
            Input::Timer(Timer::Deadline) => {
                let now = self.deadlines.fired(now);
                while let Some(number) = self.deadlines.due(now) {
                    self.late(number, now, out);
                }
            }
            Input::Message { msg, .. } => match *msg {
                Msg::Answer { op, degraded } => self.hear(op, degraded, out),
                Msg::Busy { op, name } => self.refused(op, name, now, out),
                _ => {}
            },
            _ => return,
        }
        self.deadlines.arm(now, out);
    }

    fn ask(&mut self, op: Op, attempt: u32, now: i64, out: &mut Out<Service>) {
        let line = self.lines.next(self.asks);
        out.send(self.asks, Msg::Request { op, attempt, line });
        let due = self
            .deadlines
            .set(now, self.seat.settings.timeout, op.number);
        self.books.retries += u64::from(attempt > 1);
        let open = Open {
            op,
            attempt,
            asked: self.asks,
            pausing: false,
            due,
        };
        self.open.insert(op.number, open);
    }

    /// A deadline of a request has come.
    fn late(&mut self, number: u32, now: i64, out: &mut Out<Service>) {
        let Some(&open) = self.open.get(&number) else {
            return;
        };
        if open.pausing {
            out.because(rules::AGAIN, label(open.op));
            return self.ask(open.op, open.attempt + 1, now, out);
        }
        // It leaves its balancer only for an attempt that went to that one [12].
        if open.asked == self.asks || self.seat.flawed(flaw::ANY_TIMEOUT) {
            self.turn(open.op, out);
        }
        self.next(open, now, out);
    }

    /// From now on it asks the other balancer, if there are two.
    fn turn(&mut self, op: Op, out: &mut Out<Service>) {
        let doors = self.seat.cast.nodes_of(BALANCERS);
        if !self.seat.settings.by_name && doors.len() > 1 {
            out.because(rules::OTHER_DOOR, label(op));
            self.asks = NodeId(doors.start + (self.asks.0 - doors.start + 1) % doors.len() as u16);
        }
    }

    /// It is told that its attempt came to nothing.
    fn refused(&mut self, op: Op, attempt: u32, now: i64, out: &mut Out<Service>) {
        let open = self.open.get(&op.number).copied();
        if let Some(open) = open.filter(|open| open.attempt == attempt && !open.pausing) {
            self.deadlines.drop(open.due, op.number);
            self.next(open, now, out);
        }
    }

    /// The next attempt, or none [13].
    fn next(&mut self, open: Open, now: i64, out: &mut Out<Service>) {
        let Open { op, attempt, .. } = open;
        let settings = &self.seat.settings;
        let limited = settings.budget.is_some() && !self.seat.flawed(flaw::NO_CAP);
        let may = attempt < settings.attempts || self.seat.flawed(flaw::NO_CAP);
        if !may || (limited && self.tokens < TOKEN) {
            self.open.remove(&op.number);
            if self.seat.flawed(flaw::FORGETS) {
                return;
            }
            self.books.failed += 1;
            out.because(rules::GIVE_UP, label(op));
            let degraded = false;
            return out.claim(Claim::Failed { op, degraded });
        }
        if limited {
            self.tokens -= TOKEN;
        }
        let pause = settings.backoff.times(1 << (attempt - 1).min(31));
        if pause.0 == 0 {
            out.because(rules::AGAIN, label(op));
            return self.ask(op, attempt + 1, now, out);
        }
        let due = self.deadlines.set(now, pause, op.number);
        let pausing = true;
        self.open.insert(
            op.number,
            Open {
                pausing,
                due,
                ..open
            },
        );
    }

    /// The first answer counts, later ones are wasted [13].
    fn hear(&mut self, op: Op, degraded: bool, out: &mut Out<Service>) {
        let open = self.open.remove(&op.number);
        if let Some(open) = open {
            self.deadlines.drop(open.due, op.number);
        } else if !self.seat.flawed(flaw::COUNTS_TWICE) {
            self.books.wasted += 1;
            return;
        }
        if degraded {
            self.books.degraded += 1;
            out.because(rules::DEFAULT, label(op));
            return out.claim(Claim::Failed { op, degraded });
        }
        self.books.answered += 1;
        out.because(rules::ACCEPT, label(op));
        out.claim(Claim::Answered {
            op,
            result: result_of(op),
            by: 1,
            early: false,
        });
    }

    pub(super) fn sketch(&self) -> Sketch {
        let again = self.open.values().any(|open| open.attempt > 1);
        Sketch {
            phase: match (self.open.is_empty(), again) {
                (true, _) => "idle",
                (false, false) => "waiting",
                (false, true) => "retrying",
            },
            done: self.books.answered + self.books.degraded,
            waiting: self.open.len() as u32,
            ..Sketch::default()
        }
    }

    pub(super) fn portrait(&self) -> Portrait {
        let Books {
            answered,
            degraded,
            failed,
            wasted,
            retries,
        } = self.books;
        let count = |name, count: u64| (name, count.to_string());
        Portrait {
            sketch: self.sketch(),
            waiting: self.open.values().map(|open| open.op.to_string()).collect(),
            facts: vec![
                ("asks", self.seat.cast.name(self.asks)),
                count("answered", answered),
                count("degraded", degraded),
                count("failed", failed),
                count("open", self.open.len() as u64),
                count("retries", retries),
                count("wasted", wasted),
            ],
            ..Portrait::default()
        }
    }
}
