//! What is selected, worked out for the pictures; what is heard, and what a message says.

use super::{App, later};
use crate::ui::{Panel, Target};

impl App {
    /// Works out anew what pictures light, after a change of the run or of what is selected.
    pub(super) fn look_closely(&mut self) {
        self.track.light(self.ui.pointed.or(self.ui.selected));
        if let Some(part) = later::here() {
            part.listen(self);
        }
    }

    /// Hears what the node has heard that the run is seen through.
    pub(super) fn listen(&mut self) {
        self.track.listen(self.ui.through);
    }

    /// Selects something, and remembers what was selected before.
    pub(super) fn select(&mut self, target: Option<Target>) {
        /// The most selections to remember.
        const STEPS: usize = 50;
        let before = std::mem::replace(&mut self.ui.selected, target);
        if let Some(before) = before.filter(|_| before != target) {
            self.ui.before.push(before);
            if self.ui.before.len() > STEPS {
                self.ui.before.remove(0);
            }
        }
        self.ui.pointed = None;
    }

    /// Looks up all about the message that is selected, if that is to be seen.
    pub(super) fn look_up(&mut self) {
        let seen = self.ui.panel == Panel::Inspect;
        self.track.look_up(self.ui.selected.filter(|_| seen));
    }
}
