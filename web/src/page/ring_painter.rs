//! Paints the ring: makes a scene of the run and has a canvas show it.

use crate::browser::canvas::SceneCanvas;
use crate::browser::theme::Theme;
use crate::run::present::Present;
use crate::scene::Scene;
use crate::scene::layout::{Layout, layout, zoom};
use crate::scene::ring::ring;
use crate::scene::ring_view::RingView;
use quorumscope_core::cast::Cast;
use quorumscope_core::spec::Spec;
use web_sys::HtmlCanvasElement;

/// A canvas, what it shows, and where nodes stand on it.
#[derive(Default)]
pub(super) struct RingPainter {
    stage: Option<SceneCanvas>,
    scene: Scene,
    places: Option<Places>,
}

/// Where nodes stand, for a stage of a size, a system and its nodes.
type Places = ((f32, f32), &'static Spec, Cast, Layout);

impl RingPainter {
    /// Paints on this canvas from now on.
    pub(super) fn hang(&mut self, canvas: Option<HtmlCanvasElement>) {
        hang(&mut self.stage, canvas);
    }

    /// What was painted last.
    pub(super) fn scene(&self) -> &Scene {
        &self.scene
    }

    /// Paints the run as it is.
    pub(super) fn paint(&mut self, present: &Present, ring_view: &RingView<'_>, theme: &Theme) {
        let Some(stage) = &self.stage else {
            return;
        };
        let (spec, cast) = (present.spec, present.cast);
        let scale = theme.scale * zoom(stage.size(theme.scale), &cast);
        let size = stage.size(scale);
        let fits = |places: &Places| (places.0, places.1, places.2) == (size, spec, cast);
        if !self.places.as_ref().is_some_and(fits) {
            self.places = Some((size, spec, cast, layout(size, &cast)));
        }
        if let Some((.., places)) = &self.places {
            self.scene = ring(present, places, ring_view);
            stage.paint(&self.scene, theme, scale);
        }
    }
}

/// Makes a stage of a canvas, unless it is one already.
pub(super) fn hang(stage: &mut Option<SceneCanvas>, canvas: Option<HtmlCanvasElement>) {
    let same = match (&canvas, stage.as_ref()) {
        (Some(canvas), Some(stage)) => stage.is_of(canvas),
        (None, None) => true,
        _ => false,
    };
    if !same {
        *stage = canvas.and_then(SceneCanvas::new);
    }
}
