//! Where nodes stand: replicas in a ring, clients beside it.

use crate::geometry::{Point, at};
use crate::scene::shapes::on_circle;

/// A node's place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Seat {
    /// Its middle.
    pub at: Point,
    /// Its radius.
    pub radius: f32,
    /// The way out of the ring from here, one long.
    pub out: (f32, f32),
}

impl Seat {
    /// Where the letter of its side stands: out of the ring where that is crowded.
    pub(super) fn letter(self, replicas: usize, far: f32) -> Point {
        let out = if replicas < 14 {
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
    /// By node, clients after replicas.
    pub seats: Vec<Seat>,
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

    /// The node at a point, and its seat.
    #[must_use]
    pub fn at(&self, point: Point) -> Option<(usize, Seat)> {
        let mut seats = self.seats.iter().copied().enumerate();
        seats.find(|(_, seat)| seat.at.distance(point) <= seat.radius.max(12.0))
    }
}

/// Below this radius there is no room for a name in a node.
pub const NAMED: f32 = 9.5;
/// Up to this radius there is no room for more lines than the name in a node.
pub const TALLIED: f32 = 22.5;
/// The ring may be so much wider than high.
const WIDEST: f32 = 1.6;
/// The largest node.
const LARGEST: f32 = 27.0;
/// On a stage larger than this all of the picture grows.
const USUAL: (f32, f32) = (900.0, 520.0);
/// How far it grows.
const GROWN: f32 = 3.0;
/// Above and below the clients: what stands in the corners.
const CORNERS: (f32, f32) = (34.0, 26.0);

/// How much larger than usual the picture is on a stage of this size; many nodes leave it no room to grow.
#[must_use]
pub fn zoom(size: (f32, f32), replicas: usize) -> f32 {
    let (rx, ry) = reach(size, replicas, beside(size.0, 1));
    let nodes = radius(even_turns(rx, ry, replicas).1, replicas) / LARGEST;
    let stage = (size.0 / USUAL.0).min(size.1 / USUAL.1);
    stage.min(nodes).clamp(1.0, GROWN)
}

/// Where `replicas` and `clients` stand on a stage of this size.
#[must_use]
pub fn layout(size: (f32, f32), replicas: usize, clients: usize) -> Layout {
    let (w, h) = (size.0.max(160.0), size.1.max(120.0));
    let beside = beside(w, clients);
    let (rx, ry) = reach((w, h), replicas, beside);
    let middle = at(beside + (w - beside) / 2.0, h / 2.0 + 4.0);
    let (turns, length) = even_turns(rx, ry, replicas);
    let radius = radius(length, replicas).clamp(1.5, LARGEST).min(ry * 0.45);
    let mut seats: Vec<Seat> = turns
        .into_iter()
        .map(|turn| seat(turn, middle, (rx, ry), radius))
        .collect();
    seats.extend((0..clients).map(|index| client(index, clients, beside, h)));
    Layout {
        seats,
        middle,
        reach: (rx, ry),
        size: (w, h),
    }
}

/// The strip at the left where clients stand.
fn beside(width: f32, clients: usize) -> f32 {
    if clients > 0 {
        (width * 0.16).clamp(58.0, 130.0)
    } else {
        0.0
    }
}

/// Half the width and half the height of the ring.
fn reach((w, h): (f32, f32), replicas: usize, beside: f32) -> (f32, f32) {
    // Many nodes need the length that a wide stage has.
    let widest = if replicas > 16 { 2.2 } else { WIDEST };
    // A crown stands above the first; on a low stage, a smaller one.
    let margin = match replicas {
        0..=16 => (h * 0.1).clamp(16.0, 27.0) + 28.0,
        17..=60 => 48.0,
        _ => 34.0,
    };
    let ry = (h / 2.0 - margin).max(36.0);
    let rx = ((w - beside) / 2.0 - margin - 14.0).clamp(36.0, ry * widest);
    (rx, ry)
}

/// How large so many nodes may be on a ring of this length.
fn radius(length: f32, replicas: usize) -> f32 {
    length / replicas.max(1) as f32 * 0.36
}

fn seat(turn: f32, middle: Point, reach: (f32, f32), radius: f32) -> Seat {
    let out = on_circle(turn, 1.0);
    Seat {
        at: middle.plus(out.0 * reach.0, out.1 * reach.1),
        radius,
        out,
    }
}

fn client(index: usize, of: usize, beside: f32, height: f32) -> Seat {
    let (top, under) = CORNERS;
    let room = (height - top - under) / of as f32;
    let y = top + room * (index as f32 + 0.5);
    Seat {
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
mod tests {
    use super::*;

    #[test]
    fn a_large_stage_has_a_large_picture_and_many_nodes_keep_their_room() {
        assert_eq!(zoom((912.0, 380.0), 4), 1.0);
        assert_eq!(zoom((390.0, 359.0), 4), 1.0);
        let wall = zoom((2192.0, 1150.0), 4);
        assert!(wall > 2.0, "{wall}");
        for n in [4, 31, 100, 1000] {
            let (w, h) = (2192.0, 1150.0);
            let grown = zoom((w, h), n);
            let plain = layout((w, h), n, 1).seats[0].radius;
            let seat = layout((w / grown, h / grown), n, 1).seats[0];
            assert!(seat.radius * grown >= plain * 0.9, "n = {n}: {grown}");
            assert!(grown == 1.0 || seat.radius > TALLIED, "n = {n}: {grown}");
        }
    }

    #[test]
    fn clients_leave_the_corners_free_and_keep_apart() {
        for h in [176.0, 294.0, 380.0] {
            for of in [1, 2, 8, 16] {
                let layout = layout((600.0, h), 4, of);
                let clients = &layout.seats[4..];
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
                let layout = layout(size, n, clients);
                for (i, a) in layout.seats.iter().enumerate() {
                    let inside = a.at.x - a.radius >= 0.0
                        && a.at.y - a.radius >= 0.0
                        && a.at.x + a.radius <= size.0
                        && a.at.y + a.radius <= size.1;
                    assert!(inside, "{size:?} n = {n}: {a:?}");
                    if n <= 100 {
                        let clash = layout.seats[..i]
                            .iter()
                            .find(|b| a.at.distance(b.at) < (a.radius + b.radius) * 0.98);
                        assert_eq!(clash, None, "{size:?} n = {n}: {a:?}");
                    }
                }
            }
        }
    }
}
