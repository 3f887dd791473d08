//! What is to be painted, as values: marks in named colours.
//!
//! Scenes are pure functions of what there is to see and of the time; painting
//! them is the stage's business alone.

pub mod cut;

pub mod layout;

pub mod ring_view;

pub mod ring;

pub mod shapes;

pub mod spacetime;

pub mod svg;

mod label;

mod links;

mod node;

mod tally;

mod traffic;

use crate::geometry::Point;
use crate::run::sorting::arrange;
use crate::ui::Target;
use std::f32::consts::TAU;

/// Colours by what they mean; the theme knows how they look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ink {
    /// The ground.
    Paper,
    /// Raised above the ground.
    Raised,
    /// Text and what matters.
    Ink,
    /// Text that matters less.
    Muted,
    /// Hints.
    Faint,
    /// Thin lines.
    Line,
    /// Outlines.
    Edge,
    /// What is chosen or going on.
    Accent,
    /// A tint behind what is chosen.
    Wash,
    /// What went well.
    Good,
    /// What went wrong.
    Bad,
    /// A tint behind what went wrong.
    BadWash,
    /// What to look out for.
    Warn,
    /// Inside a replica.
    Node,
    /// Inside a client.
    Client,
    /// A kind of message.
    Kind(u8),
    /// The letter on a kind of message.
    OnKind(u8),
    /// A side of a partition.
    Side(u8),
}

/// A piece of a path.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Seg {
    /// Begins here.
    Move(Point),
    /// A straight line to here.
    Line(Point),
    /// A curve past the first point to the second.
    Quad(Point, Point),
    /// Along a circle: middle, radius, from and to in radians, clockwise from the right.
    Arc(Point, f32, f32, f32),
    /// Back to where it began.
    Close,
}

/// Where text stands in relation to its point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// To the right of it.
    Start,
    /// Around it.
    Middle,
    /// To the left of it.
    End,
}

/// Something to paint.
#[derive(Clone, Debug, PartialEq)]
pub enum Mark {
    /// A path.
    Path {
        /// Its pieces.
        segs: Vec<Seg>,
        /// What fills it.
        fill: Option<Ink>,
        /// What outlines it, how wide.
        stroke: Option<(Ink, f32)>,
        /// Whether the outline is dashed.
        dash: bool,
        /// From 0, unseen, to 1.
        alpha: f32,
    },
    /// A line of text.
    Text {
        /// Where.
        at: Point,
        /// What.
        text: String,
        /// How large.
        size: f32,
        /// In which colour.
        ink: Ink,
        /// Whether it is bold.
        bold: bool,
        /// Where it stands.
        align: Align,
        /// Whether the ground shines around it.
        halo: bool,
    },
    /// Many small squares of one colour.
    Dots {
        /// Their middles.
        points: Vec<Point>,
        /// Their side.
        size: f32,
        /// Their colour.
        ink: Ink,
    },
}

/// Something that can be pointed at: a disc, or all along a line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spot {
    /// Its middle, or one end.
    pub at: Point,
    /// The same, or the other end.
    pub to: Point,
    /// How far it reaches.
    pub radius: f32,
    /// What it is.
    pub what: Target,
}

impl Spot {
    fn is_line(&self) -> bool {
        self.at != self.to
    }

    /// How far a point is from it.
    fn distance(&self, point: Point) -> f32 {
        let (dx, dy) = (self.to.x - self.at.x, self.to.y - self.at.y);
        let along = (point.x - self.at.x) * dx + (point.y - self.at.y) * dy;
        let part = (along / (dx * dx + dy * dy).max(1e-6)).clamp(0.0, 1.0);
        self.at.towards(self.to, part).distance(point)
    }
}

/// A picture: marks from back to front.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scene {
    /// What to paint.
    pub marks: Vec<Mark>,
    /// What can be pointed at.
    pub spots: Vec<Spot>,
}

impl Scene {
    /// All that lies under a point: discs before lines, the nearest first, and of those that lie together the uppermost.
    #[must_use]
    pub fn hits(&self, point: Point) -> Vec<Target> {
        let mut near: Vec<(bool, f32, Target)> = self
            .spots
            .iter()
            .rev()
            .map(|spot| (spot.is_line(), spot.distance(point), spot))
            .filter(|(_, distance, spot)| *distance <= spot.radius)
            .map(|(line, distance, spot)| (line, distance, spot.what))
            .collect();
        arrange(&mut near, |(line, distance, _)| (*line, *distance));
        let mut all: Vec<Target> = Vec::with_capacity(near.len());
        for (.., target) in near {
            if !all.contains(&target) {
                all.push(target);
            }
        }
        all
    }

    /// A disc that can be pointed at.
    fn spot(&mut self, at: Point, radius: f32, what: Target) {
        let to = at;
        self.spots.push(Spot {
            at,
            to,
            radius,
            what,
        });
    }

    /// A line that can be pointed at.
    fn way(&mut self, at: Point, to: Point, radius: f32, what: Target) {
        self.spots.push(Spot {
            at,
            to,
            radius,
            what,
        });
    }

    /// Lays all of another scene over this one, and leaves it empty.
    fn add(&mut self, other: &mut Self) {
        self.marks.append(&mut other.marks);
        self.spots.append(&mut other.spots);
    }

    fn path(&mut self, segs: Vec<Seg>, fill: Option<Ink>, stroke: Option<(Ink, f32)>) -> &mut Mark {
        self.marks.push(Mark::Path {
            segs,
            fill,
            stroke,
            dash: false,
            alpha: 1.0,
        });
        let last = self.marks.len() - 1;
        &mut self.marks[last]
    }

    fn disc(
        &mut self,
        middle: Point,
        radius: f32,
        fill: Option<Ink>,
        stroke: Option<(Ink, f32)>,
    ) -> &mut Mark {
        self.path(vec![Seg::Arc(middle, radius, 0.0, TAU)], fill, stroke)
    }

    fn line(&mut self, from: Point, to: Point, ink: Ink, width: f32) -> &mut Mark {
        self.path(
            vec![Seg::Move(from), Seg::Line(to)],
            None,
            Some((ink, width)),
        )
    }

    fn polygon(
        &mut self,
        middle: Point,
        radius: f32,
        corners: &[(f32, f32)],
        fill: Option<Ink>,
        stroke: Option<(Ink, f32)>,
    ) -> &mut Mark {
        let mut segs: Vec<Seg> = corners
            .iter()
            .map(|(x, y)| Seg::Line(middle.plus(x * radius, y * radius)))
            .collect();
        if let Some(Seg::Line(first)) = segs.first().copied() {
            segs[0] = Seg::Move(first);
        }
        segs.push(Seg::Close);
        self.path(segs, fill, stroke)
    }

    fn text(&mut self, at: Point, text: impl Into<String>, size: f32, ink: Ink, align: Align) {
        self.marks.push(Mark::Text {
            at,
            text: text.into(),
            size,
            ink,
            bold: false,
            align,
            halo: true,
        });
    }

    fn bold(&mut self, at: Point, text: impl Into<String>, size: f32, ink: Ink) {
        self.marks.push(Mark::Text {
            at,
            text: text.into(),
            size,
            ink,
            bold: true,
            align: Align::Middle,
            halo: false,
        });
    }
}

impl Mark {
    fn faded(&mut self, to: f32) -> &mut Self {
        if let Self::Path { alpha, .. } = self {
            *alpha = to;
        }
        self
    }

    fn dashed(&mut self) -> &mut Self {
        if let Self::Path { dash, .. } = self {
            *dash = true;
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::at;
    use quorumscope_core::protocol::NodeId;

    #[test]
    fn a_disc_is_hit_before_the_line_that_it_lies_on() {
        let mut scene = Scene::default();
        let node = |id| Target::Node(NodeId(id));
        scene.way(at(0.0, 0.0), at(100.0, 0.0), 6.0, node(1));
        scene.spot(at(50.0, 4.0), 8.0, node(2));
        assert_eq!(scene.hits(at(50.0, 0.0)), [node(2), node(1)]);
        assert_eq!(scene.hits(at(20.0, 5.0)), [node(1)]);
        assert_eq!(scene.hits(at(20.0, 7.0)), []);
        assert_eq!(scene.hits(at(107.0, 0.0)), []);
    }
}
