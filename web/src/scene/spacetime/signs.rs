//! What happened at a node, as a small sign on its line.

use super::super::{Align, Ink, Scene};
use super::GUTTER;
use super::figure::{Figure, Sign, SignKind};
use crate::actions::Target;
use crate::shapes::{polygon, star};

pub(super) fn draw(scene: &mut Scene, figure: &Figure<'_>, sign: &Sign) {
    let spot = figure.grid.spot(sign.at, sign.node);
    if spot.x < GUTTER || spot.x > figure.grid.size.0 {
        return;
    }
    let (corners, radius, fill) = match sign.kind {
        SignKind::Step => (polygon(12, 0.0, 1.0), 3.0, Ink::Ink),
        SignKind::Done => (polygon(4, 0.125, 1.0), 6.5, Ink::Good),
        SignKind::Timer => (polygon(12, 0.0, 1.0), 5.0, Ink::Warn),
        SignKind::Order => (polygon(4, 0.0, 1.0), 6.5, Ink::Warn),
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
