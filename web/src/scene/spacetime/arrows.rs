//! Messages as slanted arrows.

use super::super::{Ink, Scene, Seg};
use super::GUTTER;
use super::figure::{Arrow, Figure};
use crate::geometry::{Point, at};
use crate::scene::shapes::{COLOURS, colour};
use crate::ui::Target;
use quorumscope_core::time::Time;

/// With fewer arrows than this, each has a head.
const HEADS: usize = 260;
/// The most arrows that are drawn at full strength.
const PLAIN: f32 = 500.0;
/// How far from an arrow a pointer still means it.
const REACH: f32 = 5.0;
/// The part of a message's way that its sender or its recipient alone can know.
const KNOWN: f32 = 0.4;

pub(super) fn draw(scene: &mut Scene, figure: &Figure<'_>) {
    let many = figure.arrows.len() > HEADS;
    // Many lines over one another are a haze, in which the denser places can be told.
    let haze = (PLAIN / figure.arrows.len() as f32).clamp(0.3, 1.0);
    // Lines alike that follow one another cost the stage little.
    let turns = if many { COLOURS as u8 } else { 1 };
    for hue in 0..turns {
        for arrow in &figure.arrows {
            if !many || colour(arrow.transit.kind) == hue {
                one(scene, figure, arrow, many.then_some(haze));
            }
        }
    }
    // What is selected lies over all else.
    let chosen = |arrow: &&Arrow| figure.sources.focus.is_copy(&arrow.transit);
    for arrow in figure.arrows.iter().filter(chosen) {
        one(scene, figure, arrow, None);
    }
}

fn one(scene: &mut Scene, figure: &Figure<'_>, arrow: &Arrow, haze: Option<f32>) {
    let Some((from, to)) = ends(figure, arrow) else {
        return;
    };
    let focus = &figure.sources.focus;
    let many = haze.is_some();
    let ink = Ink::Kind(colour(arrow.transit.kind));
    let (width, alpha) = match () {
        () if focus.is_copy(&arrow.transit) => (4.0, 1.0),
        () if focus.touches(&arrow.transit) => (2.8, arrow.alpha.max(0.5)),
        () if many => (1.0, arrow.alpha * haze.unwrap_or(1.0)),
        () => (1.6, arrow.alpha),
    };
    let segs = vec![Seg::Move(from), Seg::Line(to)];
    let line = scene.path(segs, None, Some((ink, width)));
    line.faded(alpha);
    let sources = figure.sources;
    if arrow.other {
        line.dashed();
    } else if arrow.lost && sources.through.is_none() {
        line.dashed();
        for (x, y) in [(4.0, 4.0), (4.0, -4.0)] {
            scene
                .line(to.plus(-x, -y), to.plus(x, y), Ink::Bad, 2.0)
                .faded(alpha);
        }
    } else if !many && arrow.came <= sources.now && sources.through != Some(arrow.transit.from) {
        head(scene, from, to, ink, alpha);
    }
    let what = Target::Message(arrow.transit.message, arrow.transit.to);
    scene.way(from, to, REACH, what);
    if arrow.lost && sources.through.is_none() {
        scene.spot(to, 9.0, what);
    }
}

/// From where to where an arrow goes in sight: a lost one up to its cross, one under way up to the present.
fn ends(figure: &Figure<'_>, arrow: &Arrow) -> Option<(Point, Point)> {
    let grid = &figure.grid;
    let now = figure.sources.now;
    let from = grid.spot(arrow.transit.sent, arrow.transit.from);
    let to_y = grid.y(arrow.transit.to);
    let to = if arrow.lost {
        cross(figure, arrow, from, to_y)
    } else if arrow.came == Time::NEVER {
        at(grid.x(grid.end()), to_y)
    } else if arrow.ended || arrow.other {
        at(grid.x(arrow.came), to_y)
    } else {
        let long = arrow.came.since(arrow.transit.sent).0.max(1) as f32;
        let gone = now.since(arrow.transit.sent).0 as f32;
        from.towards(at(grid.x(arrow.came), to_y), gone / long)
    };
    if to.x < GUTTER || from.x > grid.size.0 {
        return None;
    }
    let (from, to) = match figure.sources.through {
        Some(node) if arrow.transit.from == node => (from, from.towards(to, KNOWN)),
        Some(_) => (to.towards(from, KNOWN), to),
        None => (from, to),
    };
    Some((clip(from, to), to))
}

/// Where a message was lost: beside its sender's line if as it left, else beside its recipient's.
fn cross(figure: &Figure<'_>, arrow: &Arrow, from: Point, to_y: f32) -> Point {
    let off = (figure.grid.row() * 0.3).min(9.0) * (to_y - from.y).signum();
    if arrow.came == arrow.transit.sent {
        return from.plus(6.0, off);
    }
    at(figure.grid.x(arrow.came), to_y - off)
}

/// The part of an arrow that does not run through the names.
fn clip(from: Point, to: Point) -> Point {
    if from.x >= GUTTER || to.x <= from.x {
        return from;
    }
    from.towards(to, (GUTTER - from.x) / (to.x - from.x))
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
