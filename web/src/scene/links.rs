//! The ways between nodes: thin lines where all is well, and what lies over those where it is not.

use super::layout::{Layout, NAMED};
use super::ring_view::RingView;
use super::traffic::Lane;
use super::{Ink, Scene, Seg};
use crate::geometry::Point;
use crate::run::present::Present;
use crate::scene::shapes::polygon;
use crate::ui::Target;
use quorumscope_core::conditions::{Ill, Impairment};
use quorumscope_core::protocol::NodeId;

/// With more nodes that serve than this, links are no lines that can be pointed at.
const LINED: usize = 16;
/// No more ills of links are drawn.
const MOST_ILLS: usize = 120;
/// How far from a line a pointer still means it.
const REACH: f32 = 6.0;

/// Draws the links, what lies over them, and the one that is selected.
pub(super) fn draw(scene: &mut Scene, present: &Present, layout: &Layout, view: &RingView<'_>) {
    lines(scene, present, layout);
    if view.through.is_none() {
        for (from, to, ill) in ills(present) {
            afflicted(scene, layout, from, to, ill);
        }
        for (from, to) in &present.one_way {
            afflicted(scene, layout, *from, *to, Ill::Cut);
        }
    }
    if let Some((from, to)) = view.focus.link {
        chosen(scene, layout, from, to);
    }
}

/// Thin lines between all nodes that serve while they are few: the ground on which messages move.
fn lines(scene: &mut Scene, present: &Present, layout: &Layout) {
    let n = present.servers();
    if n > LINED {
        return;
    }
    let alpha = if n > 8 { 0.35 } else { 0.7 };
    for i in 0..n {
        for j in 0..i {
            let (a, b) = (&present.actors[i], &present.actors[j]);
            let sides = (a.condition.side, b.condition.side);
            let (from, to) = (layout.nodes[j].at, layout.nodes[i].at);
            scene.way(from, to, REACH, Target::Link(b.id, a.id));
            let passes = present
                .one_way
                .iter()
                .any(|way| *way == (a.id, b.id) || *way == (b.id, a.id));
            let apart = matches!(sides, (Some(one), Some(other)) if one != other) && !passes;
            if !apart && !cut_both_ways(present, a.id, b.id) {
                scene.line(from, to, Ink::Line, 1.0).faded(alpha);
            }
        }
    }
}

fn cut_both_ways(present: &Present, a: NodeId, b: NodeId) -> bool {
    let cut = |from, to| {
        let rules = present.impairments.iter();
        rules
            .into_iter()
            .any(|rule| rule.ill == Ill::Cut && rule.joins(from, to))
    };
    cut(a, b) && cut(b, a)
}

/// Each link that something lies over, with the worst of it; what lies over all of them is said in words.
fn ills(present: &Present) -> Vec<(NodeId, NodeId, Ill)> {
    let mut found: Vec<(NodeId, NodeId, Ill)> = Vec::new();
    let few = present.servers() <= LINED;
    let all = |end: Option<NodeId>| -> Vec<NodeId> {
        end.map_or_else(
            || present.actors.iter().map(|actor| actor.id).collect(),
            |node| vec![node],
        )
    };
    let special = |rule: &&Impairment| rule.from.is_some() || rule.to.is_some();
    for rule in present.impairments.iter().filter(special) {
        if !few && (rule.from.is_none() || rule.to.is_none()) {
            continue;
        }
        for from in all(rule.from) {
            for to in all(rule.to) {
                let known = found.iter().position(|(a, b, _)| (*a, *b) == (from, to));
                match known {
                    Some(known) => found[known].2 = found[known].2.min(rule.ill),
                    None if from != to && found.len() < MOST_ILLS => {
                        found.push((from, to, rule.ill));
                    }
                    None => {}
                }
            }
        }
    }
    found
}

/// One direction of a link that something lies over: broken where it is cut, a sign on it elsewhere.
fn afflicted(scene: &mut Scene, layout: &Layout, from: NodeId, to: NodeId, ill: Ill) {
    let Some(lane) = Lane::between(layout, from, to) else {
        return;
    };
    let (ink, sign) = match ill {
        Ill::Cut => (Ink::Bad, "×"),
        Ill::Lossy => (Ink::Warn, "%"),
        Ill::Garbled => (Ink::Warn, "#"),
        Ill::Slow => (Ink::Warn, "…"),
        Ill::Doubled => (Ink::Warn, "2"),
    };
    let whole = scene.path(lane.up_to(1.0), None, Some((ink, 1.5)));
    whole.dashed().faded(0.75);
    scene.path(lane.head(), None, Some((ink, 1.5))).faded(0.75);
    let spot = lane.at(0.62);
    if layout.nodes[to.index()].radius > NAMED {
        scene.polygon(
            spot,
            8.0,
            &polygon(16, 0.0, 1.0),
            Some(Ink::Raised),
            Some((ink, 1.5)),
        );
        scene.bold(spot, sign, 12.0, ink);
    }
    scene.way(lane.at(0.3), lane.at(0.9), REACH, Target::Link(from, to));
    scene.spot(spot, 10.0, Target::Link(from, to));
}

/// The selected link: a broad band, and an arrow for its direction.
fn chosen(scene: &mut Scene, layout: &Layout, from: NodeId, to: NodeId) {
    let Some(lane) = Lane::between(layout, from, to) else {
        return;
    };
    let (a, b) = (layout.nodes[from.index()].at, layout.nodes[to.index()].at);
    scene.line(a, b, Ink::Wash, 14.0);
    scene.line(a, b, Ink::Accent, 2.0);
    scene.path(lane.head(), None, Some((Ink::Accent, 2.5)));
}

/// A line that is being pulled from a node: it ends in an arrow, or at the node that it reaches.
pub(super) fn pull(scene: &mut Scene, from: Point, to: Point, layout: &Layout) {
    let reached = layout.at(to).map(|(_, place)| place);
    let end = reached.map_or(to, |place| place.at);
    scene.line(from, end, Ink::Accent, 3.0);
    if let Some(place) = reached {
        scene.disc(
            place.at,
            place.radius + 10.0,
            None,
            Some((Ink::Accent, 3.0)),
        );
        return;
    }
    let far = from.distance(to).max(1.0);
    let (dx, dy) = ((to.x - from.x) / far * 10.0, (to.y - from.y) / far * 10.0);
    let back = to.plus(-dx, -dy);
    let head = vec![
        Seg::Move(back.plus(-dy * 0.6, dx * 0.6)),
        Seg::Line(to),
        Seg::Line(back.plus(dy * 0.6, -dx * 0.6)),
    ];
    scene.path(head, None, Some((Ink::Accent, 3.0)));
}
