//! What happened at a node, as a small sign on its lane.

use super::super::{Align, Ink, Scene};
use super::figure::{Drawn, Figure};
use super::{FOOT, GUTTER, HEAD};
use crate::geometry::{Point, at};
use crate::scene::shapes::{polygon, star};
use crate::ui::Target;
use quorumscope_core::space_time::{self, Kind, Sign};

pub(super) fn draw(scene: &mut Scene, figure: &Figure<'_>, drawn: &Drawn) {
    let (sign, grid) = (&drawn.sign, &figure.grid);
    let x = grid.x(sign.at);
    if x < GUTTER || x > grid.size.0 {
        return;
    }
    let spot = sign
        .node
        .map_or(at(x, HEAD + 5.0), |node| at(x, grid.y(node)));
    let (corners, radius, ink) = match sign.kind {
        Kind::Executed(_) | Kind::Answered if drawn.other => {
            return other(scene, spot, drawn.alpha);
        }
        Kind::Reached(_) | Kind::Firm(_) | Kind::Noted => (polygon(12, 0.0, 1.0), 3.0, Ink::Ink),
        Kind::Executed(_) | Kind::Answered => (polygon(4, 0.125, 1.0), 6.5, Ink::Good),
        Kind::Timeout => (polygon(12, 0.0, 1.0), 5.0, Ink::Warn),
        Kind::Order => (polygon(4, 0.0, 1.0), 7.0, Ink::Warn),
        Kind::Entered(_) => (polygon(3, 0.25, 1.0), 6.5, Ink::Accent),
        Kind::Broken => (star(8, 1.0, 0.5), 10.0, Ink::Bad),
    };
    let alpha = drawn.alpha.max(0.3);
    if sign.node.is_none() {
        let foot = at(x, grid.size.1 - FOOT);
        let line = scene.line(at(x, HEAD), foot, ink, 1.5);
        line.dashed().faded(alpha);
    }
    let selected = figure.sources.focus.event;
    let chosen = selected.is_some_and(|(id, _)| id == sign.event);
    let edge = match (chosen, sign.over) {
        (true, _) => (Ink::Accent, 3.0),
        (false, true) => (ink, 2.0),
        (false, false) => (Ink::Paper, 1.0),
    };
    let grown = if chosen { radius + 2.0 } else { radius };
    scene
        .polygon(
            spot,
            grown,
            &corners,
            (!sign.over).then_some(ink),
            Some(edge),
        )
        .faded(alpha);
    word(scene, figure, sign, spot, ink);
    scene.spot(spot, 9.0, Target::Event(sign.event));
}

/// What stands beside a sign: the name of a round or of an order, where there is room.
fn word(scene: &mut Scene, figure: &Figure<'_>, sign: &Sign, spot: Point, ink: Ink) {
    let told = match sign.kind {
        Kind::Entered(_) => figure.grid.row() > 11.0,
        Kind::Order => figure.names_orders(),
        _ => false,
    };
    let sources = figure.sources;
    let event = sources.chronicle.event(sign.event).filter(|_| told);
    let promises = &sources.present.promises;
    let words = event.and_then(|event| space_time::words(event, sources.scenario, promises));
    if let Some((word, _)) = words {
        let beside = spot.plus(9.0, if sign.node.is_some() { -8.0 } else { 0.0 });
        scene.text(beside, word, 11.0, ink, Align::Start);
    }
}

/// A decision of the other way: hollow.
fn other(scene: &mut Scene, spot: Point, alpha: f32) {
    let square = polygon(4, 0.125, 1.0);
    let outline = scene.polygon(spot, 6.5, &square, None, Some((Ink::Good, 1.5)));
    outline.dashed().faded(alpha);
}
