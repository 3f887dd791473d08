//! What a server does not do itself: it calls a provider, waits without its core, and has
//! something to say if nothing comes back [19].

use super::super::{PROVIDERS, label, rules};
use super::{Job, Msg, Server, Service, refuse};
use crate::protocol::{NodeId, Out};
use litemap::LiteMap;

/// The calls of a server.
#[derive(Clone, Debug)]
pub(super) struct Calls {
    open: LiteMap<u32, Call>,
    next: u32,
    /// One for each provider.
    breakers: Vec<Breaker>,
    silences: u64,
    degraded: u64,
}

#[derive(Clone, Copy, Debug)]
struct Call {
    job: Job,
    /// The place of the provider among them.
    provider: u16,
    due: i64,
}

/// Whether a provider is called at all [19; Nygard, Release It!].
#[derive(Clone, Copy, Debug)]
enum Breaker {
    /// It is; so many calls in a row were met by silence.
    Closed(u32),
    /// Not before this instant, by the server's own clock; then once.
    Open(i64),
    /// One call is under way, and its answer decides.
    Trial(u32),
}

impl Calls {
    pub(super) fn new(providers: u16) -> Self {
        Self {
            open: LiteMap::new(),
            next: 0,
            breakers: vec![Breaker::Closed(0); providers.into()],
            silences: 0,
            degraded: 0,
        }
    }

    /// After a restart: numbers that were given are not given again.
    pub(super) fn rebooted(&self) -> Self {
        Self {
            next: self.next,
            silences: self.silences,
            degraded: self.degraded,
            ..Self::new(self.breakers.len() as u16)
        }
    }

    /// How many are without an answer.
    pub(super) fn open(&self) -> usize {
        self.open.len()
    }

    /// What observers see of them; nothing where there is no provider.
    pub(super) fn facts(&self) -> Vec<(&'static str, String)> {
        if self.breakers.is_empty() {
            return Vec::new();
        }
        let breaker = |breaker: &Breaker| match breaker {
            Breaker::Closed(_) => "closed",
            Breaker::Open(_) => "open",
            Breaker::Trial(_) => "half open",
        };
        let breakers: Vec<&str> = self.breakers.iter().map(breaker).collect();
        vec![
            ("calls", self.open.len().to_string()),
            ("calls without an answer", self.silences.to_string()),
            ("defaults", self.degraded.to_string()),
            ("breakers", breakers.join(", ")),
        ]
    }
}

impl Server {
    /// The work is done: the provider is called, if there is one.
    pub(super) fn delegate(&mut self, job: Job, now: i64, out: &mut Out<Service>) {
        if self.calls.breakers.is_empty() {
            self.reply(&job, false, out);
        } else {
            self.call(job, 0, now, out);
        }
    }

    /// Calls the first provider from this one on that may be called, or does without.
    fn call(&mut self, job: Job, from: u16, now: i64, out: &mut Out<Service>) {
        let number = self.calls.next;
        let count = self.calls.breakers.len() as u16;
        let Some(provider) = (from..count).find(|place| self.may_call(*place, now, number)) else {
            return self.do_without(job, out);
        };
        self.calls.next += 1;
        let to = NodeId(self.seat.cast.nodes_of(PROVIDERS).start + provider);
        let line = self.lines.next(to);
        out.because(rules::CALL, label(job.op));
        out.send(
            to,
            Msg::Call {
                call: number,
                op: job.op,
                line,
            },
        );
        let span = self.seat.settings.call_timeout;
        let due = self.deadlines.set(now, span, number);
        let call = Call { job, provider, due };
        self.calls.open.insert(number, call);
    }

    /// Whether the breaker lets this call through.
    fn may_call(&mut self, provider: u16, now: i64, number: u32) -> bool {
        let breaker = &mut self.calls.breakers[usize::from(provider)];
        match *breaker {
            Breaker::Closed(_) => true,
            Breaker::Open(until) if now >= until => {
                *breaker = Breaker::Trial(number);
                true
            }
            Breaker::Open(_) | Breaker::Trial(_) => false,
        }
    }

    pub(super) fn returned(&mut self, number: u32, out: &mut Out<Service>) {
        let Some(call) = self.calls.open.remove(&number) else {
            return;
        };
        self.deadlines.drop(call.due, number);
        let breaker = &mut self.calls.breakers[usize::from(call.provider)];
        match breaker {
            Breaker::Trial(trial) if *trial == number => {
                *breaker = Breaker::Closed(0);
                out.because(rules::CLOSE, label(call.job.op));
            }
            Breaker::Closed(silences) => *silences = 0,
            Breaker::Trial(_) | Breaker::Open(_) => {}
        }
        self.reply(&call.job, false, out);
    }

    /// No answer of a provider came in time.
    pub(super) fn silence(&mut self, number: u32, now: i64, out: &mut Out<Service>) {
        let Some(call) = self.calls.open.remove(&number) else {
            return;
        };
        self.calls.silences += 1;
        let settings = &self.seat.settings;
        let until = now.saturating_add_unsigned(settings.open.0);
        let breaker = &mut self.calls.breakers[usize::from(call.provider)];
        let opens = match breaker {
            Breaker::Closed(silences) => {
                *silences += 1;
                settings.breaker > 0 && *silences >= settings.breaker
            }
            Breaker::Trial(trial) => *trial == number,
            Breaker::Open(_) => false,
        };
        if opens {
            *breaker = Breaker::Open(until);
            out.because(rules::OPEN, label(call.job.op));
        }
        self.call(call.job, call.provider + 1, now, out);
    }

    /// No provider is there: a default, or nothing.
    fn do_without(&mut self, job: Job, out: &mut Out<Service>) {
        if self.seat.settings.fallback {
            self.calls.degraded += 1;
            out.because(rules::FALL_BACK, label(job.op));
            self.reply(&job, true, out);
        } else {
            self.books.refused += 1;
            out.because(rules::NO_PROVIDER, label(job.op));
            refuse(job, out);
        }
    }
}
