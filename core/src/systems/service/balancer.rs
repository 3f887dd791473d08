//! A balancer: clients know it alone, and it gives what they ask to servers [10, 11].
//!
//! It counts what it has out, and sees no queue but its own.

mod choose;
mod probes;
mod scale;

use super::deadlines::Deadlines;
use super::line::Lines;
use super::{Msg, SERVERS, Seat, Service, Timer, bits, label, rules};
use crate::protocol::{Input, Moment, NodeId, Op, Out, Portrait, Rule, Sketch};
use crate::time::Span;
use choose::Pool;
use probes::Probes;
use scale::Scale;
use std::collections::{BTreeMap, VecDeque};

pub(super) use choose::Policy;

/// An attempt of a client that is under way here.
#[derive(Clone, Debug)]
struct Ask {
    client: NodeId,
    op: Op,
    attempt: u32,
    /// How many results are still needed, and how many servers may still send one.
    needs: u16,
    live: u16,
    /// Whether one of its results was a default.
    degraded: bool,
    /// The parts that are done, where servers are asked for parts that another may do, too.
    done: Vec<u16>,
}

/// A request, or a part of one, at a server.
#[derive(Clone, Copy, Debug)]
struct Job {
    ask: u32,
    /// The place of the server among them, and of the one whose part it is.
    server: u16,
    part: u16,
    /// When another server is asked, too.
    hedge: Option<i64>,
}

/// A balancer.
#[derive(Clone, Debug)]
pub struct Balancer {
    seat: Seat,
    asks: BTreeMap<u32, Ask>,
    jobs: BTreeMap<u32, Job>,
    pool: Pool,
    /// Asks that wait for a server to be idle, with the instants when they came.
    queue: VecDeque<(u32, i64)>,
    probes: Probes,
    scale: Scale,
    deadlines: Deadlines<u32>,
    lines: Lines,
    next_ask: u32,
    next_job: u32,
    books: Books,
}

/// What a balancer has done: it counts, and nothing makes it forget.
#[derive(Clone, Copy, Debug, Default)]
struct Books {
    answered: u64,
    refused: u64,
    hedges: u64,
    wasted: u64,
}

impl Balancer {
    pub(super) fn new(seat: Seat) -> Self {
        let servers = seat.cast.count(SERVERS);
        let scale = Scale::new(&seat.settings, servers);
        let mut balancer = Self {
            asks: BTreeMap::new(),
            jobs: BTreeMap::new(),
            pool: Pool::new(servers),
            queue: VecDeque::new(),
            probes: Probes::new(servers),
            scale,
            deadlines: Deadlines::new(),
            lines: Lines::default(),
            next_ask: 0,
            next_job: 0,
            books: Books::default(),
            seat,
        };
        balancer.refresh();
        balancer
    }

    /// After a restart: numbers that were given are not given again.
    pub(super) fn rebooted(&self) -> Self {
        let mut fresh = Self::new(self.seat.clone());
        fresh.lines = self.lines.rebooted();
        fresh.next_ask = self.next_ask;
        fresh.next_job = self.next_job;
        fresh.books = self.books;
        fresh.scale.keep_bill(&self.scale);
        fresh
    }

    pub(super) fn step(
        &mut self,
        input: Input<'_, Service>,
        moment: &Moment,
        out: &mut Out<Service>,
    ) {
        let now = moment.local();
        match input {
            Input::Start => {
                self.beat(out);
                self.scale_later(out);
            }
            Input::Message { from, msg } => self.hear(from.sender(), msg, now, out),
            Input::Timer(Timer::Probe) => self.beat(out),
            Input::Timer(Timer::Scale) => self.rescale(out),
            Input::Timer(Timer::Deadline) => {
                let now = self.deadlines.fired(now);
                while let Some(job) = self.deadlines.due(now) {
                    self.hedge(job, now, out);
                }
            }
            _ => return,
        }
        self.serve_queue(now, out);
        self.deadlines.arm(now, out);
    }

    fn hear(&mut self, from: NodeId, msg: &Msg, now: i64, out: &mut Out<Service>) {
        match *msg {
            Msg::Request { op, attempt, line } if self.lines.hears(from, line) => {
                self.scale.arrives();
                self.take(from, (op, attempt), now, out);
            }
            Msg::Result { job, op, degraded } => self.result(job, op, degraded, out),
            Msg::Busy { name, .. } => self.refused(name, out),
            Msg::Alive { beat } => self.alive(self.place(from), beat, out),
            Msg::Ready => self.ready(self.place(from)),
            _ => {}
        }
    }

    /// The place of a server among them.
    fn place(&self, server: NodeId) -> u16 {
        server
            .0
            .saturating_sub(self.seat.cast.nodes_of(SERVERS).start)
    }

    /// Takes an attempt of a client, and gives it away as the policy says [11].
    fn take(&mut self, client: NodeId, (op, attempt): (Op, u32), now: i64, out: &mut Out<Service>) {
        let policy = self.seat.settings.policy;
        let all = self.pool.ready.len() as u16;
        let needs = match policy {
            Policy::FanOut => self.seat.settings.wait_for.unwrap_or(all),
            _ => 1,
        };
        let mut ask = Ask {
            client,
            op,
            attempt,
            needs,
            live: 0,
            degraded: false,
            done: Vec::new(),
        };
        if all == 0 || needs > all {
            return self.turn_away(&ask, rules::NOBODY, out);
        }
        let number = self.next_ask;
        self.next_ask += 1;
        match policy {
            Policy::Central => {
                let room = self.seat.settings.queue;
                let full = room.is_some_and(|room| self.queue.len() >= room as usize);
                if full && self.pool.idle(self.seat.settings.cores).is_none() {
                    return self.turn_away(&ask, rules::BUSY, out);
                }
                out.because(rules::LINE_UP, label(op));
                self.asks.insert(number, ask);
                self.queue.push_back((number, now));
            }
            Policy::FanOut => {
                out.because(rules::CHOOSE, label(op));
                for server in self.pool.ready.clone() {
                    self.dispatch(number, &mut ask, (server, server), now, out);
                }
                self.asks.insert(number, ask);
            }
            _ => {
                out.because(rules::CHOOSE, label(op));
                let name = (attempt, self.seat.id().0);
                if let Some(server) = self.pool.choose(&self.seat.settings, op, name, None) {
                    self.dispatch(number, &mut ask, (server, server), now, out);
                }
                self.asks.insert(number, ask);
            }
        }
    }

    /// Gives an idle server what has waited longest here [11].
    fn serve_queue(&mut self, now: i64, out: &mut Out<Service>) {
        while let Some(&(number, came)) = self.queue.front()
            && let Some(server) = self.pool.idle(self.seat.settings.cores)
        {
            self.queue.pop_front();
            let Some(mut ask) = self.asks.remove(&number) else {
                continue;
            };
            let waited = now.saturating_sub(came).max(0) as u64;
            let most = self.seat.settings.drop_after;
            if most.is_some_and(|most| waited > most.0) {
                self.turn_away(&ask, rules::TOO_OLD, out);
                continue;
            }
            out.because(rules::CHOOSE, label(ask.op));
            self.dispatch(number, &mut ask, (server, server), now, out);
            self.asks.insert(number, ask);
        }
    }

    /// Gives a server a part of what is asked; all of it where there are no parts.
    fn dispatch(
        &mut self,
        number: u32,
        ask: &mut Ask,
        (server, part): (u16, u16),
        now: i64,
        out: &mut Out<Service>,
    ) {
        let job = self.next_job;
        self.next_job += 1;
        let (op, settings) = (ask.op, &self.seat.settings);
        // Where several servers work on one request, each takes its own time [16].
        let first = server == part;
        let work = match settings.policy {
            Policy::FanOut => self.seat.effort.drawn(bits(op, (0, part), server)),
            _ if first => op.work,
            _ => self
                .seat
                .effort
                .drawn(bits(op, (ask.attempt, part), server)),
        };
        let to = NodeId(self.seat.cast.nodes_of(SERVERS).start + server);
        let line = self.lines.next(to);
        out.send(
            to,
            Msg::Dispatch {
                job,
                op,
                work,
                line,
            },
        );
        let hedge = settings.hedge.filter(|_| first);
        let hedge = hedge.map(|span| self.deadlines.set(now, span, job));
        ask.live += 1;
        self.pool.under_way[usize::from(server)] += 1;
        self.jobs.insert(
            job,
            Job {
                ask: number,
                server,
                part,
                hedge,
            },
        );
    }

    /// No result yet: another server is asked, too [16].
    fn hedge(&mut self, number: u32, now: i64, out: &mut Out<Service>) {
        let Some(job) = self.jobs.get_mut(&number) else {
            return;
        };
        job.hedge = None;
        let job = *job;
        let Some(mut ask) = self.asks.remove(&job.ask) else {
            return;
        };
        let name = (ask.attempt, job.part);
        let other = self
            .pool
            .choose(&self.seat.settings, ask.op, name, Some(job.server));
        if let Some(other) = other {
            self.books.hedges += 1;
            out.because(rules::HEDGE, label(ask.op));
            self.dispatch(job.ask, &mut ask, (other, job.part), now, out);
        }
        self.asks.insert(job.ask, ask);
    }

    /// A job is no longer at its server.
    fn back(&mut self, number: u32) -> Option<Job> {
        let job = self.jobs.remove(&number)?;
        self.pool.under_way[usize::from(job.server)] -= 1;
        if let Some(due) = job.hedge {
            self.deadlines.drop(due, number);
        }
        Some(job)
    }

    fn result(&mut self, number: u32, op: Op, degraded: bool, out: &mut Out<Service>) {
        let job = self.back(number);
        let known = job.and_then(|job| Some((job, self.asks.get_mut(&job.ask)?)));
        let Some((job, ask)) = known else {
            self.books.wasted += 1;
            return;
        };
        ask.live -= 1;
        if ask.done.contains(&job.part) {
            self.books.wasted += 1;
            return;
        }
        ask.degraded |= degraded;
        ask.needs -= 1;
        if ask.needs > 0 {
            if self.seat.settings.hedge.is_some() {
                ask.done.push(job.part);
            }
            return;
        }
        let (client, degraded) = (ask.client, ask.degraded);
        self.asks.remove(&job.ask);
        self.books.answered += 1;
        out.because(rules::PASS_ON, label(op));
        out.send(client, Msg::Answer { op, degraded });
    }

    /// A server refuses a job, or throws it away.
    fn refused(&mut self, number: u32, out: &mut Out<Service>) {
        let Some(job) = self.back(number) else {
            return;
        };
        if let Some(ask) = self.hopeless(job.ask) {
            self.turn_away(&ask, rules::PASS_BUSY, out);
        }
    }

    /// One server fewer works on an ask: the ask, if not enough are left.
    fn hopeless(&mut self, number: u32) -> Option<Ask> {
        let ask = self.asks.get_mut(&number)?;
        ask.live -= 1;
        (ask.live < ask.needs)
            .then(|| self.asks.remove(&number))
            .flatten()
    }

    fn turn_away(&mut self, ask: &Ask, why: &'static Rule, out: &mut Out<Service>) {
        self.books.refused += u64::from(why != rules::PASS_BUSY);
        out.because(why, label(ask.op));
        out.send(
            ask.client,
            Msg::Busy {
                op: ask.op,
                name: ask.attempt,
            },
        );
    }

    /// Which servers may be asked: those that are rented and ready, and not out.
    fn refresh(&mut self) {
        let places = 0..self.seat.cast.count(SERVERS);
        let good = |place: &u16| self.scale.runs(*place) && !self.probes.out(*place);
        self.pool.ready = places.filter(good).collect();
    }

    pub(super) fn sketch(&self) -> Sketch {
        let waits = self.queue.iter().filter_map(|(ask, _)| self.asks.get(ask));
        let first_out = (0..self.seat.cast.count(SERVERS)).find(|place| self.probes.out(*place));
        Sketch {
            phase: match self.asks.is_empty() {
                true => "idle",
                false => "waiting",
            },
            done: self.books.answered,
            suspects: first_out.map(|place| NodeId(self.seat.cast.nodes_of(SERVERS).start + place)),
            waiting: self.queue.len() as u32,
            work: Span(waits.map(|ask| ask.op.work.0).sum()),
            ..Sketch::default()
        }
    }

    pub(super) fn portrait(&self) -> Portrait {
        let count = |name, count: u64| (name, count.to_string());
        let under = self.pool.under_way.iter().map(ToString::to_string);
        let ready = self.pool.ready.len() as u64;
        let mut facts = vec![
            count("servers in", ready),
            ("under way by server", under.collect::<Vec<_>>().join(", ")),
            count("in the queue", self.queue.len() as u64),
            count("answered", self.books.answered),
            count("refused", self.books.refused),
            count("hedges", self.books.hedges),
            count("wasted", self.books.wasted),
        ];
        facts.extend(self.scale.facts());
        Portrait {
            sketch: self.sketch(),
            waiting: self.asks.values().map(|ask| ask.op.to_string()).collect(),
            facts,
            ..Portrait::default()
        }
    }
}
