//! What happened at a node, as a small sign on its line.

use super::super::{Align, Ink, Scene};
use super::figure::{Figure, Sign, SignKind};
use super::{FOOT, GUTTER, HEAD};
use crate::geometry::{Point, at};
use crate::scene::shapes::{polygon, star};
use crate::ui::Target;

pub(super) fn draw(scene: &mut Scene, figure: &Figure<'_>, sign: &Sign) {
    let spot = figure.grid.spot(sign.at, sign.node);
    if spot.x < GUTTER || spot.x > figure.grid.size.0 {
        return;
    }
    if let SignKind::Order(index, over) = sign.kind {
        return order(scene, figure, sign, (index, over));
    }
    let (corners, radius, fill) = match sign.kind {
        SignKind::Step => (polygon(12, 0.0, 1.0), 3.0, Ink::Ink),
        SignKind::Done => (polygon(4, 0.125, 1.0), 6.5, Ink::Good),
        SignKind::Timer => (polygon(12, 0.0, 1.0), 5.0, Ink::Warn),
        SignKind::Order(..) => (polygon(4, 0.0, 1.0), 6.5, Ink::Warn),
        SignKind::Other => return other(scene, spot, sign.alpha),
        SignKind::View(_) => (polygon(3, 0.25, 1.0), 6.5, Ink::Accent),
        SignKind::Broken => (star(8, 1.0, 0.5), 10.0, Ink::Bad),
    };
    let chosen = figure
        .sources
        .focus
        .event
        .is_some_and(|(id, _)| id == sign.event);
    let stroke = if chosen {
        (Ink::Accent, 3.0)
    } else {
        (Ink::Paper, 1.0)
    };
    let grown = if chosen { radius + 2.0 } else { radius };
    scene
        .polygon(spot, grown, &corners, Some(fill), Some(stroke))
        .faded(sign.alpha.max(0.3));
    if let SignKind::View(view) = sign.kind
        && figure.grid.row() > 11.0
    {
        let beside = spot.plus(8.0, -8.0);
        scene.text(beside, format!("v{view}"), 11.0, Ink::Accent, Align::Start);
    }
    scene.spot(spot, 9.0, Target::Event(sign.event));
}

/// A decision of the other way: hollow.
fn other(scene: &mut Scene, spot: Point, alpha: f32) {
    let square = polygon(4, 0.125, 1.0);
    let outline = scene.polygon(spot, 6.5, &square, None, Some((Ink::Good, 1.5)));
    outline.dashed().faded(alpha);
}

/// An order: at its node, or across all lines if it is about no single one; with its name.
fn order(scene: &mut Scene, figure: &Figure<'_>, sign: &Sign, (index, over): (u32, bool)) {
    let grid = &figure.grid;
    let order = figure.sources.script.get(index as usize);
    let at_node = order
        .and_then(|order| order.args.node("node"))
        .filter(|_| !over);
    let x = grid.x(sign.at);
    let spot = at_node.map_or(at(x, HEAD + 5.0), |node| at(x, grid.y(node)));
    let alpha = sign.alpha.max(0.3);
    if at_node.is_none() {
        let foot = at(x, grid.size.1 - FOOT);
        let line = scene.line(at(x, HEAD), foot, Ink::Warn, 1.5);
        line.dashed().faded(alpha);
    }
    let chosen = figure
        .sources
        .focus
        .event
        .is_some_and(|(id, _)| id == sign.event);
    let edge = match (chosen, over) {
        (true, _) => (Ink::Accent, 3.0),
        (false, true) => (Ink::Warn, 2.0),
        (false, false) => (Ink::Paper, 1.0),
    };
    let diamond = polygon(4, 0.0, 1.0);
    let fill = (!over).then_some(Ink::Warn);
    scene
        .polygon(spot, 7.0, &diamond, fill, Some(edge))
        .faded(alpha);
    if let Some(order) = order.filter(|_| figure.names_orders()) {
        let title = order.fault.title;
        let text = if over {
            format!("end: {title}")
        } else {
            title.into()
        };
        let beside = spot.plus(10.0, if at_node.is_some() { -8.0 } else { 0.0 });
        scene.text(beside, text, 11.0, Ink::Warn, Align::Start);
    }
    scene.spot(spot, 9.0, Target::Event(sign.event));
}
