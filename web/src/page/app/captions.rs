//! What the caption says, and what screen readers are told.

use super::{ANNOUNCE_EVERY, App, RENDER_EVERY};
use crate::run::knowledge::knows;
use crate::ui::Level;
use crate::words::narration::caption::{Broken, broken};
use crate::words::narration::story::Story;
use crate::words::narration::{Cast, Line, Tone};
use quorumscope_core::chronicle::Chronicle;
use quorumscope_core::trace::Event;
use std::rc::Rc;

/// So many of the last lines may be the caption.
const RECENT: usize = 8;

impl App {
    /// Chooses the caption; gives the breaks of promises back.
    pub(super) fn tell(&mut self) -> Rc<[Broken]> {
        let (so_far, through) = (self.present.events as usize, self.ui.through);
        let level = self.ui.level;
        let playing = self.playback.playing;
        let (recent, step, mut breaks) = self.session.lens().chronicle(|chronicle| {
            let cast = self.cast(chronicle);
            let shown = |event: &Event| through.is_none_or(|node| knows(event, node));
            let stepped = self.stepped && !playing;
            let step = stepped.then(|| {
                let at = |level| Story::new(cast, level, &shown).step(so_far);
                weightiest(at(level)).or_else(|| weightiest(at(Level::Paper)))
            });
            let recent = Story::new(cast, level, &shown).newest(so_far, RECENT);
            (recent, step.flatten(), broken(&cast))
        });
        if through.is_some() {
            breaks.clear();
        }
        match playing {
            true => self.teller.go_on(self.rendered_at, &recent, &breaks),
            false => {
                let newest = step.or(recent.into_iter().next_back());
                self.teller.jump(self.rendered_at, newest, &breaks);
            }
        }
        breaks.into()
    }

    fn cast<'a>(&'a self, run: &'a Chronicle) -> Cast<'a> {
        Cast {
            scenario: &self.scenario,
            promises: &self.present.promises,
            run: Some(run),
            idle: &self.present.idle,
        }
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
        let fresh = breaks.get(self.shouted..).unwrap_or_default();
        let says: Vec<String> = fresh.iter().map(|broken| whole(&broken.line)).collect();
        self.shouted = breaks.len();
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

/// What matters most of what one step did: all that it broke, or else the last thing that it led to.
fn weightiest(lines: Vec<Line>) -> Option<Line> {
    let last = lines.last().cloned()?;
    let mut broken = lines.into_iter().filter(|line| line.tone == Tone::Broken);
    let Some(mut first) = broken.next() else {
        return Some(last);
    };
    for line in broken {
        first.text.push(' ');
        first.text.push_str(&line.text);
        first.told.extend(line.told);
        first.last = line.last;
    }
    Some(first)
}
