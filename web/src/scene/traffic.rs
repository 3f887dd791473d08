//! Messages under way, and what became of those that were.

use super::layout::Layout;
use super::look::Look;
use super::{Ink, Scene, Seg};
use crate::geometry::Point;
use crate::run::present::{DENSE, Present, Spark};
use crate::scene::shapes::{COLOURS, colour, letter_drop, letter_size, shape};
use crate::ui::Target;
use quorumscope_core::protocol::NodeId;
use quorumscope_core::time::Time;
use quorumscope_core::trace::Passage;
use quorumscope_core::world::InFlight;

/// More dots than this are thinned.
pub const MOST_DOTS: usize = 12_000;
/// How far a way bends to the right, so that both directions can be told apart.
const BEND: f32 = 0.10;

/// A way on the stage: from rim to rim, slightly bent.
pub(super) struct Lane {
    from: Point,
    bend: Point,
    to: Point,
}

fn lane(layout: &Layout, passage: &Passage) -> Option<Lane> {
    Lane::between(layout, passage.from, passage.to)
}

impl Lane {
    pub(super) fn between(layout: &Layout, from: NodeId, to: NodeId) -> Option<Self> {
        let a = layout.seats.get(from.index())?;
        let b = layout.seats.get(to.index())?;
        let far = a.at.distance(b.at).max(1.0);
        let from = a.at.towards(b.at, (a.radius / far).min(0.45));
        let to = b.at.towards(a.at, (b.radius / far).min(0.45));
        let (dx, dy) = ((to.x - from.x) * BEND, (to.y - from.y) * BEND);
        Some(Self {
            from,
            bend: from.towards(to, 0.5).plus(-dy, dx),
            to,
        })
    }

    pub(super) fn at(&self, part: f32) -> Point {
        let one = self.from.towards(self.bend, part);
        one.towards(self.bend.towards(self.to, part), part)
    }

    pub(super) fn up_to(&self, part: f32) -> Vec<Seg> {
        let bend = self.from.towards(self.bend, part);
        vec![Seg::Move(self.from), Seg::Quad(bend, self.at(part))]
    }

    /// Both sides of an arrow's head at its end.
    pub(super) fn head(&self) -> Vec<Seg> {
        let back = self.at(0.93);
        let (dx, dy) = ((self.to.x - back.x) * 0.5, (self.to.y - back.y) * 0.5);
        vec![
            Seg::Move(back.plus(-dy, dx)),
            Seg::Line(self.to),
            Seg::Line(back.plus(dy, -dx)),
        ]
    }
}

/// How far along its way a message is; what is held back, or not to move, stands still beside its like.
fn progress(flight: &InFlight, look: &Look<'_>) -> f32 {
    let apart = (flight.passage.message.0 % 5) as f32;
    if flight.lands == Time::NEVER {
        return 0.26 + 0.06 * apart;
    }
    if look.calm {
        return 0.34 + 0.08 * apart;
    }
    let whole = flight.lands.since(flight.passage.sent).0.max(1) as f32;
    let gone = look.now.since(flight.passage.sent).0 as f32;
    (gone / whole).clamp(0.0, 1.0)
}

/// Nobody knows of a message that has not come but its sender.
fn shown(flight: &InFlight, look: &Look<'_>) -> bool {
    look.knows(flight.passage.from)
}

/// The ways that messages have come, under the nodes.
pub(super) fn trails(scene: &mut Scene, present: &Present, layout: &Layout, look: &Look<'_>) {
    if present.flights.len() > DENSE {
        return;
    }
    for flight in present.flights.iter().filter(|flight| shown(flight, look)) {
        let Some(lane) = lane(layout, &flight.passage) else {
            continue;
        };
        let ink = Ink::Kind(colour(flight.passage.kind));
        let part = if look.calm {
            1.0
        } else {
            progress(flight, look)
        };
        let trail = scene.path(lane.up_to(part), None, Some((ink, 2.0)));
        trail.faded(0.42);
        if flight.lands == Time::NEVER {
            trail.dashed();
        }
        if look.calm {
            scene.path(lane.head(), None, Some((ink, 2.0)));
        }
    }
}

/// What would be under way on the way not taken: hollow glyphs on faint, dashed ways.
pub(super) fn ghosts(scene: &mut Scene, present: &Present, layout: &Layout, look: &Look<'_>) {
    for ghost in present.ghosts.iter().filter(|_| look.through.is_none()) {
        if let Some(lane) = lane(layout, &ghost.passage) {
            let (part, ink) = (progress(ghost, look), Ink::Kind(colour(ghost.passage.kind)));
            let trail = scene.path(lane.up_to(part), None, Some((ink, 1.25)));
            trail.dashed().faded(0.35);
            let outline = shape(ghost.passage.kind);
            let glyph = scene.polygon(lane.at(part), 8.0, &outline, None, Some((ink, 1.75)));
            glyph.dashed().faded(0.6);
        }
    }
}

/// The messages themselves, over the nodes.
pub(super) fn messages(scene: &mut Scene, present: &Present, layout: &Layout, look: &Look<'_>) {
    if present.flights.len() > DENSE {
        density(scene, present, layout, look);
        return;
    }
    let radius = glyph_radius(present.flights.len());
    for flight in present.flights.iter().filter(|flight| shown(flight, look)) {
        let Some(lane) = lane(layout, &flight.passage) else {
            continue;
        };
        let spot = lane.at(progress(flight, look));
        let passage = flight.passage;
        let halo = match () {
            () if look.focus.is_copy(&passage) => Some(3.0),
            () if look.focus.touches(&passage) => Some(1.5),
            () => None,
        };
        glyph(scene, present, spot, passage.kind, radius, halo);
        let what = Target::Message(passage.message, passage.to);
        scene.spot(spot, radius.max(12.0), what);
    }
}

/// The selected message where it is not under way now: its way, from end to end.
pub(super) fn elsewhere(scene: &mut Scene, present: &Present, layout: &Layout, look: &Look<'_>) {
    let Some(passage) = look.focus.passage else {
        return;
    };
    let here = |flight: &InFlight| look.focus.is_copy(&flight.passage);
    if present.flights.iter().any(here) {
        return;
    }
    let Some(lane) = lane(layout, &passage) else {
        return;
    };
    scene
        .path(lane.up_to(1.0), None, Some((Ink::Accent, 2.0)))
        .dashed();
    scene.path(lane.head(), None, Some((Ink::Accent, 2.5)));
    let spot = lane.at(resting(look, &passage));
    let what = Target::Message(passage.message, passage.to);
    scene.spot(spot, 12.0, what);
    let ink = Ink::Kind(colour(passage.kind));
    let outline = shape(passage.kind);
    scene.polygon(spot, 8.5, &outline, Some(Ink::Paper), Some((ink, 2.0)));
}

/// Where a message rests that is not under way: at its sender before it leaves, at its recipient once it came.
fn resting(look: &Look<'_>, passage: &Passage) -> f32 {
    match look.focus.came {
        _ if passage.sent > look.now => 0.08,
        Some((_, at)) if at > passage.sent => 0.92,
        _ => 0.2,
    }
}

fn glyph_radius(count: usize) -> f32 {
    match count {
        0..=40 => 10.0,
        41..=100 => 8.5,
        _ => 7.0,
    }
}

fn glyph(
    scene: &mut Scene,
    present: &Present,
    spot: Point,
    kind: u8,
    radius: f32,
    halo: Option<f32>,
) {
    let hue = colour(kind);
    if let Some(width) = halo {
        scene.disc(
            spot,
            radius + 3.0 + width,
            Some(Ink::Wash),
            Some((Ink::Accent, width)),
        );
    }
    scene.polygon(
        spot,
        radius,
        &shape(kind),
        Some(Ink::Kind(hue)),
        Some((Ink::Paper, 1.25)),
    );
    let letter = present
        .kinds
        .get(usize::from(kind))
        .map_or(' ', |kind| kind.letter);
    let middle = spot.plus(0.0, letter_drop(kind) * radius + 0.5);
    scene.bold(middle, letter, radius * letter_size(kind), Ink::OnKind(hue));
}

/// Nobody follows a thousand glyphs: each is a dot, and its colour tells its kind.
fn density(scene: &mut Scene, present: &Present, layout: &Layout, look: &Look<'_>) {
    let every = present.flights.len().div_ceil(MOST_DOTS);
    let mut dots: [Vec<Point>; COLOURS] = Default::default();
    for flight in present.flights.iter().step_by(every) {
        if let Some(lane) = lane(layout, &flight.passage).filter(|_| shown(flight, look)) {
            let hue = colour(flight.passage.kind);
            dots[usize::from(hue)].push(lane.at(progress(flight, look)));
        }
    }
    let size = if present.flights.len() > 2_000 {
        2.0
    } else {
        3.5
    };
    for (hue, points) in dots.into_iter().enumerate() {
        scene.marks.push(super::Mark::Dots {
            points,
            size,
            ink: Ink::Kind(hue as u8),
        });
    }
}

/// What happened a moment ago: a ring where a message landed, a cross where one was lost.
pub(super) fn flashes(scene: &mut Scene, present: &Present, layout: &Layout, look: &Look<'_>) {
    let dense = present.flights.len() > DENSE;
    for flash in &present.flashes {
        let age = (look.now.since(flash.at).0 as f64 / look.flash.max(1.0)) as f32;
        if age > 1.0 {
            continue;
        }
        let fade = 1.0 - age;
        let known = match flash.what {
            Spark::Landed(passage) => !dense && look.knows(passage.to),
            Spark::Decided(node) => look.knows(node),
            Spark::Lost(..) if dense => false,
            Spark::Lost(..) | Spark::Broken(_) => look.through.is_none(),
        };
        if !known {
            continue;
        }
        match flash.what {
            Spark::Landed(passage) => {
                let seat = layout.seats[passage.to.index()];
                let radius = seat.radius + 4.0 + 10.0 * if look.calm { 0.0 } else { age };
                let ink = Ink::Kind(colour(passage.kind));
                scene
                    .disc(seat.at, radius, None, Some((ink, 1.5)))
                    .faded(fade * 0.5);
            }
            Spark::Lost(passage, _) => lost(scene, layout, &passage, fade),
            Spark::Decided(node) => {
                let seat = layout.seats[node.index()];
                let radius = seat.radius + 6.0 + 18.0 * if look.calm { 0.0 } else { age };
                scene
                    .disc(seat.at, radius, None, Some((Ink::Good, 3.0)))
                    .faded(fade);
            }
            Spark::Broken(node) => {
                let seat = layout.seats[node.index()];
                scene
                    .disc(seat.at, seat.radius + 20.0, None, Some((Ink::Bad, 5.0)))
                    .faded(fade);
            }
        }
    }
}

fn lost(scene: &mut Scene, layout: &Layout, passage: &Passage, fade: f32) {
    let Some(lane) = lane(layout, passage) else {
        return;
    };
    let ink = Ink::Kind(colour(passage.kind));
    scene
        .path(lane.up_to(0.45), None, Some((ink, 1.5)))
        .dashed()
        .faded(fade * 0.6);
    let spot = lane.at(0.45);
    for (x, y) in [(5.0, 5.0), (5.0, -5.0)] {
        scene
            .line(spot.plus(-x, -y), spot.plus(x, y), Ink::Bad, 2.5)
            .faded(fade);
    }
}
