//! What is to be painted, as values: marks in named colours.
//!
//! Scenes are pure functions of what there is to see and of the time; painting
//! them is the stage's business alone.

pub mod cut;

pub mod layout;

pub mod ring;

pub mod spacetime;

pub mod svg;

mod label;
mod node;

mod traffic;

use crate::actions::Target;
use std::f32::consts::TAU;

/// A point in CSS pixels from the top left.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Point {
    /// To the right.
    pub x: f32,
    /// Down.
    pub y: f32,
}

/// A point.
#[must_use]
pub const fn at(x: f32, y: f32) -> Point {
    Point { x, y }
}

impl Point {
    /// The point `part` of the way to another.
    #[must_use]
    pub fn towards(self, other: Self, part: f32) -> Self {
        at(
            self.x + (other.x - self.x) * part,
            self.y + (other.y - self.y) * part,
        )
    }

    /// This point, moved.
    #[must_use]
    pub fn plus(self, x: f32, y: f32) -> Self {
        at(self.x + x, self.y + y)
    }

    /// How far another is.
    #[must_use]
    pub fn distance(self, other: Self) -> f32 {
        (self.x - other.x).hypot(self.y - other.y)
    }
}

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

/// Something that can be pointed at.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spot {
    /// Its middle.
    pub at: Point,
    /// How far it reaches.
    pub radius: f32,
    /// What it is.
    pub what: Target,
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
    /// What lies under a point: the nearest spot that reaches it.
    #[must_use]
    pub fn hit(&self, point: Point) -> Option<Target> {
        let reach = |spot: &&Spot| spot.at.distance(point) <= spot.radius;
        let near = self.spots.iter().filter(reach);
        near.min_by(|a, b| {
            let (a, b) = (a.at.distance(point), b.at.distance(point));
            a.total_cmp(&b)
        })
        .map(|spot| spot.what)
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
