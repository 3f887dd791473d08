//! What the caption says, and what screen readers are told.

use super::App;
use super::track::Telling;
use crate::words::narration::caption::Broken;
use crate::words::narration::{Line, Tone};
use std::rc::Rc;

impl App {
    /// Chooses the caption; gives the breaks of promises back.
    pub(super) fn tell(&mut self) -> Rc<[Broken]> {
        self.track.tell(&Telling {
            level: self.ui.level,
            through: self.ui.through,
            playing: self.playback.playing,
            stepped: self.stepped,
            wall: self.rendered_at,
        })
    }

    /// Tells screen readers what the caption says, at a pace that they can follow; a broken promise at once.
    pub(super) fn announce(&mut self, wall: f64) {
        let breaks = self.fresh_breaks();
        if !breaks.is_empty() {
            return self.announcer.interrupt(wall, breaks);
        }
        let question = crate::words::puppet::question(self.view.asked(), &self.view.scenario);
        let told = || self.view.told.as_ref().map(|line| whole(line));
        let text = question.or_else(told).unwrap_or_default();
        self.announcer.tell(wall, self.playback.playing, text);
    }

    /// What broke since the last time, in words.
    fn fresh_breaks(&mut self) -> String {
        let breaks = &self.view.broken;
        let fresh = breaks.get(self.track.announced_breaks..);
        let says = fresh.unwrap_or_default().iter();
        let says: Vec<String> = says.map(|broken| whole(&broken.line)).collect();
        self.track.announced_breaks = breaks.len();
        says.join(" ")
    }
}

/// A line as it is read out: of a step or a break, the reason too.
fn whole(line: &Line) -> String {
    match (&line.why, line.tone) {
        (Some(why), Tone::Broken) => format!("{} {why}", line.text),
        _ => line.text.clone(),
    }
}
