//! What screen readers are told, at a pace that they can follow.

use std::rc::Rc;

/// The least milliseconds between two announcements while time runs.
const PAUSE_PLAYING: f64 = 4_000.0;
/// The least milliseconds between two announcements while it stands still.
const PAUSE_STILL: f64 = 100.0;

/// What was announced last, and what waits for its turn.
#[derive(Default)]
pub(super) struct Announcer {
    text: Rc<str>,
    /// Wall time of the last announcement, in milliseconds; none so far if absent.
    at: Option<f64>,
    waits: bool,
}

impl Announcer {
    /// What is announced.
    pub(super) fn text(&self) -> &Rc<str> {
        &self.text
    }

    /// Whether something is still to be announced, when enough time has passed.
    pub(super) fn waits(&self) -> bool {
        self.waits
    }

    /// Announces something at once.
    pub(super) fn interrupt(&mut self, wall: f64, text: String) {
        self.waits = false;
        self.text = text.into();
        self.at = Some(wall);
    }

    /// Announces what the caption says, or lets it wait; what was said in the last announcement is not said again.
    pub(super) fn tell(&mut self, wall: f64, playing: bool, text: String) {
        self.waits = !self.text.contains(&text) || text.is_empty() != self.text.is_empty();
        let pause = if playing { PAUSE_PLAYING } else { PAUSE_STILL };
        let may = self.at.is_none_or(|at| wall - at >= pause || wall < at);
        if self.waits && may {
            self.interrupt(wall, text);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_right_after_an_announcement_is_announced_too() {
        let mut announcer = Announcer::default();
        announcer.tell(1_000.0, false, "First.".into());
        announcer.tell(1_030.0, false, "Second.".into());
        assert_eq!(&**announcer.text(), "First.");
        assert!(announcer.waits(), "frames go on until it is said");
        announcer.tell(1_120.0, false, "Second.".into());
        assert_eq!((&**announcer.text(), announcer.waits()), ("Second.", false));
    }

    #[test]
    fn what_runs_is_told_at_a_slower_pace_and_a_break_at_once() {
        let mut announcer = Announcer::default();
        announcer.tell(0.0, true, "First.".into());
        announcer.tell(3_000.0, true, "Second.".into());
        assert_eq!(&**announcer.text(), "First.");
        announcer.interrupt(3_100.0, "A promise is broken.".into());
        announcer.tell(3_200.0, false, "A promise is broken.".into());
        assert_eq!(&**announcer.text(), "A promise is broken.");
        assert!(!announcer.waits(), "it was said");
    }

    #[test]
    fn nothing_to_say_empties_it() {
        let mut announcer = Announcer::default();
        announcer.tell(0.0, false, "First.".into());
        announcer.tell(200.0, false, String::new());
        assert_eq!((&**announcer.text(), announcer.waits()), ("", false));
    }
}
