//! The events of the window, sorted into arrows and marks.

use super::super::{Align, Ink, Mark, Point, Scene, Seg, Spot, at};
use super::{FOOT, GUTTER, Grid, HEAD, Sources};
use crate::actions::Target;
use crate::number::arrange;
use crate::shapes::{COLOURS, colour, polygon};
use quorumscope_core::chronicle::Chronicle;
use quorumscope_core::protocol::{Claim, NodeId};
use quorumscope_core::time::Time;
use quorumscope_core::trace::{Event, EventId, Passage, What};

/// No more events than this are looked at for one picture.
const MOST: usize = 1_400;
/// With fewer arrows than this, each has a head.
const HEADS: usize = 260;

/// A message from where it was sent to where it came.
struct Arrow {
    passage: Passage,
    came: Time,
    lost: bool,
    event: Option<EventId>,
    alpha: f32,
}

/// Something at a node.
struct Sign {
    at: Time,
    node: NodeId,
    event: EventId,
    kind: SignKind,
    alpha: f32,
}

#[derive(Clone, Copy, PartialEq)]
enum SignKind {
    Step,
    Done,
    Timer,
    Order,
    View(u32),
    Broken,
}

/// What makes a phase: kind, sequence number, view.
type Key = (u8, u64, u32);

/// All that one picture shows.
pub(super) struct Figure<'a> {
    grid: Grid,
    sources: &'a Sources<'a>,
    arrows: Vec<Arrow>,
    signs: Vec<Sign>,
    ghosts: Vec<Arrow>,
}

impl<'a> Figure<'a> {
    pub(super) fn new(grid: Grid, sources: &'a Sources<'a>) -> Self {
        Self {
            grid,
            sources,
            arrows: Vec::new(),
            signs: Vec::new(),
            ghosts: Vec::new(),
        }
    }

    fn window<'b>(&self, chronicle: &'b Chronicle) -> (&'b [Event], usize) {
        let events = &chronicle.events;
        let from = Time(self.grid.window.from as u64);
        // What lands a little later was sent in sight.
        let until = Time(self.grid.end().0 + (self.grid.window.span * 0.4) as u64);
        let first = events.partition_point(|event| event.at < from);
        let after = events.partition_point(|event| event.at <= until);
        let slice = &events[first..after.max(first)];
        (slice, slice.len().div_ceil(MOST).max(1))
    }

    /// The other way: what it holds that this one does not, faintly.
    pub(super) fn ghost(&mut self, ghost: &Chronicle) {
        let (events, every) = self.window(ghost);
        for event in events.iter().step_by(every) {
            if let What::Delivered(passage) = event.what
                && event.at > self.sources.now
            {
                self.ghosts.push(Arrow {
                    passage,
                    came: event.at,
                    lost: false,
                    event: None,
                    alpha: 0.22,
                });
            }
        }
    }

    /// The run itself: what happened, what is under way, what is known to come.
    pub(super) fn collect(&mut self) {
        let (events, every) = self.window(self.sources.chronicle);
        let happened = self.sources.present.events;
        let known_future = self.sources.ghost.is_none();
        for event in events.iter().step_by(every) {
            let past = event.id < happened;
            if !past && !known_future || !self.seen(event.node) {
                continue;
            }
            self.sort(event, if past { 1.0 } else { 0.16 });
        }
        for flight in &self.sources.present.flights {
            if self.arrows.len() < MOST && self.seen(flight.passage.from) {
                self.arrows.push(Arrow {
                    passage: flight.passage,
                    came: flight.lands,
                    lost: false,
                    event: None,
                    alpha: 1.0,
                });
            }
        }
    }

    fn seen(&self, node: NodeId) -> bool {
        self.sources.through.is_none_or(|through| through == node)
    }

    fn sort(&mut self, event: &Event, alpha: f32) {
        let kind = match &event.what {
            What::Delivered(passage) | What::Dropped(passage, _) => {
                self.arrows.push(Arrow {
                    passage: *passage,
                    came: event.at,
                    lost: matches!(event.what, What::Dropped(..)),
                    event: Some(event.id),
                    alpha,
                });
                return;
            }
            What::Claimed(Claim::Prepared(_) | Claim::Committed(_)) => SignKind::Step,
            What::Claimed(Claim::Entered { view }) => SignKind::View(*view),
            What::Claimed(_) => SignKind::Done,
            What::TimerFired { .. } => SignKind::Timer,
            What::Ordered(_) | What::Lifted(_) => SignKind::Order,
            What::Broken { .. } => SignKind::Broken,
            _ => return,
        };
        self.signs.push(Sign {
            at: event.at,
            node: event.node,
            event: event.id,
            kind,
            alpha,
        });
    }

    /// Phases as bands behind everything: from the first sending of a kind to its last arrival.
    pub(super) fn bands(&self, scene: &mut Scene) {
        let mut bands: Vec<(Key, Time, Time)> = Vec::new();
        for arrow in self
            .arrows
            .iter()
            .filter(|a| a.alpha == 1.0 && a.came != Time::NEVER)
        {
            let label = arrow.passage.label;
            let key = (arrow.passage.kind, label.sequence, label.view);
            let (from, to) = (arrow.passage.sent, arrow.came.min(self.sources.now));
            match bands.iter_mut().rev().find(|band| band.0 == key) {
                Some(band) => (band.1, band.2) = (band.1.min(from), band.2.max(to)),
                None => bands.push((key, from, to)),
            }
        }
        arrange(&mut bands, |band| band.1);
        let mut written = GUTTER;
        for ((kind, ..), from, to) in bands {
            let (left, right) = (
                self.grid.x(from).max(GUTTER),
                self.grid.x(to).min(self.grid.size.0),
            );
            if right - left < 2.0 {
                continue;
            }
            let ink = Ink::Kind(colour(kind));
            let (top, bottom) = (HEAD, self.grid.size.1 - FOOT);
            rect(scene, left, top, right, bottom, ink, 0.07);
            rect(scene, left, top - 3.0, right, top, ink, 0.9);
            let name = self
                .sources
                .present
                .kinds
                .get(usize::from(kind))
                .map_or("", |k| k.name);
            if left + 1.0 >= written && right - left > 18.0 {
                written = left + name.len() as f32 * 6.6 + 8.0;
                scene.text(at(left + 2.0, 8.0), name, 11.0, Ink::Muted, Align::Start);
            }
        }
    }

    pub(super) fn draw(&self, scene: &mut Scene) {
        let many = self.arrows.len() > HEADS;
        // Lines alike that follow one another cost the stage little.
        let turns = if many { COLOURS as u8 } else { 1 };
        for hue in 0..turns {
            for arrow in self.ghosts.iter().chain(&self.arrows) {
                if !many || colour(arrow.passage.kind) == hue {
                    self.arrow(scene, arrow, many);
                }
            }
        }
        for sign in &self.signs {
            self.sign(scene, sign);
        }
    }

    fn arrow(&self, scene: &mut Scene, arrow: &Arrow, many: bool) {
        let from = self.grid.spot(arrow.passage.sent, arrow.passage.from);
        let Some(to) = self.tip(arrow, from) else {
            return;
        };
        let what = match arrow.event {
            Some(event) => Target::Event(event),
            None => Target::Message(arrow.passage.message, arrow.passage.to),
        };
        let chosen = self.sources.selected == Some(what)
            || matches!(self.sources.selected, Some(Target::Message(m, _)) if m == arrow.passage.message);
        let ink = Ink::Kind(colour(arrow.passage.kind));
        let width = if chosen {
            3.5
        } else if many {
            1.0
        } else {
            1.6
        };
        let segs = vec![Seg::Move(clip(from)), Seg::Line(to)];
        let line = scene.path(segs, None, Some((ink, width)));
        line.faded(arrow.alpha);
        if arrow.lost {
            line.dashed();
            for (x, y) in [(4.0, 4.0), (4.0, -4.0)] {
                scene
                    .line(to.plus(-x, -y), to.plus(x, y), Ink::Bad, 2.0)
                    .faded(arrow.alpha);
            }
        } else if !many && arrow.came <= self.sources.now {
            head(scene, from, to, ink, arrow.alpha);
        }
        if to.x >= GUTTER && to.x <= self.grid.size.0 && !many {
            scene.spots.push(Spot {
                at: from.towards(to, 0.75),
                radius: 12.0,
                what,
            });
        }
    }

    /// Where an arrow ends in sight: a lost one half way, one under way at the present.
    fn tip(&self, arrow: &Arrow, from: Point) -> Option<Point> {
        let (from_y, to_y) = (from.y, self.grid.y(arrow.passage.to));
        let to = if arrow.lost {
            // Lost as it left, or as it came: either way the cross stands off the line.
            let x = self.grid.x(arrow.came).max(from.x + 6.0);
            at(x, from_y + (to_y - from_y) * 0.5)
        } else if arrow.came > self.sources.now && arrow.event.is_none() {
            if arrow.came == Time::NEVER || arrow.alpha < 1.0 {
                at(self.grid.x(arrow.came.min(self.grid.end())), to_y)
            } else {
                let whole = arrow.came.since(arrow.passage.sent).0.max(1) as f32;
                let part = self.sources.now.since(arrow.passage.sent).0 as f32 / whole;
                from.towards(at(self.grid.x(arrow.came), to_y), part)
            }
        } else {
            at(self.grid.x(arrow.came), to_y)
        };
        (to.x >= GUTTER && from.x <= self.grid.size.0).then_some(to)
    }

    fn sign(&self, scene: &mut Scene, sign: &Sign) {
        let spot = self.grid.spot(sign.at, sign.node);
        if spot.x < GUTTER || spot.x > self.grid.size.0 {
            return;
        }
        let (corners, radius, fill) = match sign.kind {
            SignKind::Step => (polygon(12, 0.0, 1.0), 3.0, Ink::Ink),
            SignKind::Done => (polygon(4, 0.125, 1.0), 6.5, Ink::Good),
            SignKind::Timer => (polygon(12, 0.0, 1.0), 5.0, Ink::Warn),
            SignKind::Order => (polygon(4, 0.0, 1.0), 6.5, Ink::Warn),
            SignKind::View(_) => (polygon(3, 0.25, 1.0), 6.5, Ink::Accent),
            SignKind::Broken => (crate::shapes::star(8, 1.0, 0.5), 10.0, Ink::Bad),
        };
        let chosen = self.sources.selected == Some(Target::Event(sign.event));
        let stroke = if chosen {
            (Ink::Accent, 3.0)
        } else {
            (Ink::Paper, 1.0)
        };
        scene
            .polygon(spot, radius, &corners, Some(fill), Some(stroke))
            .faded(sign.alpha.max(0.3));
        if let SignKind::View(view) = sign.kind {
            scene.text(
                spot.plus(8.0, -8.0),
                format!("v{view}"),
                11.0,
                Ink::Accent,
                Align::Start,
            );
        }
        scene.spots.push(Spot {
            at: spot,
            radius: 9.0,
            what: Target::Event(sign.event),
        });
    }
}

fn clip(from: Point) -> Point {
    at(from.x.max(-10_000.0), from.y)
}

fn rect(scene: &mut Scene, left: f32, top: f32, right: f32, bottom: f32, ink: Ink, alpha: f32) {
    scene.marks.push(Mark::Path {
        segs: vec![
            Seg::Move(at(left, top)),
            Seg::Line(at(right, top)),
            Seg::Line(at(right, bottom)),
            Seg::Line(at(left, bottom)),
            Seg::Close,
        ],
        fill: Some(ink),
        stroke: None,
        dash: false,
        alpha,
    });
}

fn head(scene: &mut Scene, from: Point, to: Point, ink: Ink, alpha: f32) {
    let far = from.distance(to).max(1.0);
    let (dx, dy) = ((to.x - from.x) / far * 7.0, (to.y - from.y) / far * 7.0);
    let back = to.plus(-dx, -dy);
    let segs = vec![
        Seg::Move(to),
        Seg::Line(back.plus(-dy * 0.45, dx * 0.45)),
        Seg::Line(back.plus(dy * 0.45, -dx * 0.45)),
        Seg::Close,
    ];
    scene.path(segs, Some(ink), None).faded(alpha);
}
