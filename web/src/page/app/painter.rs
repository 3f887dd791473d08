//! Makes scenes of what there is to see and has the stage paint them.

use super::later;
use super::track::Track;
use crate::browser::canvas::SceneCanvas;
use crate::browser::theme::Theme;
use crate::geometry::at;
use crate::page::view::Ui;
use crate::run::playback::Playback;
use crate::scene::Scene;
use crate::scene::layout::{Layout, layout, zoom};
use crate::scene::ring::ring;
use crate::scene::ring_view::RingView;
use crate::scene::spacetime::Sources;
use crate::ui::{Deck, Picture, Target};
use quorumscope_core::cast::Cast;
use quorumscope_core::spec::Spec;
use web_sys::HtmlCanvasElement;
use yew::NodeRef;

/// The canvases, what they show, and how they look.
#[derive(Default)]
pub(super) struct Painter {
    pub(super) ring_canvas: NodeRef,
    pub(super) diagram_canvas: NodeRef,
    ring: Option<SceneCanvas>,
    diagram: Option<SceneCanvas>,
    theme: Option<Theme>,
    ring_scene: Scene,
    diagram_scene: Scene,
    places: Option<Places>,
}

/// Where nodes stand, for a stage of a size, a system and its nodes.
type Places = ((f32, f32), &'static Spec, Cast, Layout);

impl Painter {
    /// Takes the canvases that the tree holds now.
    pub(super) fn hang(&mut self) {
        for (node, stage) in [
            (&self.ring_canvas, &mut self.ring),
            (&self.diagram_canvas, &mut self.diagram),
        ] {
            let canvas = node.cast::<HtmlCanvasElement>();
            let same = match (&canvas, stage.as_ref()) {
                (Some(canvas), Some(stage)) => stage.is_of(canvas),
                (None, None) => true,
                _ => false,
            };
            if !same {
                *stage = canvas.and_then(SceneCanvas::new);
            }
        }
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
        let present = &track.present;
        let (Some(stage), Some(theme)) = (&self.ring, &self.theme) else {
            return;
        };
        let (spec, cast) = (present.spec, present.cast);
        let scale = theme.scale * zoom(stage.size(theme.scale), &cast);
        let size = stage.size(scale);
        let fits = |places: &Places| (places.0, places.1, places.2) == (size, spec, cast);
        if !self.places.as_ref().is_some_and(fits) {
            self.places = Some((size, spec, cast, layout(size, &cast)));
        }
        let Some((.., places)) = &self.places else {
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
        self.ring_scene = ring(present, places, &ring_view);
        stage.paint(&self.ring_scene, theme, scale);
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
                    script: &track.scenario.script,
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
            Picture::Ring => &self.ring_scene,
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
