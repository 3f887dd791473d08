//! How a balancer finds out which servers are there [15].

use super::super::{NOTHING, Timer, flaw};
use super::{Balancer, Msg, SERVERS, Service, rules};
use crate::protocol::{Claim, Label, NodeId, Out, To};

/// What probes have shown of the servers, by place.
#[derive(Clone, Debug)]
pub(super) struct Probes {
    /// The number of the probe that left last; 0 before the first.
    beat: u32,
    of: Vec<Health>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Health {
    /// The last probe that it answered.
    heard: u32,
    /// Answered in a row, and missed in a row.
    hits: u32,
    misses: u32,
    out: bool,
}

impl Probes {
    pub(super) fn new(servers: u16) -> Self {
        Self {
            beat: 0,
            of: vec![Health::default(); servers.into()],
        }
    }

    /// Whether a server is out.
    pub(super) fn out(&self, place: u16) -> bool {
        let health = self.of.get(usize::from(place));
        health.is_some_and(|health| health.out)
    }
}

impl Balancer {
    /// A probe leaves for each server; one that was not answered before is missed.
    pub(super) fn beat(&mut self, out: &mut Out<Service>) {
        let Some(every) = self.seat.settings.probe else {
            return;
        };
        let last = self.probes.beat;
        let trusts = self.seat.flawed(flaw::TRUSTS_SILENCE);
        let mut fallen = Vec::new();
        for (place, health) in (0..).zip(&mut self.probes.of) {
            if last == 0 || health.heard == last || trusts {
                continue;
            }
            health.hits = 0;
            health.misses += 1;
            if !health.out && health.misses >= self.seat.settings.fall {
                health.out = true;
                fallen.push(place);
            }
        }
        for place in fallen {
            self.takes_out(place, out);
        }
        self.probes.beat += 1;
        let beat = self.probes.beat;
        out.because(
            rules::PROBE,
            Label {
                view: beat,
                ..NOTHING
            },
        );
        out.send_to(To::Role(SERVERS as u8), Msg::Probe { beat });
        out.set_timer(Timer::Probe, every);
    }

    /// A server answers a probe.
    pub(super) fn alive(&mut self, place: u16, beat: u32, out: &mut Out<Service>) {
        let rise = self.seat.settings.rise;
        let Some(health) = self.probes.of.get_mut(usize::from(place)) else {
            return;
        };
        if beat != self.probes.beat || health.heard == beat {
            return;
        }
        health.heard = beat;
        health.misses = 0;
        health.hits += 1;
        if health.out && health.hits >= rise && !self.seat.flawed(flaw::NEVER_IN) {
            health.out = false;
            self.says(place, rules::IN, false, out);
        }
    }

    /// Takes a server out, and what was under way there for lost.
    fn takes_out(&mut self, place: u16, out: &mut Out<Service>) {
        self.says(place, rules::OUT, true, out);
        let there = self.jobs.iter().filter(|(_, job)| job.server == place);
        let lost: Vec<u32> = there.map(|(number, _)| *number).collect();
        for number in lost {
            if let Some(job) = self.back(number) {
                self.hopeless(job.ask);
            }
        }
    }

    fn says(
        &mut self,
        place: u16,
        why: &'static crate::protocol::Rule,
        on: bool,
        out: &mut Out<Service>,
    ) {
        out.because(why, NOTHING);
        let node = NodeId(self.seat.cast.nodes_of(SERVERS).start + place);
        out.claim(Claim::Suspects { node, on });
        self.refresh();
    }
}
