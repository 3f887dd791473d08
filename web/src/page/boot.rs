//! How the page starts: the run plays on the page as it came from the host, and the app with all
//! its controls takes it over when that is there.

use super::app::{FLASH_MS, SLICE_MS, later, mount as mount_app};
use super::opening::{self, Opening};
use super::ring_painter::RingPainter;
use crate::browser::theme::{self, Theme};
use crate::browser::window::{self, deadline};
use crate::run::focus::Focus;
use crate::run::passing::{Stop, pass};
use crate::run::present::Present;
use crate::scene::ring_view::RingView;
use gloo_render::{AnimationFrame, request_animation_frame};
use quorumscope_core::time::Span;
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::HtmlCanvasElement;

/// Loads the app, and has it take the place of what the host sent.
#[cfg(feature = "split")]
#[wasm_split_helpers::wasm_split(controls, fallible)]
fn mount(prelude: Rc<Prelude>) -> Result<(), wasm_split_helpers::SplitLoaderError> {
    prelude.hand_over();
    Ok(())
}

/// Has the app take the place of what the host sent, in a page of one piece.
#[cfg(not(feature = "split"))]
async fn mount(prelude: Rc<Prelude>) -> Result<(), ()> {
    prelude.hand_over();
    Ok(())
}

/// Starts the page in its place; what goes wrong from then on is said on it.
pub fn start() {
    std::panic::set_hook(Box::new(window::tell_panic));
    #[cfg(feature = "echo")]
    quorumscope_core::systems::add(quorumscope_echo::SYSTEM);
    wasm_bindgen_futures::spawn_local(async {
        let opening = Opening::of_address().await;
        opening::dress(&opening.options);
        theme::project(opening.options.projector);
        let prelude = Rc::new(Prelude::new(opening));
        say("The run plays; its controls are on their way…");
        prelude.play();
        if opening::asks_for_more() {
            later::fetch().await;
        }
        if mount(Rc::clone(&prelude)).await.is_err() {
            say(MISSING);
        }
    });
}

/// The app did not come.
const MISSING: &str = "The controls of the page could not be loaded. The run plays on; load the page again to have them.";

/// A run that plays before the app is there.
struct Prelude {
    run: Cell<Option<Playing>>,
    next: Cell<Option<AnimationFrame>>,
}

impl Prelude {
    fn new(opening: Opening) -> Self {
        Self {
            run: Cell::new(Some(Playing::new(opening))),
            next: Cell::default(),
        }
    }

    /// Plays on from frame to frame.
    fn play(self: &Rc<Self>) {
        let own = Rc::clone(self);
        self.next.set(Some(request_animation_frame(move |wall| {
            if let Some(mut run) = own.run.take() {
                run.frame(wall);
                own.run.set(Some(run));
                own.play();
            }
        })));
    }

    /// The app plays on.
    fn hand_over(&self) {
        self.next.take();
        if let Some(run) = self.run.take() {
            mount_app(run.opening);
        }
    }
}

/// The run on the canvas that came with the page.
struct Playing {
    opening: Opening,
    painter: RingPainter,
    theme: Option<Theme>,
    /// The run as it was seen last, and of which version of it that is.
    present: ((u64, u64), Present),
}

impl Playing {
    fn new(opening: Opening) -> Self {
        let mut painter = RingPainter::default();
        painter.hang(canvas());
        Self {
            present: (
                opening.session.version(),
                opening.session.present(Span::ZERO),
            ),
            opening,
            painter,
            theme: Theme::read(),
        }
    }

    fn frame(&mut self, wall: f64) {
        let Opening {
            session,
            playback,
            reduced_motion,
            rounds,
            asks,
            ..
        } = &mut self.opening;
        let (elapsed, stop) = (playback.frame(wall), deadline(SLICE_MS));
        let stopped = pass(session, playback, rounds, elapsed, &mut || !stop.passed());
        *asks |= stopped == Some(Stop::Asked);
        if stopped.is_some() {
            playback.set_playing(false);
        }
        let flash = FLASH_MS * playback.micros_per_ms();
        if self.present.0 != session.version() {
            self.present = (session.version(), session.present(Span(flash as u64)));
        }
        let ring_view = RingView {
            now: session.now(),
            reduced_motion: *reduced_motion,
            flash,
            focus: Focus::default(),
            stroke: None,
            through: None,
        };
        if let Some(theme) = &self.theme {
            self.painter.paint(&self.present.1, &ring_view, theme);
        }
    }
}

/// Says something where the phases will be.
fn say(text: &str) {
    let place = window::document()
        .and_then(|document| document.query_selector("#page .phases").ok().flatten());
    if let Some(place) = place {
        place.set_text_content(Some(text));
    }
}

/// The canvas that came with the page, once what stood for the run is taken away.
fn canvas() -> Option<HtmlCanvasElement> {
    let document = window::document()?;
    let canvas = document.query_selector("#page .stage canvas").ok()??;
    if let Ok(Some(sketch)) = document.query_selector("#page .stage svg") {
        sketch.remove();
    }
    canvas.dyn_into().ok()
}
