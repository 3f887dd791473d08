//! Phases as bands behind everything: from the first sending of a kind to its last arrival.

use super::super::{Align, Ink, Mark, Scene, Seg};
use super::figure::Figure;
use super::{FOOT, GUTTER, HEAD};
use crate::geometry::at;
use crate::run::sorting::arrange;
use crate::scene::shapes::colour;
use quorumscope_core::time::Time;

/// With more phases in sight than this none can be told from the next.
const MOST_BANDS: usize = 90;

/// How high the bar of a phase is.
const LANE: f32 = 3.0;

/// A phase's name and where it stands.
pub(super) struct Name {
    text: &'static str,
    left: f32,
}

/// What makes a phase: kind, sequence number, view.
type Key = (u8, u64, u32);

pub(super) fn draw(scene: &mut Scene, figure: &Figure<'_>) -> Vec<Name> {
    let mut names = Vec::new();
    let mut written = GUTTER;
    let mut lanes = [0.0_f32; 3];
    let bands = bands(figure);
    if bands.len() > MOST_BANDS {
        return names;
    }
    for ((kind, ..), from, to) in bands {
        let left = figure.grid.x(from).max(GUTTER);
        let right = figure.grid.x(to).min(figure.grid.size.0);
        if right - left < 2.0 {
            continue;
        }
        let ink = Ink::Kind(colour(kind));
        let (top, bottom) = (HEAD, figure.grid.size.1 - FOOT);
        rect(scene, (left, top), (right, bottom), ink, 0.07);
        // Phases overlap: each has a bar of its own.
        let lane = lanes.iter().position(|end| *end <= left).unwrap_or(0);
        lanes[lane] = right;
        let bar = top - LANE * (lane + 1) as f32;
        rect(scene, (left, bar), (right, bar + LANE), ink, 0.95);
        let kinds = figure.sources.present.kinds;
        let text = kinds.get(usize::from(kind)).map_or("", |kind| kind.name);
        if left + 1.0 >= written && right - left > 18.0 {
            written = left + text.len() as f32 * 6.6 + 8.0;
            names.push(Name { text, left });
        }
    }
    names
}

/// The names, over the playhead.
pub(super) fn name(scene: &mut Scene, names: &[Name]) {
    for Name { text, left } in names {
        let spot = at(left + 2.0, HEAD - 16.0);
        scene.text(spot, *text, 11.0, Ink::Muted, Align::Start);
    }
}

fn bands(figure: &Figure<'_>) -> Vec<(Key, Time, Time)> {
    let mut bands: Vec<(Key, Time, Time)> = Vec::new();
    let happened = |arrow: &&super::figure::Arrow| {
        arrow.alpha == 1.0 && !arrow.other && arrow.came != Time::NEVER
    };
    for arrow in figure.arrows.iter().filter(happened) {
        let label = arrow.transit.label;
        let key = (arrow.transit.kind, label.sequence, label.view);
        let (from, to) = (arrow.transit.sent, arrow.came.min(figure.sources.now));
        match bands.iter_mut().rev().find(|band| band.0 == key) {
            Some(band) => (band.1, band.2) = (band.1.min(from), band.2.max(to)),
            None => bands.push((key, from, to)),
        }
    }
    arrange(&mut bands, |band| band.1);
    bands
}

/// A tinted rectangle from its top left to its bottom right.
pub(super) fn rect(
    scene: &mut Scene,
    (left, top): (f32, f32),
    (right, bottom): (f32, f32),
    ink: Ink,
    alpha: f32,
) {
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
