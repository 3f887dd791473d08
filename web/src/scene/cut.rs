//! A line across the ring cuts it in two: who is on which side of it, and how that looks.

use super::layout::Layout;
use super::{Align, Ink, Scene};
use crate::geometry::Stroke;
use crate::geometry::{Point, at};
use quorumscope_core::cast::Cast;
use quorumscope_core::protocol::NodeId;
use serde_json::{Map, Value};

/// A shorter line means nothing.
const SHORTEST: f32 = 16.0;

/// The nodes that serve on both sides of a line; nothing if it leaves one side empty.
#[must_use]
pub fn sides(stroke: Stroke, layout: &Layout, servers: usize) -> Option<[Vec<u16>; 2]> {
    let Stroke { from, to, .. } = stroke;
    if from.distance(to) < SHORTEST {
        return None;
    }
    let left = |spot: Point| {
        (to.x - from.x) * (spot.y - from.y) - (to.y - from.y) * (spot.x - from.x) < 0.0
    };
    let places = layout.nodes.iter().take(servers).zip(0u16..);
    let (mut a, mut b) = (Vec::new(), Vec::new());
    for (place, index) in places {
        if left(place.at) {
            a.push(index);
        } else {
            b.push(index);
        }
    }
    if a.is_empty() || b.is_empty() {
        return None;
    }
    // The first node is always on side A, whichever way the line was drawn.
    Some(if a[0] == 0 { [a, b] } else { [b, a] })
}

/// The order that parts these sides: the same as the form of a partition makes.
#[must_use]
pub fn order(sides: &[Vec<u16>; 2]) -> Value {
    let groups = sides.iter().map(|side| Value::from(side.clone())).collect();
    let mut entry = Map::new();
    entry.insert("do".into(), "partition".into());
    entry.insert("groups".into(), Value::Array(groups));
    Value::Object(entry)
}

/// The sides in words: `A: R0, R1 | B: R2, R3`, or how many are on each.
#[must_use]
pub fn words(sides: &[Vec<u16>; 2], cast: &Cast) -> String {
    let name = |side: &Vec<u16>| {
        let names = side.iter().map(|node| cast.short(NodeId(*node)));
        let names: Vec<String> = names.collect();
        if side.len() > 8 {
            format!("{} {}", side.len(), cast.serving().1)
        } else {
            names.join(", ")
        }
    };
    format!("A: {} | B: {}", name(&sides[0]), name(&sides[1]))
}

/// The line, to both ends of the stage, and the side of each node.
pub(super) fn draw(scene: &mut Scene, stroke: Stroke, layout: &Layout, servers: usize) {
    let Stroke { from, to, .. } = stroke;
    if let Some(sides) = sides(stroke, layout, servers) {
        for (side, nodes) in (0u8..).zip(&sides) {
            for node in nodes {
                let place = layout.nodes[usize::from(*node)];
                let ink = Ink::Side(side);
                scene
                    .disc(place.at, place.radius + 11.0, Some(ink), Some((ink, 2.0)))
                    .faded(0.3);
                // Where the crown is, neighbours say it too.
                if place.radius > super::layout::NAMED && (servers < 14 || *node > 0) {
                    let letter = char::from(b'A' + side).to_string();
                    let spot = place.letter(servers, 7.0);
                    scene.text(spot, letter, 14.0, Ink::Ink, Align::Middle);
                }
            }
        }
    }
    let long = (layout.size.0 + layout.size.1) / from.distance(to).max(1.0);
    let (dx, dy) = ((to.x - from.x) * long, (to.y - from.y) * long);
    let ends = (at(from.x - dx, from.y - dy), at(to.x + dx, to.y + dy));
    scene.line(ends.0, ends.1, Ink::Bad, 1.5).dashed();
    scene.line(from, to, Ink::Bad, 3.0);
}

#[cfg(test)]
mod tests {
    use super::super::layout::{layout, tests::cast};
    use super::*;
    use serde_json::json;

    fn stroke(from: (f32, f32), to: (f32, f32)) -> Stroke {
        Stroke {
            from: at(from.0, from.1),
            to: at(to.0, to.1),
            pull: false,
        }
    }

    #[test]
    fn a_line_parts_the_ring_whichever_way_it_is_drawn() {
        let layout = layout((800.0, 400.0), &cast(4, 1));
        let middle = layout.middle;
        let (left, right) = ((100.0, middle.y - 40.0), (780.0, middle.y - 40.0));
        let there = sides(stroke(left, right), &layout, 4);
        assert_eq!(there, Some([vec![0], vec![1, 2, 3]]));
        assert_eq!(sides(stroke(right, left), &layout, 4), there);
        let order = order(&there.unwrap());
        assert_eq!(order["groups"], json!([[0], [1, 2, 3]]));
    }

    #[test]
    fn a_line_beside_the_ring_or_a_dot_parts_nothing() {
        let layout = layout((800.0, 400.0), &cast(7, 1));
        assert_eq!(sides(stroke((0.0, 2.0), (800.0, 2.0)), &layout, 7), None);
        assert_eq!(
            sides(stroke((400.0, 200.0), (404.0, 200.0)), &layout, 7),
            None
        );
    }
}
