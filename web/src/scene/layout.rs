//! Where nodes stand: in a ring, in its middle, beside it or in rows, as their roles say.

use crate::geometry::{Point, at};
use crate::scene::shapes::on_circle;
use quorumscope_core::cast::{Cast, Place};
use std::ops::Range;

/// A node's place.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct NodePlace {
    /// Its middle.
    pub at: Point,
    /// Its radius.
    pub radius: f32,
    /// The way out of the ring from here, one long.
    pub out: (f32, f32),
}

impl NodePlace {
    /// Where the letter of its side stands: out of the ring where that is crowded.
    pub(super) fn letter(self, servers: usize, far: f32) -> Point {
        let out = if servers < 14 {
            (-1.0, -0.8)
        } else {
            (self.out.0 * 1.4, self.out.1 * 1.4)
        };
        let far = self.radius + far;
        self.at.plus(out.0 * far, out.1 * far)
    }
}

/// All places.
#[derive(Clone, Debug, PartialEq)]
pub struct Layout {
    /// By node.
    pub nodes: Vec<NodePlace>,
    /// The middle of the ring.
    pub middle: Point,
    /// Half its width and half its height.
    pub reach: (f32, f32),
    /// The whole stage.
    pub size: (f32, f32),
}

impl Layout {
    /// How far it is from a point to the nearest edge of the stage.
    #[must_use]
    pub fn shore(&self, point: Point) -> f32 {
        let (w, h) = self.size;
        point.x.min(w - point.x).min(point.y).min(h - point.y)
    }

    /// The node at a point, and where it stands.
    #[must_use]
    pub fn at(&self, point: Point) -> Option<(usize, NodePlace)> {
        let mut places = self.nodes.iter().copied().enumerate();
        places.find(|(_, place)| place.at.distance(point) <= place.radius.max(12.0))
    }
}

/// Below this radius there is no room for a name in a node.
pub const NAMED: f32 = 9.5;
/// Up to this radius there is no room for more lines than the name in a node.
pub const TALLIED: f32 = 22.5;
/// How many times wider than high the ring may be.
const WIDEST: f32 = 1.6;
/// The largest node.
const LARGEST: f32 = 27.0;
/// On a stage larger than this all of the picture grows.
const USUAL: (f32, f32) = (900.0, 520.0);
/// How far it grows.
const GROWN: f32 = 3.0;
/// Above and below those beside the ring: what stands in the corners.
const CORNERS: (f32, f32) = (34.0, 26.0);

/// How much larger than usual the picture is on a stage of this size; many nodes leave it no room to grow.
#[must_use]
pub fn zoom(size: (f32, f32), cast: &Cast) -> f32 {
    let many = standing(cast);
    let (rx, ry) = reach(size, many, beside(size.0, 1));
    let nodes = radius(even_turns(rx, ry, many).1, many) / LARGEST;
    let stage = (size.0 / USUAL.0).min(size.1 / USUAL.1);
    stage.min(nodes).clamp(1.0, GROWN)
}

/// Where the nodes of a cast stand on a stage of this size.
#[must_use]
pub fn layout(size: (f32, f32), cast: &Cast) -> Layout {
    let (w, h) = (size.0.max(160.0), size.1.max(120.0));
    let aside = at_place(cast, Place::Beside).map(|nodes| nodes.len()).sum();
    let beside = beside(w, aside);
    let reach = reach((w, h), standing(cast), beside);
    let mut layout = Layout {
        nodes: vec![NodePlace::default(); cast.total().into()],
        middle: at(beside + (w - beside) / 2.0, h / 2.0 + 4.0),
        reach,
        size: (w, h),
    };
    let column = (0..aside).map(|index| client(index, aside, beside, h));
    layout.put(cast, Place::Beside, column);
    if rows(cast).is_empty() {
        layout.ring(cast);
    } else {
        layout.rows(cast, beside);
    }
    layout
}

/// What the picture of a cast is called.
#[must_use]
pub fn shape(cast: &Cast) -> &'static str {
    if rows(cast).is_empty() {
        "ring"
    } else {
        "picture"
    }
}

/// The nodes of each role that stands at a place.
fn at_place(cast: &Cast, place: Place) -> impl Iterator<Item = Range<u16>> + '_ {
    let parts = cast.parts().filter(move |(role, _)| role.place == place);
    parts.map(|(_, nodes)| nodes)
}

/// The rows of a cast that stands in rows, from the top.
fn rows(cast: &Cast) -> Vec<Place> {
    let mut tiers: Vec<u8> = Vec::new();
    for role in cast.roles() {
        if let Place::Tier(tier) = role.place
            && !tiers.contains(&tier)
        {
            tiers.push(tier);
        }
    }
    crate::run::sorting::arrange(&mut tiers, |tier| *tier);
    tiers.into_iter().map(Place::Tier).collect()
}

/// How many nodes stand on the ring, or in the longest row.
fn standing(cast: &Cast) -> usize {
    let count = |place| at_place(cast, place).map(|nodes| nodes.len()).sum();
    let rows = rows(cast).into_iter().map(count);
    rows.chain([count(Place::Ring)]).max().unwrap_or(0)
}

impl Layout {
    /// Puts the nodes whose role stands here at these places, in order.
    fn put(&mut self, cast: &Cast, at: Place, places: impl Iterator<Item = NodePlace>) {
        for (node, place) in at_place(cast, at).flatten().zip(places) {
            self.nodes[usize::from(node)] = place;
        }
    }

    /// A ring, and what stands in its middle.
    fn ring(&mut self, cast: &Cast) {
        let ((rx, ry), middle) = (self.reach, self.middle);
        let (turns, length) = even_turns(rx, ry, standing(cast));
        let radius = radius(length, standing(cast))
            .clamp(1.5, LARGEST)
            .min(ry * 0.45);
        let places = turns
            .into_iter()
            .map(|turn| on_ring(turn, middle, (rx, ry), radius));
        self.put(cast, Place::Ring, places);
        self.row(
            cast,
            Place::Centre,
            (middle.x - rx * 0.6, middle.x + rx * 0.6),
            middle.y,
        );
    }

    /// Rows from the top, to the right of what stands beside them.
    fn rows(&mut self, cast: &Cast, beside: f32) {
        let rows = rows(cast);
        let (top, under) = CORNERS;
        let high = (self.size.1 - top - under) / rows.len() as f32;
        for (index, place) in rows.into_iter().enumerate() {
            let y = top + high * (index as f32 + 0.5);
            self.row(cast, place, (beside + 12.0, self.size.0 - 12.0), y);
        }
    }

    /// Nodes side by side, from one edge to another.
    fn row(&mut self, cast: &Cast, place: Place, (left, right): (f32, f32), y: f32) {
        let count: usize = at_place(cast, place).map(|nodes| nodes.len()).sum();
        let room = (right - left) / count.max(1) as f32;
        let radius = (room * 0.36).clamp(1.5, LARGEST).min(self.reach.1 * 0.45);
        let places = (0..count).map(|index| NodePlace {
            at: at(left + room * (index as f32 + 0.5), y),
            radius,
            out: (0.0, 1.0),
        });
        self.put(cast, place, places);
    }
}

/// The width of the strip at the left that holds `nodes` nodes.
fn beside(width: f32, nodes: usize) -> f32 {
    if nodes > 0 {
        (width * 0.16).clamp(58.0, 130.0)
    } else {
        0.0
    }
}

/// Half the width and half the height of a ring of `nodes` nodes.
fn reach((w, h): (f32, f32), nodes: usize, beside: f32) -> (f32, f32) {
    // Many nodes need the length that a wide stage has.
    let widest = if nodes > 16 { 2.2 } else { WIDEST };
    // A crown stands above the first; on a low stage, a smaller one.
    let margin = match nodes {
        0..=16 => (h * 0.1).clamp(16.0, 27.0) + 28.0,
        17..=60 => 48.0,
        _ => 34.0,
    };
    let ry = (h / 2.0 - margin).max(36.0);
    let rx = ((w - beside) / 2.0 - margin - 14.0)
        .max(36.0)
        .min(ry * widest);
    (rx, ry)
}

/// The radius that leaves room for `nodes` nodes on a ring of this length.
fn radius(length: f32, nodes: usize) -> f32 {
    length / nodes.max(1) as f32 * 0.36
}

fn on_ring(turn: f32, middle: Point, reach: (f32, f32), radius: f32) -> NodePlace {
    let out = on_circle(turn, 1.0);
    NodePlace {
        at: middle.plus(out.0 * reach.0, out.1 * reach.1),
        radius,
        out,
    }
}

fn client(index: usize, of: usize, beside: f32, height: f32) -> NodePlace {
    let (top, under) = CORNERS;
    let room = (height - top - under) / of as f32;
    let y = top + room * (index as f32 + 0.5);
    NodePlace {
        at: at(beside * 0.5 + 8.0, y),
        radius: (room * 0.36).clamp(2.0, 22.0),
        out: (-1.0, 0.0),
    }
}

/// The turns at which `count` points lie evenly along an ellipse, and its length.
fn even_turns(rx: f32, ry: f32, count: usize) -> (Vec<f32>, f32) {
    const PIECES: usize = 720;
    let point = |piece: usize| {
        let (x, y) = on_circle(piece as f32 / PIECES as f32, 1.0);
        at(x * rx, y * ry)
    };
    let mut along = vec![0.0; PIECES + 1];
    for piece in 1..=PIECES {
        along[piece] = along[piece - 1] + point(piece - 1).distance(point(piece));
    }
    let length = along[PIECES];
    let turns = (0..count).map(|index| {
        let goal = length * index as f32 / count as f32;
        let piece = along.partition_point(|&gone| gone <= goal).clamp(1, PIECES);
        let rest = (goal - along[piece - 1]) / (along[piece] - along[piece - 1]).max(1e-6);
        ((piece - 1) as f32 + rest) / PIECES as f32
    });
    (turns.collect(), length)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use quorumscope_core::cast::Role;
    use quorumscope_core::systems;

    /// A cast of `ring` nodes in a ring and `beside` nodes beside it.
    pub(in crate::scene) fn cast(ring: u16, beside: u16) -> Cast {
        let roles = systems::first().roles;
        Cast::usual(roles).with(0, ring).with(1, beside)
    }

    const fn role(name: &'static str, place: Place) -> Role {
        Role {
            name,
            title: name,
            plural: name,
            letter: 'N',
            place,
            bounds: (1, 64),
            usual: 3,
            asks: false,
            serves: true,
            corruptible: false,
        }
    }

    /// Each node's place holds no other, and lies on the stage.
    fn apart(layout: &Layout) {
        let (w, h) = layout.size;
        for (i, a) in layout.nodes.iter().enumerate() {
            let (x, y, r) = (a.at.x, a.at.y, a.radius);
            assert!(
                r > 0.0 && x >= r && y >= r && x + r <= w && y + r <= h,
                "{a:?}"
            );
            for b in &layout.nodes[..i] {
                assert!(a.at.distance(b.at) >= (r + b.radius) * 0.98, "{a:?} {b:?}");
            }
        }
    }

    #[test]
    fn roles_stand_in_rows_from_the_top_or_in_the_middle_of_the_ring() {
        const ROWS: &[Role] = &[
            role("workers", Place::Tier(2)),
            role("origin", Place::Tier(0)),
            role("edges", Place::Tier(1)),
            role("clients", Place::Beside),
        ];
        const CENTRE: &[Role] = &[
            role("balancer", Place::Centre),
            role("servers", Place::Ring),
        ];
        for size in [(880.0, 420.0), (390.0, 380.0), (640.0, 250.0)] {
            let rows = layout(size, &Cast::usual(ROWS));
            apart(&rows);
            let high = |node: usize| rows.nodes[node].at.y;
            assert!(high(3) < high(6) && high(6) < high(0), "{rows:?}");
            assert!(rows.nodes[9].at.x < rows.nodes[0].at.x);
            apart(&layout(size, &Cast::usual(CENTRE).with(0, 1)));
        }
    }

    #[test]
    fn a_large_stage_has_a_large_picture_and_many_nodes_keep_their_room() {
        assert_eq!(zoom((912.0, 380.0), &cast(4, 1)), 1.0);
        assert_eq!(zoom((390.0, 359.0), &cast(4, 1)), 1.0);
        let wall = zoom((2192.0, 1150.0), &cast(4, 1));
        assert!(wall > 2.0, "{wall}");
        for n in [4, 31, 100, 1000] {
            let (w, h) = (2192.0, 1150.0);
            let grown = zoom((w, h), &cast(n, 1));
            let plain = layout((w, h), &cast(n, 1)).nodes[0].radius;
            let place = layout((w / grown, h / grown), &cast(n, 1)).nodes[0];
            assert!(place.radius * grown >= plain * 0.9, "n = {n}: {grown}");
            assert!(grown == 1.0 || place.radius > TALLIED, "n = {n}: {grown}");
        }
    }

    #[test]
    fn clients_leave_the_corners_free_and_keep_apart() {
        for h in [176.0, 294.0, 380.0] {
            for of in [1, 2, 8, 16] {
                let layout = layout((600.0, h), &cast(4, of));
                let clients = &layout.nodes[4..];
                assert!(clients[0].at.y - clients[0].radius > 26.0, "{h}: {of}");
                for pair in clients.windows(2) {
                    let gap = pair[0].at.distance(pair[1].at);
                    assert!(gap > pair[0].radius + pair[1].radius, "{h}: {of}");
                }
            }
        }
    }

    #[test]
    fn nodes_stay_on_the_stage_and_apart() {
        for size in [
            (880.0, 420.0),
            (390.0, 380.0),
            (320.0, 300.0),
            (640.0, 250.0),
        ] {
            for (n, clients) in [(1, 1), (4, 1), (7, 3), (31, 2), (100, 1), (1000, 1)] {
                let layout = layout(size, &cast(n, clients));
                for (i, a) in layout.nodes.iter().enumerate() {
                    let inside = a.at.x - a.radius >= 0.0
                        && a.at.y - a.radius >= 0.0
                        && a.at.x + a.radius <= size.0
                        && a.at.y + a.radius <= size.1;
                    assert!(inside, "{size:?} n = {n}: {a:?}");
                    if n <= 100 {
                        let clash = layout.nodes[..i]
                            .iter()
                            .find(|b| a.at.distance(b.at) < (a.radius + b.radius) * 0.98);
                        assert_eq!(clash, None, "{size:?} n = {n}: {a:?}");
                    }
                }
            }
        }
    }
}
