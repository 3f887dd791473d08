//! What each action does.

use super::{AHEAD_MS, App, FLASH_MS, RENDER_EVERY, SLICE_MS, clock, later};
use crate::browser::theme;
use crate::browser::window::{self, deadline};
use crate::edit::setup::typical;
use crate::geometry::at;
use crate::page::actions::{Action, Change, Look, Outside, Pointer, Tempo, Travel};
use crate::page::opening::fitting_speed;
use crate::page::view::View;
use crate::run::passing::{Rounds, Stop, pass};
use crate::run::playback::Pace;
use crate::scene::spacetime::Window;
use crate::ui::{Panel, Way};
use quorumscope_core::time::{Span, Time};
use std::rc::Rc;

impl App {
    /// Carries out an action; true when the tree is to hear of it.
    pub(super) fn react(&mut self, action: Action) -> bool {
        match action {
            Action::Travel(travel) => self.travel(&travel),
            Action::Tempo(tempo) => self.tempo(&tempo),
            Action::Change(Change::Undo) => self.turn(true),
            Action::Change(Change::Redo) => self.turn(false),
            Action::Change(_) | Action::Look(Look::Aim) => self.leave_to_later(action),
            Action::Look(look) => self.look(look),
            Action::Pointer(pointer) => return self.point(pointer),
            Action::Outside(outside) => return self.come_from_outside(outside),
        }
        true
    }

    fn point(&mut self, pointer: Pointer) -> bool {
        match pointer {
            Pointer::Finger(picture, touch, id, x, y) => {
                let scale = self.scale_of(picture);
                return self.finger(picture, touch, id, (x / scale, y / scale));
            }
            Pointer::Pan(_) | Pointer::Zoom(..) => {
                self.look_elsewhere(&pointer);
                return false;
            }
            Pointer::Over(picture, place) => return self.over(picture, place),
            Pointer::Ask(picture, x, y) => self.ask(picture, x, y),
            Pointer::Hover(under) => {
                self.ui.under = under;
                return !self.playback.playing;
            }
        }
        true
    }

    fn come_from_outside(&mut self, outside: Outside) -> bool {
        match outside {
            Outside::Frame(wall) => return self.frame(wall),
            Outside::Resized(w, h) => self.resized(w, h),
            Outside::Heard(..) | Outside::Address => self.leave_to_later(Action::Outside(outside)),
            Outside::Arrived(here) => self.arrived(here),
            Outside::Fetch => {}
        }
        true
    }

    /// Time: where the run stands.
    pub(super) fn travel(&mut self, travel: &Travel) {
        self.playback.settle();
        self.asked = false;
        self.stepped = matches!(travel, Travel::Step(..) | Travel::GoTo(_));
        match *travel {
            Travel::Toggle => self.toggle(),
            Travel::Step(unit, way, times) => {
                self.playback.set_playing(false);
                self.track.session.step(unit, way, times);
            }
            Travel::Seek(at) => self.track.session.seek(at),
            Travel::GoTo(event) => {
                self.playback.set_playing(false);
                self.track.session.go_to(event);
            }
            Travel::Tenth(tenth) => {
                let whole = self.track.session.horizon().0.0;
                self.track.session.seek(Time(whole / 10 * u64::from(tenth)));
            }
            Travel::End => {
                self.playback.set_playing(false);
                self.track.session.seek(self.track.scenario.until);
            }
            Travel::Restart => self.track.session.seek(Time::ZERO),
        }
        self.pursue();
    }

    fn toggle(&mut self) {
        let playing = !self.playback.playing;
        if playing && self.track.session.due().is_none() {
            self.track.session.seek(Time::ZERO);
        }
        self.playback.set_playing(playing);
    }

    fn tempo(&mut self, tempo: &Tempo) {
        self.speed_by_hand = true;
        match *tempo {
            Tempo::Speed(speed) => self.playback.set_speed(speed),
            Tempo::Rate(rate) => self.playback.set_rate(rate),
            Tempo::Notch(way) => self.playback.notch(way == Way::On),
            Tempo::OtherPace => {
                self.playback.pace = match self.playback.pace {
                    Pace::Steady => Pace::Events,
                    Pace::Events => Pace::Steady,
                };
                self.playback.settle();
            }
            Tempo::SetPace(pace) => {
                self.playback.pace = pace;
                self.playback.settle();
            }
        }
    }

    /// The page itself: what is open, selected and worn.
    fn look(&mut self, look: Look) {
        match look {
            Look::Select(target) => {
                self.ui.cutting &= target.is_some();
                self.ui.stroke = None;
                if target.is_none() && self.ui.menu.is_some() {
                    return self.menu(None);
                }
                self.select(target);
                self.aim();
            }
            Look::Back => self.ui.selected = self.ui.before.pop(),
            Look::Open(panel) => self.ui.panel = panel,
            Look::Choose(fault) => {
                self.ui.fault = fault;
                self.ui.draft = None;
                self.refused = None;
            }
            Look::Fill(fault, draft) => {
                self.menu(None);
                self.ui.panel = Panel::Break;
                self.ui.fault = Some(fault);
                self.ui.draft = Some(draft);
                self.refused = None;
            }
            Look::Row(row) => self.ui.row = row,
            Look::Write(draft) => {
                self.ui.draft = Some(draft);
                self.refused = None;
            }
            Look::Column(last) => self.ui.column = last,
            Look::StepBy(unit) => self.ui.unit = unit,
            Look::Carry(carried) => {
                self.ui.carried = carried.map(|(fault, x, y)| (fault, at(x, y)));
            }
            Look::ShowDeck(deck) => self.ui.deck = deck,
            Look::Bring(place) => super::window::bring(place),
            Look::Show(dialog) => self.ui.dialog = dialog,
            Look::SetLevel(level) => self.ui.level = level,
            Look::SetTheme(chosen) => {
                self.ui.theme = chosen;
                theme::wear(chosen);
                self.painter.change_clothes();
            }
            Look::Letters(on) => {
                self.ui.letters = on;
                self.browser.letters_are_keys(on);
            }
            Look::Through(node) => self.ui.through = node,
            Look::Follow(follow) => {
                let here = self.ui.window.at(self.track.session.now());
                self.ui.window = Window { follow, ..here };
            }
            Look::Cut(on) => self.take_up_the_knife(on),
            Look::Mark(mark) => self.mark(mark),
            Look::Project(on) => {
                self.ui.projector = on;
                theme::project(on);
                self.painter.change_clothes();
            }
            Look::Leave => self.editing = None,
            Look::Menu(place) => self.menu(place.map(|(x, y)| at(x, y))),
            Look::MenuHere => self.menu_here(),
            Look::Tell(notice) => self.notice = notice,
            Look::Aim => {}
        }
    }

    /// What somebody begins and the later part carries out; what was open on the stage is over.
    fn leave_to_later(&mut self, action: Action) {
        self.ui.cutting &= !matches!(action, Action::Change(Change::Order(_)));
        self.ui.carried = None;
        self.carry_out(action);
        self.menu(None);
    }

    /// The later part carries this out, at once or when it comes.
    pub(super) fn carry_out(&mut self, action: Action) {
        match later::here() {
            Some(part) => part.carry_out(self, action),
            None => self.waiting.push(action),
        }
    }

    fn arrived(&mut self, here: bool) {
        self.alone = !here;
        let Some(part) = later::here() else {
            return;
        };
        if self.unread {
            // The page opened without what this address asks for: once more, with all of it.
            return window::reload();
        }
        part.name(self);
        for action in std::mem::take(&mut self.waiting) {
            part.carry_out(self, action);
        }
    }

    fn turn(&mut self, back: bool) {
        self.stepped = false;
        self.editing = None;
        if back {
            self.track.session.undo();
        } else {
            self.track.session.redo();
        }
        self.pursue();
        self.opened();
    }

    /// After a change of the run: looks ahead, and takes the new scenario in.
    pub(super) fn opened(&mut self) {
        let before = typical(&self.track.scenario.latency);
        let stop = deadline(AHEAD_MS);
        self.track.opened(&mut || !stop.passed());
        let scenario = &self.track.scenario;
        let pace = typical(&scenario.latency);
        if pace != before && !self.speed_by_hand {
            self.playback.set_speed(fitting_speed(scenario));
        }
        if pace != before {
            self.ui.window = Window::following(pace.0 as f64 * 12.0);
        }
        self.playback.settle();
        self.fit_picture();
        if let Some(part) = later::here() {
            part.name(self);
        }
    }

    pub(super) fn pursue(&mut self) {
        let stop = deadline(SLICE_MS * 2.0);
        self.track.session.pursue(&mut || !stop.passed());
    }

    /// One frame: time passes, the stage is painted; true when the tree is to hear of it.
    fn frame(&mut self, wall: f64) -> bool {
        self.browser.frame_came(wall);
        let (elapsed, stop) = (self.playback.frame(wall), deadline(SLICE_MS));
        let rounds = Rounds {
            stretch: self.ui.round,
            looping: self.looping,
            watched: self.ui.locked,
        };
        let (session, playback) = (&mut self.track.session, &mut self.playback);
        let stopped = pass(session, playback, &rounds, elapsed, &mut || !stop.passed());
        self.asked |= stopped == Some(Stop::Asked);
        if stopped.is_some() {
            self.playback.set_playing(false);
        }
        self.paint();
        self.announce(wall);
        let due = wall - self.rendered_at >= RENDER_EVERY || wall < self.rendered_at;
        let show = due && self.stale();
        if show {
            self.rendered_at = wall;
        }
        show
    }

    /// Paints the run as it is now.
    pub(super) fn paint(&mut self) {
        self.look_again();
        self.painter.paint(&self.track, &self.playback, &self.ui);
    }

    /// Whether the tree shows something that is no longer so.
    fn stale(&self) -> bool {
        self.track.is_stale()
            || self.view.present.now != self.track.session.now()
            || self.view.clock.playing != self.playback.playing
            || self.view.clock.busy != self.track.session.busy()
            || self.view.announced != *self.announcer.text()
            || self.view.ui != self.ui
    }

    /// Takes in what changed about the run since it was last looked at.
    fn look_again(&mut self) {
        let changed = self.track.look_again(self.recent());
        let focus = self.track.focus.1;
        // A message that lands is seen to at once; all else keeps until the tree is drawn anew.
        if changed && focus.transit.is_some() && focus.came.is_none() {
            self.look_closely();
        }
    }

    fn recent(&self) -> Span {
        Span((FLASH_MS * self.playback.micros_per_ms()) as u64)
    }

    /// Whether another frame is worth asking for.
    pub(super) fn restless(&self) -> bool {
        let at_work = self.playback.playing || self.track.session.busy();
        at_work || self.announcer.waits() || self.browser.has_to_write() || self.stale()
    }

    /// Makes a new view of everything, for the tree.
    pub(super) fn refresh(&mut self) {
        if !self.track.linked
            && self.track.session.end().is_some()
            && let Some(part) = later::here()
        {
            part.end_is_known(self);
        }
        self.track.refresh(self.recent());
        self.look_closely();
        if let Some(part) = later::here() {
            part.look_up(self);
        }
        let broken = later::here().map_or_else(|| [].into(), |part| part.tell(self));
        let track = &self.track;
        let (can_undo, can_redo) = track.session.can_undo_redo();
        self.view = Rc::new(View {
            version: self.view.version + 1,
            present: Rc::clone(&track.present),
            scenario: Rc::clone(&track.scenario),
            reader: track.session.reader(),
            ghost: track.session.ghost(),
            ticks: track.marks.ticks().into(),
            can_undo,
            can_redo,
            preset: track.preset,
            link: Rc::clone(&track.link),
            clock: clock(&track.session, &self.playback),
            ui: self.ui.clone(),
            notice: self.notice.clone(),
            refused: self.refused.clone(),
            announced: Rc::clone(self.announcer.text()),
            told: track.teller.line().cloned().map(Rc::new),
            broken,
            focus: track.focus.1,
            details: track.details.clone(),
            heard: track.heard.clone(),
        });
    }
}
