//! Where nodes stand: replicas in a ring, clients beside it.

use super::{Point, at};
use crate::shapes::on_circle;

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
pub const TALLIED: f32 = 23.5;
/// The ring may be so much wider than high.
const WIDEST: f32 = 1.6;

/// Where `replicas` and `clients` stand on a stage of this size.
#[must_use]
pub fn layout(size: (f32, f32), replicas: usize, clients: usize) -> Layout {
    let (w, h) = (size.0.max(160.0), size.1.max(120.0));
    let beside = if clients > 0 {
        (w * 0.16).clamp(58.0, 130.0)
    } else {
        0.0
    };
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
    let middle = at(beside + (w - beside) / 2.0, h / 2.0 + 4.0);
    let (turns, length) = even_turns(rx, ry, replicas);
    let room = length / replicas.max(1) as f32;
    let radius = (room * 0.36).clamp(1.5, 27.0).min(ry * 0.4);
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

fn seat(turn: f32, middle: Point, reach: (f32, f32), radius: f32) -> Seat {
    let out = on_circle(turn, 1.0);
    Seat {
        at: middle.plus(out.0 * reach.0, out.1 * reach.1),
        radius,
        out,
    }
}

fn client(index: usize, of: usize, beside: f32, height: f32) -> Seat {
    let room = height / (of as f32 + 0.4);
    let y = height / 2.0 + 4.0 + (index as f32 - (of as f32 - 1.0) / 2.0) * room;
    Seat {
        at: at(beside * 0.5 + 8.0, y),
        radius: (room * 0.3).clamp(2.5, 22.0),
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
