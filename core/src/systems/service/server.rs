//! A server: it works on requests, one a core, and refuses what its queue has no room for [14].

mod delegate;

use super::deadlines::Deadlines;
use super::line::Lines;
use super::workplace::Workplace;
use super::{Msg, SERVERS, Seat, Service, Timer, flaw, label, rules};
use crate::protocol::{Claim, Input, Moment, NodeId, Op, Out, Portrait, Sketch};
use crate::time::Span;
use delegate::Calls;

/// A request at a server.
#[derive(Clone, Copy, Debug)]
pub(super) struct Job {
    /// Who wants it done: a balancer, or the client itself.
    asker: NodeId,
    /// What it is called there: a balancer's number, or a client's attempt.
    name: u32,
    op: Op,
    work: Span,
    /// When it came, by the server's own clock.
    came: i64,
}

/// A piece of work.
#[derive(Clone, Copy, Debug)]
enum Task {
    Serve(Job),
    /// It hears what another did, from who did it or from one that was told [17].
    Hear {
        op: Op,
        own: bool,
    },
    /// It gets ready for a balancer [18].
    Boot(NodeId),
}

/// A server.
#[derive(Clone, Debug)]
pub struct Server {
    seat: Seat,
    work: Workplace<Task>,
    calls: Calls,
    deadlines: Deadlines<u32>,
    lines: Lines,
    books: Books,
}

/// What a server has done: it counts, and nothing makes it forget.
#[derive(Clone, Copy, Debug, Default)]
struct Books {
    worked: u64,
    refused: u64,
    dropped: u64,
}

impl Server {
    pub(super) fn new(seat: Seat) -> Self {
        Self {
            work: Workplace::new(seat.settings.cores),
            calls: Calls::new(seat.cast.count(super::PROVIDERS)),
            seat,
            deadlines: Deadlines::new(),
            lines: Lines::default(),
            books: Books::default(),
        }
    }

    pub(super) fn rebooted(&self) -> Self {
        Self {
            calls: self.calls.rebooted(),
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
            Input::Message { from, msg } => self.hear(from.sender(), msg, now, out),
            Input::Done(piece) => {
                if let Some(task) = self.work.done(piece) {
                    self.done(task, now, out);
                }
                self.begin(now, out);
            }
            Input::Timer(Timer::Deadline) => {
                let now = self.deadlines.fired(now);
                while let Some(call) = self.deadlines.due(now) {
                    self.silence(call, now, out);
                }
            }
            _ => return,
        }
        self.deadlines.arm(now, out);
    }

    fn hear(&mut self, from: NodeId, msg: &Msg, now: i64, out: &mut Out<Service>) {
        let job = |name, op, work| Job {
            asker: from,
            name,
            op,
            work,
            came: now,
        };
        match *msg {
            Msg::Request { op, attempt, line } if self.takes(from, line) => {
                self.take_on(job(attempt, op, op.work), now, out);
            }
            Msg::Dispatch {
                job: name,
                op,
                work,
                line,
            } if self.takes(from, line) => self.take_on(job(name, op, work), now, out),
            // Whoever is up answers a probe, however much it has to do [15].
            Msg::Probe { beat } => out.send(from, Msg::Alive { beat }),
            Msg::Returned { call, .. } => self.returned(call, out),
            Msg::Share { op, own } => self.queue(Task::Hear { op, own }, now, out),
            Msg::Start => self.queue(Task::Boot(from), now, out),
            _ => {}
        }
    }

    /// Whether a message that causes work comes for the first time.
    fn takes(&mut self, from: NodeId, line: u32) -> bool {
        self.lines.hears(from, line) || self.seat.flawed(flaw::TAKES_COPIES)
    }

    /// Takes a request on, if it can begin or there is room for it to wait [14].
    fn take_on(&mut self, job: Job, now: i64, out: &mut Out<Service>) {
        let waits = || {
            let waiting = self.work.waiting.iter();
            waiting
                .filter(|task| matches!(task, Task::Serve(_)))
                .count()
        };
        let room = self.seat.settings.queue;
        if let Some(room) = room
            && !self.work.free()
            && waits() >= room as usize
        {
            self.books.refused += 1;
            out.because(rules::BUSY, label(job.op));
            return refuse(job, out);
        }
        self.queue(Task::Serve(job), now, out);
    }

    fn queue(&mut self, task: Task, now: i64, out: &mut Out<Service>) {
        self.work.waiting.push_back(task);
        self.begin(now, out);
    }

    /// Cores take what waits, in the order in which it came [1].
    fn begin(&mut self, now: i64, out: &mut Out<Service>) {
        while self.work.free()
            && let Some(task) = self.work.waiting.pop_front()
        {
            if let Task::Serve(job) = task
                && self.too_late(&job, now)
            {
                self.books.dropped += 1;
                out.because(rules::TOO_OLD, label(job.op));
                refuse(job, out);
                continue;
            }
            self.work.begin(task, self.span(&task), out);
        }
    }

    /// Whether a request waited longer than is worth while [14].
    fn too_late(&self, job: &Job, now: i64) -> bool {
        let waited = now.saturating_sub(job.came).max(0) as u64;
        let settings = &self.seat.settings;
        let left = self.seat.flawed(flaw::DROPS_LATE) && waited > settings.timeout.0;
        left || settings.drop_after.is_some_and(|most| waited > most.0)
    }

    /// How long a piece keeps a core of usual speed busy.
    const fn span(&self, task: &Task) -> Span {
        match task {
            Task::Serve(job) => job.work,
            Task::Hear { .. } => self.seat.settings.share_work,
            Task::Boot(_) => self.seat.settings.boot,
        }
    }

    fn done(&mut self, task: Task, now: i64, out: &mut Out<Service>) {
        match task {
            Task::Serve(job) => {
                self.books.worked += 1;
                out.because(rules::WORKED, label(job.op));
                out.claim(Claim::Worked { op: job.op });
                if self.seat.settings.tells {
                    self.tell(job.op, true, out);
                }
                self.delegate(job, now, out);
            }
            Task::Hear { op, own } => {
                if own && self.seat.settings.tells_all {
                    out.because(rules::TELL_ON, label(op));
                    self.tell(op, false, out);
                }
            }
            Task::Boot(balancer) => {
                out.because(rules::READY, super::NOTHING);
                out.send(balancer, Msg::Ready);
            }
        }
    }

    /// Tells each other server [17].
    fn tell(&self, op: Op, own: bool, out: &mut Out<Service>) {
        let others = self.seat.cast.nodes_of(SERVERS).map(NodeId);
        for other in others.filter(|other| *other != self.seat.id()) {
            out.send(other, Msg::Share { op, own });
        }
    }

    /// Hands back what came of a request.
    fn reply(&self, job: &Job, degraded: bool, out: &mut Out<Service>) {
        let Job {
            asker, name, op, ..
        } = *job;
        let msg = match self.seat.cast.is_client(asker) {
            true => Msg::Answer { op, degraded },
            false => Msg::Result {
                job: name,
                op,
                degraded,
            },
        };
        out.send(asker, msg);
    }

    pub(super) fn sketch(&self) -> Sketch {
        let work = self.work.all().map(|task| self.span(task).0).sum();
        let calls = self.calls.open() as u32;
        Sketch {
            phase: match (self.work.busy(), calls) {
                (0, 0) => "idle",
                (0, _) => "waiting",
                _ => "working",
            },
            done: self.books.worked,
            waiting: self.work.waiting.len() as u32,
            work: Span(work),
            ..Sketch::default()
        }
    }

    pub(super) fn portrait(&self) -> Portrait {
        let waiting = self.work.all().filter_map(|task| match task {
            Task::Serve(job) => Some(job.op.to_string()),
            _ => None,
        });
        let count = |name, count: u64| (name, count.to_string());
        let mut facts = vec![
            count("busy cores", self.work.busy() as u64),
            count("in the queue", self.work.waiting.len() as u64),
            count("worked", self.books.worked),
            count("refused", self.books.refused),
            count("too old", self.books.dropped),
        ];
        facts.extend(self.calls.facts());
        Portrait {
            sketch: self.sketch(),
            waiting: waiting.collect(),
            facts,
            ..Portrait::default()
        }
    }
}

/// Tells whoever asked that nothing comes of it.
fn refuse(job: Job, out: &mut Out<Service>) {
    let Job {
        asker, name, op, ..
    } = job;
    out.send(asker, Msg::Busy { op, name });
}
