//! How many servers a balancer rents [18]: as Kubernetes scales.

use super::super::{NOTHING, Settings, Timer};
use super::{Balancer, Msg, SERVERS, Service, rules};
use crate::protocol::{NodeId, Out};
use crate::time::Span;
use std::collections::VecDeque;

/// The rented servers, by place, and why there are so many.
#[derive(Clone, Debug)]
pub(super) struct Scale {
    rented: u16,
    /// Those of them that are ready.
    ready: Vec<bool>,
    /// How many requests came since the last look.
    arrived: u64,
    /// The last wishes, newest last.
    wishes: VecDeque<u16>,
    /// How often it looked, and for how long servers were rented in all by then.
    looks: u64,
    paid: Span,
    /// How often it looks, if at all.
    every: Option<Span>,
}

impl Scale {
    pub(super) fn new(settings: &Settings, servers: u16) -> Self {
        let rented = match settings.scale_every {
            Some(_) => settings.start_servers.min(servers),
            None => servers,
        };
        Self {
            rented,
            ready: (0..servers).map(|place| place < rented).collect(),
            arrived: 0,
            wishes: VecDeque::new(),
            looks: 0,
            paid: Span::ZERO,
            every: settings.scale_every,
        }
    }

    /// What was paid before a restart stays paid.
    pub(super) const fn keep_bill(&mut self, before: &Self) {
        self.looks = before.looks;
        self.paid = before.paid;
    }

    pub(super) const fn arrives(&mut self) {
        self.arrived += 1;
    }

    /// Whether a server is rented and ready.
    pub(super) fn runs(&self, place: u16) -> bool {
        place < self.rented && self.ready.get(usize::from(place)) == Some(&true)
    }

    /// What observers see of it; nothing where nothing scales.
    pub(super) fn facts(&self) -> Vec<(&'static str, String)> {
        if self.every.is_none() {
            return Vec::new();
        }
        vec![
            ("rented", self.rented.to_string()),
            ("looks", self.looks.to_string()),
            ("paid, µs", self.paid.0.to_string()),
        ]
    }

    /// How many servers the arrivals of the last period ask for.
    fn wish(&self, every: Span, target: u32) -> u16 {
        // Requests a second over what one server is to get: a fraction.
        let (above, below) = (
            u128::from(self.arrived) * 1_000_000,
            u128::from(every.0.max(1)) * u128::from(target),
        );
        let present = u128::from(self.rented);
        // Within a tenth of the present number it is left as it is.
        if above * 10 >= below * present * 9 && above * 10 <= below * present * 11 {
            return self.rented;
        }
        let wanted = above.div_ceil(below).clamp(1, self.ready.len() as u128);
        wanted as u16
    }
}

impl Balancer {
    /// The next look at the rate, if it looks at all.
    pub(super) fn scale_later(&self, out: &mut Out<Service>) {
        if let Some(every) = self.scale.every {
            out.set_timer(Timer::Scale, every);
        }
    }

    /// A look at the rate of requests: up at once, down to the largest wish of the last while.
    pub(super) fn rescale(&mut self, out: &mut Out<Service>) {
        let Some(every) = self.scale.every else {
            return;
        };
        let settings = &self.seat.settings;
        let kept = settings.cool.0.div_ceil(every.0.max(1)).max(1) as usize;
        let scale = &mut self.scale;
        let present = scale.rented;
        scale.paid = scale.paid + every.times(present.into());
        scale.looks += 1;
        let wish = scale.wish(every, settings.target);
        scale.arrived = 0;
        scale.wishes.push_back(wish);
        while scale.wishes.len() > kept {
            scale.wishes.pop_front();
        }
        let largest = scale.wishes.iter().copied().max().unwrap_or(present);
        match wish {
            wish if wish > present => self.grow(wish, out),
            _ if largest < present => self.shrink(largest, out),
            _ => {}
        }
        self.scale_later(out);
    }

    fn grow(&mut self, to: u16, out: &mut Out<Service>) {
        out.because(rules::GROW, NOTHING);
        let first = self.seat.cast.nodes_of(SERVERS).start;
        for place in self.scale.rented..to {
            out.send(NodeId(first + place), Msg::Start);
        }
        self.scale.rented = to;
    }

    /// Those of the highest numbers go; what is under way there is finished.
    fn shrink(&mut self, to: u16, out: &mut Out<Service>) {
        out.because(rules::SHRINK, NOTHING);
        self.scale.rented = to;
        for ready in self.scale.ready.iter_mut().skip(to.into()) {
            *ready = false;
        }
        self.refresh();
    }

    /// A server that was rented is up; one that was given back meanwhile is not wanted.
    pub(super) fn ready(&mut self, place: u16) {
        if place < self.scale.rented
            && let Some(ready) = self.scale.ready.get_mut(usize::from(place))
        {
            *ready = true;
            self.refresh();
        }
    }
}
