//! The hand on the pictures: pointing, panning, pinching, and a line drawn across the ring.

use super::App;
use crate::actions::{Action, Mark, Panel, Picture, Target, Touch};
use crate::gesture::Gesture;
use crate::scene::spacetime::Window;
use crate::scene::{at, cut};
use crate::theme::Theme;
use crate::view::Stroke;

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
                let spot = at(x, y);
                // A finger scrolls the page, unless it was said that it cuts.
                let may = !self.ui.embed && !self.ui.locked && (self.ui.cutting || !finger);
                let draws = may && picture == Picture::Ring;
                self.ui.stroke = draws.then_some(Stroke {
                    from: spot,
                    to: spot,
                });
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
        let sides = cut::sides(stroke, &self.view.places(), self.present.replicas);
        if let Some(sides) = sides {
            self.ui.cutting = false;
            self.change(Action::Part(sides));
        }
        true
    }

    /// Fingers move the diagram under them.
    fn slide(&mut self, gesture: Gesture) {
        let width = self.painter.diagram_width();
        let part = |way: f32| -(Window::part(way, width) - Window::part(0.0, width));
        match gesture {
            Gesture::Pan(way) if way != 0.0 => self.look_elsewhere(&Action::Pan(part(way))),
            Gesture::Pinch(factor, x, way) => {
                let around = Some(x * self.ui.scale);
                self.look_elsewhere(&Action::Zoom(1.0 / f64::from(factor), around));
                self.look_elsewhere(&Action::Pan(part(way)));
            }
            _ => {}
        }
    }

    /// Another part of the run in the diagram.
    pub(super) fn look_elsewhere(&mut self, action: &Action) {
        let here = self.ui.window.at(self.session.now());
        let width = self.painter.diagram_width();
        self.ui.window = match *action {
            Action::Pan(part) => here.moved(part),
            Action::Zoom(factor, around) => {
                let under = around.map(|x| Window::part(x / self.ui.scale, width));
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
        let now = Some(self.session.now());
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
        self.ui.scale = Theme::read().map_or(1.0, |theme| theme.scale);
        self.ui.stage = (w / self.ui.scale, h / self.ui.scale);
    }

    fn poke(&mut self, x: f32, y: f32) {
        self.ui.selected = self.painter.under(x, y);
        if self.ui.selected.is_some() {
            self.ui.panel = Panel::Inspect;
        }
    }

    fn poke_diagram(&mut self, x: f32, y: f32) {
        let found = self.painter.under_diagram(x, y);
        match found {
            Some(Target::Event(event)) => {
                self.ui.selected = found;
                self.ui.panel = Panel::Inspect;
                self.travel(&Action::GoTo(event));
            }
            Some(target) => {
                self.ui.selected = Some(target);
                self.ui.panel = Panel::Inspect;
            }
            None => {
                let window = self.ui.window.at(self.session.now());
                let width = self.painter.diagram_width();
                self.travel(&Action::Seek(window.instant(x, width)));
            }
        }
    }
}
