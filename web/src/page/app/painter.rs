//! Makes scenes of what there is to see and has the stage paint them.

use super::later;
use super::track::Track;
use crate::browser::canvas::SceneCanvas;
use crate::browser::theme::Theme;
use crate::geometry::at;
use crate::page::ring_painter::{RingPainter, hang};
use crate::page::view::Ui;
use crate::run::playback::Playback;
use crate::scene::Scene;
use crate::scene::ring_view::RingView;
use crate::scene::spacetime::Sources;
use crate::ui::{Deck, Picture, Target};
use web_sys::HtmlCanvasElement;
use yew::NodeRef;

/// The canvases, what they show, and how they look.
#[derive(Default)]
pub(super) struct Painter {
    pub(super) ring_canvas: NodeRef,
    pub(super) diagram_canvas: NodeRef,
    ring: RingPainter,
    diagram: Option<SceneCanvas>,
    theme: Option<Theme>,
    diagram_scene: Scene,
}

impl Painter {
    /// Takes the canvases that the tree holds now.
    pub(super) fn hang(&mut self) {
        self.ring.hang(self.ring_canvas.cast());
        hang(&mut self.diagram, self.diagram_canvas.cast());
    }

    /// Colours changed.
    pub(super) fn change_clothes(&mut self) {
        self.theme = None;
    }

    pub(super) fn paint(&mut self, track: &Track, playback: &Playback, ui: &Ui) {
        if self.theme.is_none() {
            self.theme = Theme::read();
        }
        self.paint_ring(track, playback, ui);
        if ui.deck.has(Deck::SpaceTime) {
            self.paint_diagram(track, ui);
        }
    }

    fn paint_ring(&mut self, track: &Track, playback: &Playback, ui: &Ui) {
        let Some(theme) = &self.theme else {
            return;
        };
        let ring_view = RingView {
            now: track.session.now(),
            reduced_motion: ui.reduced_motion,
            flash: super::FLASH_MS * playback.micros_per_ms(),
            focus: track.focus.1,
            stroke: ui.stroke,
            through: ui.through.zip(track.heard.as_deref()),
        };
        self.ring.paint(&track.present, &ring_view, theme);
    }

    fn paint_diagram(&mut self, track: &Track, ui: &Ui) {
        // The diagram is drawn once the later part is there.
        let (Some(stage), Some(theme), Some(drawn)) = (&self.diagram, &self.theme, later::here())
        else {
            return;
        };
        let size = stage.size(theme.scale);
        if size.0 < 1.0 || size.1 < 1.0 {
            return;
        }
        let session = &track.session;
        let (ghost, parted) = (session.ghost(), session.parted());
        let draw = |ghost: Option<&quorumscope_core::chronicle::Chronicle>| {
            session.reader().chronicle(|chronicle| {
                let sources = Sources {
                    present: &track.present,
                    chronicle,
                    ghost,
                    now: session.now(),
                    marks: &track.marks,
                    scenario: &track.scenario,
                    parted,
                    focus: track.focus.1,
                    through: ui.through,
                };
                drawn.diagram(&sources, ui.window, size)
            })
        };
        self.diagram_scene = match ghost {
            Some(ghost) => ghost.chronicle(|chronicle| draw(Some(chronicle))),
            None => draw(None),
        };
        stage.paint(&self.diagram_scene, theme, theme.scale);
    }

    /// What lies under a point of a picture; of several things, the one after `last`.
    pub(super) fn under(
        &self,
        picture: Picture,
        x: f32,
        y: f32,
        last: Option<Target>,
    ) -> Option<Target> {
        let scene = match picture {
            Picture::Ring => self.ring.scene(),
            Picture::Diagram => &self.diagram_scene,
        };
        let all = scene.hits(at(x, y));
        let after = last.and_then(|last| all.iter().position(|target| *target == last));
        let next = after.map_or(0, |place| (place + 1) % all.len());
        all.get(next).copied()
    }

    /// Shows by the pointer's shape that there is something under it.
    pub(super) fn show_pointer(&self, picture: Picture, over: bool) {
        let canvas = match picture {
            Picture::Ring => &self.ring_canvas,
            Picture::Diagram => &self.diagram_canvas,
        };
        if let Some(canvas) = canvas.cast::<HtmlCanvasElement>() {
            canvas.set_class_name(if over { "over" } else { "" });
        }
    }

    /// How wide the diagram is.
    pub(super) fn diagram_width(&self) -> f32 {
        let shown = self.diagram.as_ref().zip(self.theme.as_ref());
        shown.map_or(1.0, |(stage, theme)| stage.size(theme.scale).0)
    }
}
