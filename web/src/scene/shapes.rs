//! A shape and a colour for each kind of message, the same in canvas and page.
//!
//! Kinds are told apart by shape, colour and letter, so that none of the three
//! has to be seen. Every shape is a polygon around (0, 0) that fits a circle of
//! radius 1 and carries a letter in its middle.

use crate::geometry::sin_cos;
use std::f32::consts::TAU;

/// How many different shapes there are.
pub const SHAPES: usize = 8;
/// How many different colours there are for kinds.
pub const COLOURS: usize = 8;

/// The corners of the shape for a kind of message.
#[must_use]
pub fn shape(kind: u8) -> Vec<(f32, f32)> {
    match usize::from(kind) % SHAPES {
        0 => polygon(24, 0.0, 0.94),
        1 => polygon(4, 0.125, 1.16),
        2 => polygon(3, 0.0, 1.24),
        3 => polygon(4, 0.0, 1.16),
        4 => polygon(6, 0.0, 1.04),
        5 => polygon(5, 0.0, 1.1),
        6 => star(8, 1.2, 0.86),
        _ => polygon(3, 0.5, 1.24),
    }
}

/// The colour of a kind of message: an index into the theme's kinds.
#[must_use]
pub fn colour(kind: u8) -> u8 {
    (usize::from(kind) % COLOURS) as u8
}

/// How far the middle of the letter lies below the middle of the shape, in radii.
#[must_use]
pub fn letter_drop(kind: u8) -> f32 {
    match usize::from(kind) % SHAPES {
        2 => 0.1,
        7 => -0.1,
        _ => 0.0,
    }
}

/// How large its letter is, in radii.
#[must_use]
pub fn letter_size(kind: u8) -> f32 {
    match usize::from(kind) % SHAPES {
        2 | 7 => 0.95,
        _ => 1.15,
    }
}

/// A polygon with its first corner up, turned by `turn` of a full turn.
#[must_use]
pub fn polygon(corners: usize, turn: f32, radius: f32) -> Vec<(f32, f32)> {
    (0..corners)
        .map(|corner| on_circle(corner as f32 / corners as f32 + turn, radius))
        .collect()
}

/// A star, its first point up.
#[must_use]
pub fn star(points: usize, outer: f32, inner: f32) -> Vec<(f32, f32)> {
    (0..2 * points)
        .map(|corner| {
            let radius = if corner % 2 == 0 { outer } else { inner };
            on_circle(corner as f32 / (2 * points) as f32, radius)
        })
        .collect()
}

/// The point at a part of a full turn, clockwise from the top.
#[must_use]
pub fn on_circle(turn: f32, radius: f32) -> (f32, f32) {
    let (sin, cos) = sin_cos(turn * TAU);
    (radius * sin, -radius * cos)
}

/// A polygon as the `points` of an SVG polygon of this size.
#[must_use]
pub fn svg_points(corners: &[(f32, f32)], middle: f32, radius: f32) -> String {
    let point =
        |(x, y): &(f32, f32)| format!("{:.1},{:.1}", middle + x * radius, middle + y * radius);
    let points: Vec<String> = corners.iter().map(point).collect();
    points.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_of_the_first_kinds_share_a_shape_or_a_colour() {
        for a in 0..SHAPES as u8 {
            for b in 0..a {
                assert_ne!(shape(a), shape(b));
                assert_ne!(colour(a), colour(b));
            }
        }
    }
}
