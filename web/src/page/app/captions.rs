//! What the caption says, and what screen readers are told.

use super::track::Telling;
use super::{ANNOUNCE_EVERY, App, RENDER_EVERY};
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
        if self.shout(wall) {
            return;
        }
        let pause = match self.playback.playing {
            true => ANNOUNCE_EVERY,
            false => RENDER_EVERY,
        };
        if wall - self.announced_at < pause {
            return;
        }
        let question = crate::words::puppet::question(self.view.asked(), &self.view.scenario);
        let told = || self.view.told.as_ref().map(|line| whole(line));
        self.say(wall, question.or_else(told).unwrap_or_default());
    }

    /// What broke since the last time is said before anything else.
    fn shout(&mut self, wall: f64) -> bool {
        let breaks = Rc::clone(&self.view.broken);
        let fresh = breaks
            .get(self.track.announced_breaks..)
            .unwrap_or_default();
        let says: Vec<String> = fresh.iter().map(|broken| whole(&broken.line)).collect();
        self.track.announced_breaks = breaks.len();
        if says.is_empty() {
            return false;
        }
        self.say(wall, says.join(" "));
        true
    }

    fn say(&mut self, wall: f64, text: String) {
        if *text != *self.announced {
            self.announced = text.into();
            self.announced_at = wall;
        }
    }
}

/// A line as it is read out: of a step or a break, the reason too.
fn whole(line: &Line) -> String {
    match (&line.why, line.tone) {
        (Some(why), Tone::Broken) => format!("{} {why}", line.text),
        _ => line.text.clone(),
    }
}
