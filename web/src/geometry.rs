//! Points and lines on a picture, in CSS pixels from its top left.

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

/// Sine and cosine of an angle in radians; a browser brings its own.
#[must_use]
pub fn sin_cos(angle: f32) -> (f32, f32) {
    #[cfg(target_arch = "wasm32")]
    let pair = {
        let angle = f64::from(angle);
        (
            js_sys::Math::sin(angle) as f32,
            js_sys::Math::cos(angle) as f32,
        )
    };
    #[cfg(not(target_arch = "wasm32"))]
    let pair = angle.sin_cos();
    pair
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

/// A line that is drawn by hand.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stroke {
    /// From here.
    pub from: Point,
    /// To here.
    pub to: Point,
    /// Whether it began at a node: it joins two nodes, and does not cut.
    pub pull: bool,
}
