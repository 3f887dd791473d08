//! What is asked of the machines, against what they can do: when theory gives what.

use super::super::balancer::Policy;
use super::super::{BALANCERS, PROVIDERS, SERVERS};
use super::settings::{self, Settings};
use crate::cast::Cast;
use crate::knob::{Among, Args};
use crate::time::Span;
use crate::workload::{Arrivals, Effort, Workload};

/// The demand on a service and its capacity.
pub(super) struct Load {
    pub(super) settings: Settings,
    pub(super) cast: Cast,
    /// Requests a second; none where each client waits for its answer.
    rate: Option<f64>,
    clients: f64,
    /// The work of a request at all servers together, in seconds at the usual speed.
    demand: f64,
    /// The seconds of such work that the servers do in a second.
    capacity: f64,
}

impl Load {
    /// The load of a set-up.
    pub(super) fn new(settings: &Args, workload: &Args, cast: &Cast) -> Self {
        Self::with_servers(settings, workload, cast, cast.count(SERVERS))
    }

    /// The same with so many servers.
    pub(super) fn with_servers(args: &Args, workload: &Args, cast: &Cast, servers: u16) -> Self {
        let settings = settings::read(args, cast);
        let clients = cast.those(Among::Asking).count() as u32;
        let rate = match Workload::new(workload, &[], clients, 0).arrivals {
            Arrivals::Closed(_) => None,
            Arrivals::Even(rate) | Arrivals::Poisson(rate) => Some(f64::from(rate)),
        };
        let work = Effort::new(workload).mean() / 1e6;
        let n = f64::from(servers.max(1));
        let told = settings.share_work.0 as f64 / 1e6;
        let mut demand = match settings.policy {
            Policy::FanOut => n * work,
            // A hedge may double what is done.
            _ if settings.hedge.is_some() => 2.0 * work,
            _ => work,
        };
        if settings.tells_all {
            demand += n * (n - 1.0) * told;
        } else if settings.tells {
            demand += (n - 1.0) * told;
        }
        let speeds = (0..servers).map(|place| f64::from(settings.speed(place.into())) / 1000.0);
        let slowest = speeds.clone().fold(f64::INFINITY, f64::min);
        let cores = f64::from(settings.cores);
        let speed = match settings.policy {
            _ if settings.by_name => {
                // The server that most clients know decides.
                let share = clients.max(1).div_ceil(u32::from(servers.max(1)));
                slowest * f64::from(clients.max(1)) / f64::from(share)
            }
            Policy::Central | Policy::LeastLoaded | Policy::Fastest => speeds.sum(),
            _ => n * slowest,
        };
        Self {
            settings,
            cast: *cast,
            rate,
            clients: f64::from(clients),
            demand,
            capacity: speed * cores,
        }
    }

    /// The share of the capacity that is used if each request is sent so often.
    fn used(&self, times: f64) -> f64 {
        let mut used = match self.rate {
            Some(rate) => rate * self.demand * times / self.capacity,
            None => 0.0,
        };
        if self.cast.count(PROVIDERS) > 0 {
            let call = self.settings.provider_work.0 as f64 / 1e6;
            let calls = self.rate.unwrap_or(0.0) * times * call / f64::from(self.settings.cores);
            used = used.max(calls);
        }
        used
    }

    /// Whether the rate of requests, each sent once, is well below the capacity.
    pub(super) fn light(&self) -> bool {
        self.used(1.0) <= 0.8
    }

    /// Whether work is refused or thrown away when there is too much of it, or retries are few.
    const fn sheds(&self) -> bool {
        let settings = &self.settings;
        settings.queue.is_some() || settings.drop_after.is_some()
    }

    /// How often a request is sent where all of its attempts come to nothing.
    fn times(&self) -> f64 {
        match self.settings.budget {
            // What each request earns, and no more.
            Some(budget) => 1.0 + f64::from(budget) / 1000.0,
            None => f64::from(self.settings.attempts),
        }
    }

    /// Why retries may keep a service busy with nothing but themselves, if they may [13].
    pub(super) fn storm(&self) -> Option<String> {
        if self.sheds() {
            return None;
        }
        if self.rate.is_none() {
            // Clients that wait fill queues with no more than all of their attempts.
            let wait = self.clients * self.times() * self.demand / self.capacity;
            return (wait > self.settings.timeout.0 as f64 / 2e6).then(|| {
                "All clients at once can fill the queues for longer than they wait.".into()
            });
        }
        (self.used(self.times()) >= 1.0).then(|| {
            "If every attempt times out, the retries alone are more than the servers can do, and \
             nothing sheds them."
                .into()
        })
    }

    /// Within which time answers come again, if so much work waits and all faults are over [13].
    pub(super) fn recovers_within(&self, waits: Span) -> Span {
        let times = if self.sheds() || self.storm().is_some() {
            1.0
        } else {
            self.times()
        };
        let spare = self.capacity * (1.0 - self.used(times)).max(0.01);
        let drained = waits.0 as f64 / spare;
        Span(drained as u64) + self.patience()
    }

    /// How long a client tries at most [13].
    pub(super) fn patience(&self) -> Span {
        let settings = &self.settings;
        let attempts = settings.attempts;
        let pauses = (0..attempts - 1).map(|before| settings.backoff.times(1 << before.min(31)));
        let paused = pauses.fold(Span::ZERO, |sum, pause| sum + pause);
        settings.timeout.times(attempts.into()) + paused
    }

    /// Whether an answer comes well within a client's time, and a probe's within its period, where
    /// a message takes at most about so long.
    pub(super) fn in_time(&self, hop: Span) -> bool {
        let settings = &self.settings;
        let hops = |count: u64| hop.0 as f64 * count as f64;
        let stretch = 3.0 / (1.0 - self.used(1.0)).max(0.01);
        let call = match self.cast.count(PROVIDERS) {
            0 => 0.0,
            _ => hops(2) + settings.provider_work.0 as f64 * stretch,
        };
        let work = self.demand * 1e6 * stretch * self.slowness();
        let fits = |needs: f64, has: Span| needs <= has.0 as f64;
        fits(hops(4) + work + call, settings.timeout)
            && settings.probe.is_none_or(|every| fits(hops(2), every))
            && (call == 0.0 || fits(call, settings.call_timeout))
    }

    /// How much slower than usual the slowest server is, and how many clients one of them may
    /// have to serve at once.
    fn slowness(&self) -> f64 {
        let servers = usize::from(self.cast.count(SERVERS));
        let slowest = (0..servers).map(|place| self.settings.speed(place)).min();
        let slow = (1000.0 / f64::from(slowest.unwrap_or(1000).max(1))).max(1.0);
        match self.rate {
            Some(_) => slow,
            None => slow * self.clients.max(1.0),
        }
    }

    /// Whether clients go through a door.
    pub(super) fn single_image(&self) -> bool {
        !self.settings.by_name && self.cast.count(BALANCERS) > 0
    }
}
