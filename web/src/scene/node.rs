//! One node: what it is, what holds it up, how far its votes go.
//!
//! Each state has a shape of its own: a double ring and a crown for the one
//! that leads, thorns for a known traitor, a cross for a crash, a dashed outline
//! for silence; badges for what is passing.

use super::layout::{Layout, NAMED, NodePlace, TALLIED};
use super::ring_view::RingView;
use super::tally::{fitting, tally};
use super::{Align, Ink, Scene, Seg};
use crate::geometry::{Point, at};
use crate::run::present::{Actor, Present};
use crate::scene::shapes::{polygon, star};
use crate::ui::Target;
use std::f32::consts::TAU;

/// More votes than this are an arc without gaps.
const MOST_SEGMENTS: u32 = 24;

/// What others think of a node.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Repute {
    /// How many take it for faulty.
    pub(super) doubts: u32,
    /// Whether the node that the stage is seen through takes it for the leader.
    pub(super) leads: bool,
}

pub(super) fn draw(
    scene: &mut Scene,
    present: &Present,
    actor: &Actor,
    layout: &Layout,
    view: &RingView<'_>,
    repute: Repute,
) {
    let place = layout.nodes[actor.id.index()];
    halo(scene, actor, place, view);
    match (actor.client, view.knows(actor.id)) {
        (true, known) => client(scene, actor, place, known),
        (false, true) => server(scene, present, actor, place, view, repute.doubts),
        (false, false) => stranger(scene, actor, place, repute.leads),
    }
    scene.spot(place.at, place.radius.max(12.0), Target::Node(actor.id));
}

/// What is selected has a wash and a ring; its other end, a thin ring.
fn halo(scene: &mut Scene, actor: &Actor, place: NodePlace, view: &RingView<'_>) {
    if view.focus.node == Some(actor.id) {
        let ring = Some((Ink::Accent, 2.0));
        scene
            .disc(place.at, place.radius + 14.0, Some(Ink::Wash), ring)
            .faded(0.9);
    } else if view.focus.ends_at(actor.id) {
        let ring = Some((Ink::Accent, 1.5));
        scene
            .disc(place.at, place.radius + 13.0, None, ring)
            .dashed();
    }
}

/// Another node as the one sees it that the stage is seen through: a name, and whom it follows.
fn stranger(scene: &mut Scene, actor: &Actor, place: NodePlace, leads: bool) {
    let line = if place.radius > NAMED { 1.5 } else { 1.0 };
    scene.disc(
        place.at,
        place.radius,
        Some(Ink::Paper),
        Some((Ink::Edge, line)),
    );
    if leads {
        crown(scene, place);
    }
    if place.radius > NAMED {
        let size = (place.radius * 0.56).min(15.0);
        scene.bold(place.at, actor.short(), size, Ink::Muted);
    }
}

fn client(scene: &mut Scene, actor: &Actor, place: NodePlace, known: bool) {
    let (x, y, r) = (place.at.x, place.at.y, place.radius);
    let corner = r * 0.35;
    let segs = vec![
        Seg::Move(at(x - r + corner, y - r)),
        Seg::Line(at(x + r - corner, y - r)),
        Seg::Quad(at(x + r, y - r), at(x + r, y - r + corner)),
        Seg::Line(at(x + r, y + r - corner)),
        Seg::Quad(at(x + r, y + r), at(x + r - corner, y + r)),
        Seg::Line(at(x - r + corner, y + r)),
        Seg::Quad(at(x - r, y + r), at(x - r, y + r - corner)),
        Seg::Line(at(x - r, y - r + corner)),
        Seg::Quad(at(x - r, y - r), at(x - r + corner, y - r)),
        Seg::Close,
    ];
    let waiting = known && actor.asked as u64 > actor.sketch.done;
    let edge = if waiting { Ink::Accent } else { Ink::Edge };
    scene.path(segs, Some(Ink::Client), Some((edge, 2.0)));
    if r > NAMED {
        let name = actor.short();
        let size = fitting(&name, r * 1.4, 14.0);
        scene.bold(place.at, name, size, Ink::Ink);
    }
}

fn server(
    scene: &mut Scene,
    present: &Present,
    actor: &Actor,
    place: NodePlace,
    view: &RingView<'_>,
    doubts: u32,
) {
    let (middle, r) = (place.at, place.radius);
    let condition = actor.condition;
    // Nobody is told whether it is a traitor.
    let traitor = !condition.honest && view.through.is_none();
    let line = if r > NAMED { 2.0 } else { 1.25 };
    if !condition.up {
        scene
            .disc(middle, r, Some(Ink::Paper), Some((Ink::Muted, line)))
            .dashed();
        cross(scene, actor, place);
        return;
    }
    if traitor {
        let thorns = star(if r > NAMED { 18 } else { 8 }, 1.22, 0.98);
        scene.polygon(
            middle,
            r,
            &thorns,
            Some(Ink::BadWash),
            Some((Ink::Bad, line)),
        );
    } else {
        let outline = scene.disc(middle, r, Some(Ink::Node), Some((Ink::Edge, line)));
        if condition.silent {
            outline.dashed();
        }
    }
    if actor.sketch.leads {
        leader(scene, place, traitor);
    }
    votes(scene, actor, place);
    if r > NAMED {
        scene.bold(
            middle.plus(0.0, if r > TALLIED { -9.0 } else { 0.0 }),
            actor.short(),
            (r * 0.56).min(14.0),
            Ink::Ink,
        );
        if r > TALLIED {
            tally(scene, actor, place, present.spec.words.round);
        }
        badges(scene, actor, place, doubts);
    }
}

fn cross(scene: &mut Scene, actor: &Actor, place: NodePlace) {
    let (middle, d) = (place.at, place.radius * 0.5);
    let width = (place.radius * 0.12).max(1.2);
    scene.line(middle.plus(-d, -d), middle.plus(d, d), Ink::Muted, width);
    scene.line(middle.plus(-d, d), middle.plus(d, -d), Ink::Muted, width);
    if place.radius > NAMED {
        let name = middle.plus(0.0, -place.radius - 9.0);
        scene.text(name, actor.short(), 12.0, Ink::Muted, Align::Middle);
    }
}

/// A second ring, and a crown where there is room.
fn leader(scene: &mut Scene, place: NodePlace, traitor: bool) {
    let (middle, r) = (place.at, place.radius);
    let ink = if traitor { Ink::Bad } else { Ink::Ink };
    scene.disc(middle, r - 3.0_f32.min(r * 0.3), None, Some((ink, 1.25)));
    crown(scene, place);
}

fn crown(scene: &mut Scene, place: NodePlace) {
    let top = place.at.plus(0.0, -place.radius - 15.0);
    let points = [
        (-9.0, 5.0),
        (-10.0, -6.0),
        (-4.5, -1.5),
        (0.0, -9.0),
        (4.5, -1.5),
        (10.0, -6.0),
        (9.0, 5.0),
    ];
    scene.polygon(
        top,
        1.0,
        &points,
        Some(Ink::Kind(1)),
        Some((Ink::Ink, 1.25)),
    );
}

/// The votes it holds for its next step, as an arc that fills.
fn votes(scene: &mut Scene, actor: &Actor, place: NodePlace) {
    let Some((held, needed)) = actor.sketch.votes else {
        return;
    };
    if needed == 0 || actor.sketch.phase == "idle" || place.radius < 3.5 {
        return;
    }
    let radius = place.radius + if place.radius > NAMED { 6.5 } else { 3.0 };
    let width = if place.radius > NAMED { 4.0 } else { 2.0 };
    let held = held.min(needed);
    let ink = if held == needed {
        Ink::Good
    } else {
        Ink::Accent
    };
    let start = -TAU / 4.0;
    if needed > MOST_SEGMENTS {
        let end = start + TAU * held as f32 / needed as f32;
        scene.path(
            vec![Seg::Arc(place.at, radius, 0.0, TAU)],
            None,
            Some((Ink::Line, width)),
        );
        scene.path(
            vec![Seg::Arc(place.at, radius, start, end)],
            None,
            Some((ink, width)),
        );
        return;
    }
    let part = TAU / needed as f32;
    let gap = if needed == 1 {
        0.0
    } else {
        (3.0 / radius).min(part * 0.3)
    };
    for vote in 0..needed {
        let from = start + part * vote as f32 + gap / 2.0;
        let ink = if vote < held { ink } else { Ink::Line };
        scene.path(
            vec![Seg::Arc(place.at, radius, from, from + part - gap)],
            None,
            Some((ink, width)),
        );
    }
}

/// Small signs for what is passing: silent, stale, behind, slow, two-faced, moving on, suspected.
fn badges(scene: &mut Scene, actor: &Actor, place: NodePlace, doubts: u32) {
    let condition = actor.condition;
    let signs = [
        (condition.silent, "–", Ink::Warn),
        (condition.stale, "↺", Ink::Warn),
        (actor.sketch.behind, "«", Ink::Warn),
        (condition.slow > 0, "…", Ink::Warn),
        (condition.faces > 1, "2", Ink::Bad),
        (actor.sketch.suspects.is_some(), "→", Ink::Accent),
    ];
    let mut shift = 0.0;
    for (_, sign, ink) in signs.into_iter().filter(|(on, _, _)| *on) {
        let spot = place
            .at
            .plus(place.radius * 0.95 - shift, place.radius * 0.95);
        badge(scene, spot, sign, ink);
        shift += 20.0;
    }
    doubted(scene, place, doubts);
}

pub(super) fn badge(scene: &mut Scene, spot: Point, sign: &str, ink: Ink) {
    let round = polygon(16, 0.0, 1.0);
    scene.polygon(spot, 9.0, &round, Some(Ink::Raised), Some((ink, 1.75)));
    scene.bold(spot, sign, 12.0, ink);
}

/// How many others take it for faulty: a question mark with their number, at its upper left.
fn doubted(scene: &mut Scene, place: NodePlace, doubts: u32) {
    if doubts == 0 {
        return;
    }
    let spot = place.at.plus(-place.radius * 0.9, -place.radius * 0.9);
    let says = format!("?{doubts}");
    let half = 4.0 + 4.0 * says.len() as f32;
    let (w, h) = (half, 9.0);
    let corners = [(-w, -h), (w, -h), (w, h), (-w, h)];
    scene.polygon(
        spot,
        1.0,
        &corners,
        Some(Ink::Raised),
        Some((Ink::Bad, 1.75)),
    );
    scene.bold(spot, says, 12.0, Ink::Bad);
}
