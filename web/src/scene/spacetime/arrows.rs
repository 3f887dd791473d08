//! Messages as slanted arrows.

use super::super::{Ink, Point, Scene, Seg, at};
use super::GUTTER;
use super::figure::{Arrow, Figure};
use crate::actions::Target;
use crate::shapes::{COLOURS, colour};
use quorumscope_core::time::Time;

/// With fewer arrows than this, each has a head.
const HEADS: usize = 260;
/// How far from an arrow a pointer still means it.
const REACH: f32 = 5.0;
/// So much of a message's way its sender or its recipient knows.
const KNOWN: f32 = 0.4;

pub(super) fn draw(scene: &mut Scene, figure: &Figure<'_>) {
    let many = figure.arrows.len() > HEADS;
    // Lines alike that follow one another cost the stage little.
    let turns = if many { COLOURS as u8 } else { 1 };
    for hue in 0..turns {
        for arrow in &figure.arrows {
            if !many || colour(arrow.passage.kind) == hue {
                one(scene, figure, arrow, many);
            }
        }
    }
    // What is selected lies over all else.
    let chosen = |arrow: &&Arrow| figure.sources.focus.is_copy(&arrow.passage);
    for arrow in figure.arrows.iter().filter(chosen) {
        one(scene, figure, arrow, false);
    }
}

fn one(scene: &mut Scene, figure: &Figure<'_>, arrow: &Arrow, many: bool) {
    let Some((from, to)) = ends(figure, arrow) else {
        return;
    };
    let focus = &figure.sources.focus;
    let ink = Ink::Kind(colour(arrow.passage.kind));
    let (width, alpha) = match () {
        () if focus.is_copy(&arrow.passage) => (4.0, 1.0),
        () if focus.touches(&arrow.passage) => (2.8, arrow.alpha.max(0.5)),
        () if many => (1.0, arrow.alpha),
        () => (1.6, arrow.alpha),
    };
    let segs = vec![Seg::Move(clip(from)), Seg::Line(to)];
    let line = scene.path(segs, None, Some((ink, width)));
    line.faded(alpha);
    let sources = figure.sources;
    if arrow.lost && sources.through.is_none() {
        line.dashed();
        for (x, y) in [(4.0, 4.0), (4.0, -4.0)] {
            scene
                .line(to.plus(-x, -y), to.plus(x, y), Ink::Bad, 2.0)
                .faded(alpha);
        }
    } else if !many && arrow.came <= sources.now && sources.through != Some(arrow.passage.from) {
        head(scene, from, to, ink, alpha);
    }
    let what = Target::Message(arrow.passage.message, arrow.passage.to);
    scene.way(clip(from), to, REACH, what);
}

/// From where to where an arrow goes in sight: a lost one half way, one under way up to the present.
fn ends(figure: &Figure<'_>, arrow: &Arrow) -> Option<(Point, Point)> {
    let grid = &figure.grid;
    let now = figure.sources.now;
    let from = grid.spot(arrow.passage.sent, arrow.passage.from);
    let to_y = grid.y(arrow.passage.to);
    let whole = at(grid.x(arrow.came.min(grid.end())), to_y);
    let to = if arrow.lost {
        // Lost as it left, or as it came: either way the cross stands off the line.
        let x = grid.x(arrow.came).max(from.x + 6.0);
        at(x, from.y + (to_y - from.y) * 0.5)
    } else if arrow.came == Time::NEVER || arrow.ended || arrow.alpha < 1.0 {
        at(
            if arrow.came == Time::NEVER {
                whole.x
            } else {
                grid.x(arrow.came)
            },
            to_y,
        )
    } else {
        let long = arrow.came.since(arrow.passage.sent).0.max(1) as f32;
        let gone = now.since(arrow.passage.sent).0 as f32;
        from.towards(at(grid.x(arrow.came), to_y), gone / long)
    };
    let seen = to.x >= GUTTER && from.x <= grid.size.0;
    let known = match figure.sources.through {
        Some(node) if arrow.passage.from == node => (from, from.towards(to, KNOWN)),
        Some(_) => (to.towards(from, KNOWN), to),
        None => (from, to),
    };
    seen.then_some(known)
}

fn clip(from: Point) -> Point {
    at(from.x.max(-10_000.0), from.y)
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
