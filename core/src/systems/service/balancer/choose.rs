//! Which server gets a request [11].
//!
//! A balancer draws nothing: chance comes with the request [2].

use super::super::{Settings, bits};
use crate::protocol::Op;
use crate::rng::below;

/// How a balancer chooses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Policy {
    /// Clients choose, each its own server.
    ByName,
    /// Requests wait at the balancer until a server is idle.
    Central,
    /// One server after another.
    RoundRobin,
    /// Any of them.
    Random,
    /// Of two drawn the one with fewer under way.
    TwoChoices,
    /// The one with the fewest under way.
    LeastLoaded,
    /// The one that is done first if all under way are alike.
    Fastest,
    /// All of them.
    FanOut,
}

impl Policy {
    /// Their names, in the order of menus.
    pub(in crate::systems::service) const NAMES: &[&str] = &[
        "by-name",
        "central",
        "round-robin",
        "random",
        "two-choices",
        "least-loaded",
        "fastest",
        "fan-out",
    ];

    /// The policy of this name.
    pub(in crate::systems::service) fn named(name: &str) -> Self {
        match name {
            "by-name" => Self::ByName,
            "central" => Self::Central,
            "random" => Self::Random,
            "two-choices" => Self::TwoChoices,
            "least-loaded" => Self::LeastLoaded,
            "fastest" => Self::Fastest,
            "fan-out" => Self::FanOut,
            _ => Self::RoundRobin,
        }
    }
}

/// The servers as a balancer knows them, by their places.
#[derive(Clone, Debug)]
pub(super) struct Pool {
    /// Those that may be asked, in the order of their places.
    pub(super) ready: Vec<u16>,
    /// How many of its requests are at each.
    pub(super) under_way: Vec<u32>,
    /// Whose turn it is.
    turn: u16,
}

impl Pool {
    pub(super) fn new(servers: u16) -> Self {
        Self {
            ready: Vec::new(),
            under_way: vec![0; servers.into()],
            turn: 0,
        }
    }

    /// The server for a request, or another than `but` for one that is there already.
    ///
    /// `name` is what is chosen for: an attempt, and the balancer or the part of it.
    pub(super) fn choose(
        &mut self,
        settings: &Settings,
        op: Op,
        name: (u32, u16),
        but: Option<u16>,
    ) -> Option<u16> {
        let others = Others {
            ready: &self.ready,
            skip: but.and_then(|but| self.ready.iter().position(|place| *place == but)),
        };
        let (count, which) = (others.count(), if but.is_some() { 2 } else { 0 });
        if count == 0 {
            return None;
        }
        let draw = |which, of| below(bits(op, name, which), of as u64) as usize;
        let under_way = |place: u16| self.under_way[usize::from(place)];
        Some(match settings.policy {
            Policy::RoundRobin => {
                let next = others.all().find(|place| *place >= self.turn);
                let next = next.or_else(|| others.all().next())?;
                self.turn = next + 1;
                next
            }
            Policy::TwoChoices if count > 1 => {
                let first = draw(which, count);
                let second = draw(which + 1, count - 1);
                let second = second + usize::from(second >= first);
                let (first, second) = (others.get(first), others.get(second));
                match under_way(second) < under_way(first) {
                    true => second,
                    false => first,
                }
            }
            Policy::LeastLoaded | Policy::Central => {
                others.all().min_by_key(|place| under_way(*place))?
            }
            Policy::Fastest => {
                let speed = |place: u16| u64::from(settings.speed(place.into()));
                let done = |place: u16| u64::from(under_way(place)) + 1;
                others
                    .all()
                    .min_by(|a, b| (done(*a) * speed(*b)).cmp(&(done(*b) * speed(*a))))?
            }
            _ => others.get(draw(which, count)),
        })
    }

    /// The server with a free core and the fewest under way, as far as the balancer knows.
    pub(super) fn idle(&self, cores: u16) -> Option<u16> {
        let under_way = |place: &u16| self.under_way[usize::from(*place)];
        let least = self.ready.iter().copied().min_by_key(under_way)?;
        (under_way(&least) < cores.into()).then_some(least)
    }
}

/// The servers that may be asked, but for one.
struct Others<'a> {
    ready: &'a [u16],
    skip: Option<usize>,
}

impl Others<'_> {
    fn count(&self) -> usize {
        self.ready.len() - usize::from(self.skip.is_some())
    }

    fn get(&self, index: usize) -> u16 {
        let after = self.skip.is_some_and(|skip| index >= skip);
        self.ready[index + usize::from(after)]
    }

    fn all(&self) -> impl Iterator<Item = u16> + '_ {
        (0..self.count()).map(|index| self.get(index))
    }
}
