//! Fingers on a picture: one pans, two pinch, and one that stays where it is taps.

/// A finger that moves less than this still taps, in CSS pixels.
const SLOP: f32 = 6.0;
/// Two fingers closer than this pinch no further.
const CLOSEST: f32 = 24.0;

/// What the fingers mean.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Gesture {
    /// Nothing yet.
    None,
    /// The picture moves to the right by this many pixels.
    Pan(f32),
    /// The picture grows by a factor around a place, and moves to the right.
    Pinch(f32, f32, f32),
    /// Something was pointed at.
    Tap(f32, f32),
}

#[derive(Clone, Copy, Debug)]
struct Finger {
    id: i32,
    at: (f32, f32),
}

/// The fingers that are down.
#[derive(Clone, Debug, Default)]
pub struct Fingers {
    down: Vec<Finger>,
    start: (f32, f32),
    moved: bool,
}

impl Fingers {
    /// One comes down.
    pub fn down(&mut self, id: i32, x: f32, y: f32) {
        self.lost(id);
        self.moved = !self.down.is_empty();
        self.start = (x, y);
        self.down.push(Finger { id, at: (x, y) });
    }

    /// One moves.
    pub fn moved(&mut self, id: i32, x: f32, y: f32) -> Gesture {
        let before = self.spread();
        let Some(finger) = self.down.iter_mut().find(|finger| finger.id == id) else {
            return Gesture::None;
        };
        let from = std::mem::replace(&mut finger.at, (x, y));
        match (before, self.spread()) {
            (Some((middle, wide)), Some((now, wider))) => {
                Gesture::Pinch(wider / wide, now, now - middle)
            }
            _ if self.moved => Gesture::Pan(x - from.0),
            _ => {
                self.moved = (x - self.start.0).hypot(y - self.start.1) > SLOP;
                let way = if self.moved { x - self.start.0 } else { 0.0 };
                Gesture::Pan(way)
            }
        }
    }

    /// One is lifted.
    pub fn up(&mut self, id: i32, x: f32, y: f32) -> Gesture {
        let known = self.down.iter().any(|finger| finger.id == id);
        self.lost(id);
        if known && !self.moved {
            return Gesture::Tap(x, y);
        }
        Gesture::None
    }

    /// One is the browser's from now on.
    pub fn lost(&mut self, id: i32) {
        self.down.retain(|finger| finger.id != id);
    }

    /// The middle between two fingers across, and how far apart they are.
    fn spread(&self) -> Option<(f32, f32)> {
        let [a, b] = self.down.as_slice() else {
            return None;
        };
        let far = (a.at.0 - b.at.0).hypot(a.at.1 - b.at.1);
        Some(((a.at.0 + b.at.0) / 2.0, far.max(CLOSEST)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_finger_pans_once_it_has_moved_and_taps_if_not() {
        let mut fingers = Fingers::default();
        fingers.down(1, 100.0, 50.0);
        assert_eq!(fingers.moved(1, 103.0, 50.0), Gesture::Pan(0.0));
        assert_eq!(fingers.up(1, 103.0, 50.0), Gesture::Tap(103.0, 50.0));
        fingers.down(1, 100.0, 50.0);
        assert_eq!(fingers.moved(1, 110.0, 50.0), Gesture::Pan(10.0));
        assert_eq!(fingers.moved(1, 105.0, 50.0), Gesture::Pan(-5.0));
        assert_eq!(fingers.up(1, 105.0, 50.0), Gesture::None);
    }

    #[test]
    fn two_fingers_pinch_around_the_middle_between_them() {
        let mut fingers = Fingers::default();
        fingers.down(1, 100.0, 50.0);
        fingers.down(2, 200.0, 50.0);
        assert_eq!(
            fingers.moved(2, 300.0, 50.0),
            Gesture::Pinch(2.0, 200.0, 50.0)
        );
        assert_eq!(fingers.up(2, 300.0, 50.0), Gesture::None);
        assert_eq!(fingers.up(1, 100.0, 50.0), Gesture::None);
    }

    #[test]
    fn a_finger_that_the_browser_took_means_nothing() {
        let mut fingers = Fingers::default();
        fingers.down(7, 10.0, 10.0);
        fingers.lost(7);
        assert_eq!(fingers.moved(7, 90.0, 10.0), Gesture::None);
        assert_eq!(fingers.up(7, 10.0, 10.0), Gesture::None);
    }
}
