//! Messages under way, and what became of those that were.

use super::layout::Layout;
use super::ring_view::RingView;
use super::{Ink, Scene, Seg};
use crate::geometry::Point;
use crate::run::present::{DENSE, Present, Spark};
use crate::scene::shapes::{COLOURS, colour, letter_drop, letter_size, shape};
use crate::ui::Target;
use quorumscope_core::protocol::NodeId;
use quorumscope_core::time::Time;
use quorumscope_core::trace::Transit;
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

fn lane(layout: &Layout, transit: &Transit) -> Option<Lane> {
    Lane::between(layout, transit.from, transit.to)
}

impl Lane {
    pub(super) fn between(layout: &Layout, from: NodeId, to: NodeId) -> Option<Self> {
        let a = layout.nodes.get(from.index())?;
        let b = layout.nodes.get(to.index())?;
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
fn progress(flight: &InFlight, view: &RingView<'_>) -> f32 {
    let apart = (flight.transit.message.0 % 5) as f32;
    if flight.lands == Time::NEVER {
        return 0.26 + 0.06 * apart;
    }
    if view.reduced_motion {
        return 0.34 + 0.08 * apart;
    }
    let whole = flight.lands.since(flight.transit.sent).0.max(1) as f32;
    let gone = view.now.since(flight.transit.sent).0 as f32;
    (gone / whole).clamp(0.0, 1.0)
}

/// Nobody knows of a message that has not come but its sender.
fn shown(flight: &InFlight, view: &RingView<'_>) -> bool {
    view.knows(flight.transit.from)
}

/// The ways that messages have come, under the nodes.
pub(super) fn trails(scene: &mut Scene, present: &Present, layout: &Layout, view: &RingView<'_>) {
    if present.flights.len() > DENSE {
        return;
    }
    for flight in present.flights.iter().filter(|flight| shown(flight, view)) {
        let Some(lane) = lane(layout, &flight.transit) else {
            continue;
        };
        let ink = Ink::Kind(colour(flight.transit.kind));
        let part = if view.reduced_motion {
            1.0
        } else {
            progress(flight, view)
        };
        let trail = scene.path(lane.up_to(part), None, Some((ink, 2.0)));
        trail.faded(0.42);
        if flight.lands == Time::NEVER {
            trail.dashed();
        }
        if view.reduced_motion {
            scene.path(lane.head(), None, Some((ink, 2.0)));
        }
    }
}

/// What would be under way on the way not taken: hollow glyphs on faint, dashed ways.
pub(super) fn ghosts(scene: &mut Scene, present: &Present, layout: &Layout, view: &RingView<'_>) {
    for ghost in present.ghosts.iter().filter(|_| view.through.is_none()) {
        if let Some(lane) = lane(layout, &ghost.transit) {
            let (part, ink) = (progress(ghost, view), Ink::Kind(colour(ghost.transit.kind)));
            let trail = scene.path(lane.up_to(part), None, Some((ink, 1.25)));
            trail.dashed().faded(0.35);
            let outline = shape(ghost.transit.kind);
            let glyph = scene.polygon(lane.at(part), 8.0, &outline, None, Some((ink, 1.75)));
            glyph.dashed().faded(0.6);
        }
    }
}

/// The messages themselves, over the nodes.
pub(super) fn messages(scene: &mut Scene, present: &Present, layout: &Layout, view: &RingView<'_>) {
    if present.flights.len() > DENSE {
        density(scene, present, layout, view);
        return;
    }
    let radius = glyph_radius(present.flights.len());
    for flight in present.flights.iter().filter(|flight| shown(flight, view)) {
        let Some(lane) = lane(layout, &flight.transit) else {
            continue;
        };
        let spot = lane.at(progress(flight, view));
        let transit = flight.transit;
        let halo = match () {
            () if view.focus.is_copy(&transit) => Some(3.0),
            () if view.focus.touches(&transit) => Some(1.5),
            () => None,
        };
        glyph(scene, present, spot, transit.kind, radius, halo);
        let what = Target::Message(transit.message, transit.to);
        scene.spot(spot, radius.max(12.0), what);
    }
}

/// The selected message where it is not under way now: its way, from end to end.
pub(super) fn elsewhere(
    scene: &mut Scene,
    present: &Present,
    layout: &Layout,
    view: &RingView<'_>,
) {
    let Some(transit) = view.focus.transit else {
        return;
    };
    let here = |flight: &InFlight| view.focus.is_copy(&flight.transit);
    if present.flights.iter().any(here) {
        return;
    }
    let Some(lane) = lane(layout, &transit) else {
        return;
    };
    scene
        .path(lane.up_to(1.0), None, Some((Ink::Accent, 2.0)))
        .dashed();
    scene.path(lane.head(), None, Some((Ink::Accent, 2.5)));
    let spot = lane.at(resting(view, &transit));
    let what = Target::Message(transit.message, transit.to);
    scene.spot(spot, 12.0, what);
    let ink = Ink::Kind(colour(transit.kind));
    let outline = shape(transit.kind);
    scene.polygon(spot, 8.5, &outline, Some(Ink::Paper), Some((ink, 2.0)));
}

/// Where a message rests that is not under way: at its sender before it leaves, at its recipient once it came.
fn resting(view: &RingView<'_>, transit: &Transit) -> f32 {
    match view.focus.came {
        _ if transit.sent > view.now => 0.08,
        Some((_, at)) if at > transit.sent => 0.92,
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
fn density(scene: &mut Scene, present: &Present, layout: &Layout, view: &RingView<'_>) {
    let every = present.flights.len().div_ceil(MOST_DOTS);
    let mut dots: [Vec<Point>; COLOURS] = Default::default();
    for flight in present.flights.iter().step_by(every) {
        if let Some(lane) = lane(layout, &flight.transit).filter(|_| shown(flight, view)) {
            let hue = colour(flight.transit.kind);
            dots[usize::from(hue)].push(lane.at(progress(flight, view)));
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
pub(super) fn flashes(scene: &mut Scene, present: &Present, layout: &Layout, view: &RingView<'_>) {
    let dense = present.flights.len() > DENSE;
    for flash in &present.flashes {
        let age = (view.now.since(flash.at).0 as f64 / view.flash.max(1.0)) as f32;
        if age > 1.0 {
            continue;
        }
        let fade = 1.0 - age;
        let known = match flash.what {
            Spark::Landed(transit) => !dense && view.knows(transit.to),
            Spark::Decided(node) => view.knows(node),
            Spark::Lost(..) if dense => false,
            Spark::Lost(..) | Spark::Broken(_) => view.through.is_none(),
        };
        if !known {
            continue;
        }
        match flash.what {
            Spark::Landed(transit) => {
                let place = layout.nodes[transit.to.index()];
                let radius =
                    place.radius + 4.0 + 10.0 * if view.reduced_motion { 0.0 } else { age };
                let ink = Ink::Kind(colour(transit.kind));
                scene
                    .disc(place.at, radius, None, Some((ink, 1.5)))
                    .faded(fade * 0.5);
            }
            Spark::Lost(transit, _) => lost(scene, layout, &transit, fade),
            Spark::Decided(node) => {
                let place = layout.nodes[node.index()];
                let radius =
                    place.radius + 6.0 + 18.0 * if view.reduced_motion { 0.0 } else { age };
                scene
                    .disc(place.at, radius, None, Some((Ink::Good, 3.0)))
                    .faded(fade);
            }
            Spark::Broken(node) => {
                let place = layout.nodes[node.index()];
                scene
                    .disc(place.at, place.radius + 20.0, None, Some((Ink::Bad, 5.0)))
                    .faded(fade);
            }
        }
    }
}

fn lost(scene: &mut Scene, layout: &Layout, transit: &Transit, fade: f32) {
    let Some(lane) = lane(layout, transit) else {
        return;
    };
    let ink = Ink::Kind(colour(transit.kind));
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
