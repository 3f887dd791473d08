//! The events of the window, sorted into arrows and signs.

use super::super::Scene;
use super::{Grid, Sources, arrows, bands, signs};
use crate::run::knowledge::knows;
use crate::run::marks::{some, stride};
use quorumscope_core::chronicle::Chronicle;
use quorumscope_core::protocol::NodeId;
use quorumscope_core::space_time::{self, Kind, Sign};
use quorumscope_core::time::Time;
use quorumscope_core::trace::{Event, Transit, What};
use std::ops::Range;

/// No more events than this are looked at for one picture.
const MOST: usize = 1_400;
/// No more events of the other way are looked at.
const MOST_OTHER: usize = 500;
/// No more signs of a kind than this are drawn.
const MOST_SIGNS: usize = 400;
/// How strongly what is known of the future is drawn, and the other way that a run went; 1 is full.
const FUTURE: f32 = 0.16;
const OTHERWISE: f32 = 0.4;

/// A message from where it was sent to where it came.
pub(super) struct Arrow {
    pub(super) transit: Transit,
    pub(super) came: Time,
    pub(super) lost: bool,
    /// Whether it has come, or is known to.
    pub(super) ended: bool,
    /// Whether it is of the other way that the run went.
    pub(super) other: bool,
    pub(super) alpha: f32,
}

/// Something at a node.
pub(super) struct Drawn {
    pub(super) sign: Sign,
    /// Whether it is of the other way that the run went.
    pub(super) other: bool,
    pub(super) alpha: f32,
}

impl Drawn {
    /// What matters more lies over what matters less.
    const fn rank(&self) -> u8 {
        match self.sign.kind {
            _ if self.other => 0,
            Kind::Reached(_) | Kind::Firm(_) | Kind::Noted => 1,
            Kind::Timeout => 2,
            Kind::Executed(_) | Kind::Answered => 3,
            Kind::Entered(_) => 4,
            Kind::Order => 5,
            Kind::Broken => 6,
        }
    }
}

/// How many ranks of signs there are.
const RANKS: u8 = 7;

/// All that one picture shows.
pub(super) struct Figure<'a> {
    pub(super) grid: Grid,
    pub(super) sources: &'a Sources<'a>,
    pub(super) arrows: Vec<Arrow>,
    pub(super) signs: Vec<Drawn>,
    /// One message is drawn of this many.
    pub(super) every: usize,
}

impl<'a> Figure<'a> {
    pub(super) fn new(grid: Grid, sources: &'a Sources<'a>) -> Self {
        let mut figure = Self {
            grid,
            sources,
            arrows: Vec::new(),
            signs: Vec::new(),
            every: 1,
        };
        if let Some(ghost) = sources.ghost.filter(|_| sources.through.is_none()) {
            figure.otherwise(ghost);
        }
        figure.messages();
        figure.marked();
        figure.under_way();
        figure
    }

    /// Which events are in sight; what lands a little later was sent in sight.
    fn window(&self, chronicle: &Chronicle) -> Range<usize> {
        let events = &chronicle.events;
        let lanes = &self.grid.lanes;
        let from = Time(lanes.from as u64);
        let until = Time(lanes.end().0 + (lanes.span * 0.4) as u64);
        let first = events.partition_point(|event| event.at < from);
        let after = events.partition_point(|event| event.at <= until);
        first..after.max(first)
    }

    /// The other way from where the two part: its messages and decisions, faint and dashed.
    fn otherwise(&mut self, ghost: &Chronicle) {
        let mut window = self.window(ghost);
        let parted = self.sources.parted;
        let after = ghost.events.partition_point(|event| event.at < parted);
        window.start = window.start.max(after).min(window.end);
        for event in some(&ghost.events, window, MOST_OTHER) {
            if let What::Delivered(transit) = event.what {
                self.arrows.push(Arrow {
                    transit,
                    came: event.at,
                    lost: false,
                    ended: true,
                    other: true,
                    alpha: OTHERWISE,
                });
            }
            let sign = Sign::of(event, self.sources.scenario);
            let decided = |sign: &Sign| matches!(sign.kind, Kind::Executed(_) | Kind::Answered);
            self.signs.extend(sign.filter(decided).map(|sign| Drawn {
                sign,
                other: true,
                alpha: 0.6,
            }));
        }
    }

    /// How strongly an event is drawn, if it is at all.
    fn alpha(&self, event: &Event) -> Option<f32> {
        match event.id < self.sources.present.events {
            true => Some(1.0),
            // Nobody knows the future but observers.
            false => self.sources.through.is_none().then_some(FUTURE),
        }
    }

    /// Messages that arrived: some of them, where there are many.
    fn messages(&mut self) {
        let chronicle = self.sources.chronicle;
        let window = self.window(chronicle);
        self.every = stride(window.len(), MOST);
        for event in some(&chronicle.events, window, MOST) {
            if let (What::Delivered(transit), Some(alpha)) = (&event.what, self.alpha(event)) {
                self.arrow(*transit, event.at, (false, true), alpha);
            }
        }
    }

    /// What is marked, and losses: all of it, while that can be told apart.
    fn marked(&mut self) {
        let chronicle = self.sources.chronicle;
        let window = self.window(chronicle);
        let (first, after) = (window.start as u64, window.end as u64);
        for id in self.sources.marks.within(first, after, MOST_SIGNS) {
            let Some(event) = chronicle.event(id) else {
                continue;
            };
            let Some(alpha) = self.alpha(event) else {
                continue;
            };
            let seen = self.sources.through.is_none_or(|node| knows(event, node));
            if let Some(arrow) = space_time::Arrow::of(event) {
                let lost = arrow.lost.is_some();
                self.arrow(arrow.transit, arrow.ended, (lost, true), alpha);
            } else if let Some(sign) = Sign::of(event, self.sources.scenario).filter(|_| seen) {
                self.signs.push(Drawn {
                    sign,
                    other: false,
                    alpha,
                });
            }
        }
    }

    /// Messages under way: some of them, where there are many.
    fn under_way(&mut self) {
        let flights = &self.sources.present.flights;
        for flight in some(flights, 0..flights.len(), MOST) {
            self.arrow(flight.transit, flight.lands, (false, false), 1.0);
        }
    }

    /// A message, as far as it may be seen: its sender knows that it left, its recipient that it came.
    fn arrow(&mut self, transit: Transit, came: Time, (lost, ended): (bool, bool), alpha: f32) {
        let mine = |node: NodeId| transit.from == node || transit.to == node && ended && !lost;
        if self.sources.through.is_none_or(mine) {
            self.arrows.push(Arrow {
                transit,
                came,
                lost,
                ended,
                other: false,
                alpha,
            });
        }
    }

    /// Whether orders are few enough to be named.
    pub(super) fn names_orders(&self) -> bool {
        const MOST_NAMED: usize = 12;
        let is_order = |drawn: &&Drawn| drawn.sign.kind == Kind::Order;
        self.grid.row() > 11.0 && self.signs.iter().filter(is_order).count() <= MOST_NAMED
    }

    /// What lies behind the lines of the nodes; the names of the phases, which come last.
    pub(super) fn ground(&self, scene: &mut Scene) -> Vec<bands::Name> {
        bands::draw(scene, self)
    }

    /// Arrows and signs.
    pub(super) fn draw(&self, scene: &mut Scene) {
        arrows::draw(scene, self);
        // What matters more lies over what matters less.
        for rank in 0..RANKS {
            for drawn in self.signs.iter().filter(|drawn| drawn.rank() == rank) {
                signs::draw(scene, self, drawn);
            }
        }
    }
}
