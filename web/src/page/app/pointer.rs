//! The hand on the pictures: pointing, panning, pinching, and a line drawn across the ring.

use super::App;
use crate::browser::theme::{self, Theme};
use crate::geometry::Stroke;
use crate::geometry::{Point, at};
use crate::page::actions::{Action, Change, Look, Pointer, Travel};
use crate::page::gesture::Gesture;
use crate::scene::cut;
use crate::scene::layout::zoom;
use crate::scene::spacetime::Window;
use crate::ui::{Mark, Panel, Picture, Target, Touch};
use quorumscope_core::protocol::NodeId;

/// Where all is one column, as the style sheet has it.
const NARROW: &str = "(max-width: 60rem)";
/// From this width on there is room for two pictures side by side, in pixels of usual text.
const WIDE: f32 = 1_200.0;

impl App {
    /// A finger on a picture; true when the tree is to hear of it at once.
    pub(super) fn finger(
        &mut self,
        picture: Picture,
        touch: Touch,
        (id, finger): (i32, bool),
        to: (f32, f32),
    ) -> bool {
        let (x, y) = to;
        let gesture = match touch {
            Touch::Down => {
                self.fingers.down(id, x, y);
                self.begin_stroke(picture, finger, at(x, y));
                return false;
            }
            Touch::Move => self.fingers.moved(id, x, y),
            Touch::Up => self.fingers.up(id, x, y),
            Touch::Lost => {
                self.fingers.lost(id);
                self.ui.stroke = None;
                Gesture::None
            }
        };
        match (picture, gesture) {
            (Picture::Ring, Gesture::Tap(x, y)) => self.poke(x, y),
            (Picture::Diagram, Gesture::Tap(x, y)) => self.poke_diagram(x, y),
            (Picture::Ring, _) => return self.draw(touch, x, y),
            (Picture::Diagram, gesture) => {
                self.slide(gesture);
                return false;
            }
        }
        self.ui.stroke = None;
        true
    }

    /// A line that begins at a node joins it to another; one that begins beside them cuts the ring.
    fn begin_stroke(&mut self, picture: Picture, finger: bool, spot: Point) {
        // A finger scrolls the page, unless it was said that it cuts.
        let may = !self.ui.embed && !self.ui.locked && (self.ui.cutting || !finger);
        let draws = may && picture == Picture::Ring;
        let places = self.view.places();
        let held = places.at(spot).map(|(_, place)| place.at);
        self.ui.stroke = draws.then_some(Stroke {
            from: held.unwrap_or(spot),
            to: spot,
            pull: held.is_some(),
        });
    }

    /// A line across the ring goes on, or is done and cuts it.
    fn draw(&mut self, touch: Touch, x: f32, y: f32) -> bool {
        let Some(stroke) = &mut self.ui.stroke else {
            return false;
        };
        stroke.to = at(x, y);
        if touch != Touch::Up {
            return false;
        }
        let stroke = *stroke;
        self.ui.stroke = None;
        if stroke.pull {
            self.join(stroke);
            return true;
        }
        let sides = cut::sides(stroke, &self.view.places(), self.track.present.servers());
        if let Some(sides) = sides {
            self.ui.cutting = false;
            self.carry_out(Action::Change(Change::Part(sides)));
        }
        true
    }

    /// A line was pulled from one node to another: that link is selected, and what can be done to it shown.
    fn join(&mut self, stroke: Stroke) {
        let places = self.view.places();
        let node = |spot| places.at(spot).map(|(index, _)| NodeId(index as u16));
        if let (Some(from), Some(to)) = (node(stroke.from), node(stroke.to))
            && from != to
        {
            self.ui.cutting = false;
            self.select(Some(Target::Link(from, to)));
            self.menu(Some(stroke.to));
        }
    }

    /// Opens the menu of what can be done; time waits until it closes.
    pub(super) fn menu(&mut self, place: Option<Point>) {
        if place.is_some() && (self.ui.embed || self.ui.locked) {
            return;
        }
        self.ui.menu = place;
        match place {
            Some(_) => {
                self.held |= self.playback.playing;
                self.playback.set_playing(false);
            }
            None if std::mem::take(&mut self.held) => self.playback.set_playing(true),
            None => {}
        }
    }

    /// The menu opens at the selected node, or in a corner of the stage.
    pub(super) fn menu_here(&mut self) {
        let places = self.view.places();
        let node = self
            .track
            .focus
            .1
            .node
            .filter(|_| self.ui.selected.is_some());
        let place = node.and_then(|node| places.nodes.get(node.index()));
        let corner = at(12.0, places.size.1 - 48.0);
        self.menu(Some(place.map_or(corner, |place| place.at)));
    }

    /// What can be done at a place of a picture?
    pub(super) fn ask(&mut self, picture: Picture, x: f32, y: f32) {
        let scale = self.scale_of(picture);
        let (x, y) = (x / scale, y / scale);
        self.ui.stroke = None;
        self.fingers = Default::default();
        let target = self.painter.under(picture, x, y, None);
        self.select(target);
        let place = match picture {
            Picture::Ring => at(x, y),
            // The stage lies above the diagram.
            Picture::Diagram => at(x * scale / self.ui.scale, self.ui.stage.1),
        };
        self.menu(Some(place));
    }

    /// The pointer is over a picture: what is under it is lit in all of them.
    pub(super) fn over(&mut self, picture: Picture, place: Option<(f32, f32)>) -> bool {
        let scale = self.scale_of(picture);
        let under =
            place.and_then(|(x, y)| self.painter.under(picture, x / scale, y / scale, None));
        if under == self.ui.pointed {
            return false;
        }
        self.ui.pointed = under;
        self.painter.show_pointer(picture, under.is_some());
        self.look_closely();
        false
    }

    /// Fingers move the diagram under them.
    fn slide(&mut self, gesture: Gesture) {
        let width = self.painter.diagram_width();
        let part = |way: f32| -(Window::part(way, width) - Window::part(0.0, width));
        match gesture {
            Gesture::Pan(way) if way != 0.0 => self.look_elsewhere(&Pointer::Pan(part(way))),
            Gesture::Pinch(factor, x, way) => {
                let around = Some(x * self.ui.text);
                self.look_elsewhere(&Pointer::Zoom(1.0 / f64::from(factor), around));
                self.look_elsewhere(&Pointer::Pan(part(way)));
            }
            _ => {}
        }
    }

    /// Another part of the run in the diagram.
    pub(super) fn look_elsewhere(&mut self, pointer: &Pointer) {
        let here = self.ui.window.at(self.track.session.now());
        let width = self.painter.diagram_width();
        self.ui.window = match *pointer {
            Pointer::Pan(part) => here.moved(part),
            Pointer::Zoom(factor, around) => {
                let under = around.map(|x| Window::part(x / self.ui.text, width));
                Window {
                    follow: here.follow && under.is_none(),
                    ..here.zoomed(factor, under.unwrap_or(Window::PRESENT))
                }
            }
            _ => here,
        };
    }

    /// With the knife comes the form that says the same in words.
    pub(super) fn take_up_the_knife(&mut self, on: bool) {
        self.ui.cutting = on;
        self.ui.stroke = None;
        if on {
            self.ui.panel = Panel::Break;
            self.ui.fault = Some("partition");
        }
    }

    /// Marks the span that play goes round in; a span that ends before it begins is turned.
    pub(super) fn mark(&mut self, mark: Mark) {
        let now = Some(self.track.session.now());
        let round = &mut self.ui.round;
        match (mark, *round) {
            (Mark::In, _) | (Mark::Next, (None, None)) => round.0 = now,
            (Mark::Out, _) | (Mark::Next, (_, None)) => round.1 = now,
            _ => *round = (None, None),
        }
        if let (Some(from), Some(to)) = *round {
            *round = (Some(from.min(to)), Some(from.max(to)));
            if from == to {
                round.1 = None;
            }
        }
    }

    pub(super) fn resized(&mut self, w: f32, h: f32) {
        // The page's text may have grown along with it.
        self.painter.change_clothes();
        let text = Theme::read().map_or(1.0, |theme| theme.scale);
        self.ui.text = text;
        self.ui.wide = w / text >= WIDE;
        self.ui.narrow = theme::prefers(NARROW);
        self.ui.scale = text;
        self.ui.stage = (w / text, h / text);
        self.fit_picture();
    }

    /// A large stage has a large picture.
    pub(super) fn fit_picture(&mut self) {
        let grown = self.ui.scale / self.ui.text;
        let size = (self.ui.stage.0 * grown, self.ui.stage.1 * grown);
        let zoom = zoom(size, &self.track.scenario.cast);
        self.ui.scale = self.ui.text * zoom;
        self.ui.stage = (size.0 / zoom, size.1 / zoom);
    }

    /// How many CSS pixels one of a picture's is.
    pub(super) fn scale_of(&self, picture: Picture) -> f32 {
        match picture {
            Picture::Ring => self.ui.scale,
            Picture::Diagram => self.ui.text,
        }
    }

    fn poke(&mut self, x: f32, y: f32) {
        self.menu(None);
        let target = self.painter.under(Picture::Ring, x, y, self.ui.selected);
        self.select(target);
        if self.ui.selected.is_some() && !self.aim() {
            self.ui.panel = Panel::Inspect;
        }
    }

    /// What is selected goes into the form that is open, and the form stays; false if none is.
    pub(super) fn aim(&mut self) -> bool {
        let open = self.ui.panel == Panel::Break && self.ui.fault.is_some();
        if open && self.ui.selected.is_some() {
            self.refused = None;
            self.carry_out(Action::Look(Look::Aim));
        }
        open
    }

    /// What is pointed at in the diagram is selected, and time goes there.
    fn poke_diagram(&mut self, x: f32, y: f32) {
        self.menu(None);
        let last = self.ui.selected;
        let Some(target) = self.painter.under(Picture::Diagram, x, y, last) else {
            if Window::part(x, self.painter.diagram_width()) < 0.0 {
                return;
            }
            let window = self.ui.window.at(self.track.session.now());
            let width = self.painter.diagram_width();
            return self.travel(&Travel::Seek(window.instant(x, width)));
        };
        self.select(Some(target));
        self.look_closely();
        if self.aim() {
            return;
        }
        self.ui.panel = Panel::Inspect;
        if let Some((event, _)) = self.track.focus.1.event {
            self.travel(&Travel::GoTo(event));
        }
    }
}
