//! The app: every change of the page goes through `update`; `view` is the floor plan.

mod announcer;

mod captions;

mod edit;

mod host_page;

mod keys;

pub(super) mod later;

mod painter;

mod pointer;

mod react;

mod rest;

mod selection;

mod track;

mod window;

use crate::address::options::Options;
use crate::browser::theme;
use crate::browser::window::{document, tell_panic};
use crate::edit::setup::typical;
use crate::page::actions::{Action, Outside};
use crate::page::gesture::Fingers;
use crate::page::opening::{Opening, second};
use crate::page::view::{Clock, Ui, View};
use crate::rooms::{Room, caption, deck, head, notice, phases, ring, transport};
use crate::run::focus::Focus;
use crate::run::playback::Playback;
use crate::run::session::Session;
use crate::scene::spacetime::Window;
use crate::ui::Notice;
use crate::ui::{Deck, Level, Panel, Unit};
use announcer::Announcer;
use painter::Painter;
use quorumscope_core::problem::Problem;
use quorumscope_core::scenario::Scenario;
use quorumscope_core::time::Time;
use std::cell::RefCell;
use std::rc::Rc;
use track::Track;
use yew::prelude::*;

/// The tree hears of changes at most this often, in milliseconds of wall time.
const RENDER_EVERY: f64 = 100.0;
/// The milliseconds of a frame that simulation may take.
pub(super) const SLICE_MS: f64 = 8.0;
/// The milliseconds that looking ahead may take when a run is opened.
const AHEAD_MS: f64 = 50.0;
/// The milliseconds of wall time for which a flash stays.
pub(super) const FLASH_MS: f64 = 700.0;

/// The page.
pub struct App {
    track: Track,
    playback: Playback,
    speed_by_hand: bool,
    /// Time stopped because a traitor asks what to send.
    asked: bool,
    /// The address was not read, for want of the part that does.
    unread: bool,
    ui: Ui,
    notice: Option<Notice>,
    refused: Option<Problem>,
    /// The field that the last change was made in, if it has not been left, and when that began.
    editing: Option<(Rc<str>, Time)>,
    view: Rc<View>,
    painter: Painter,
    fingers: Fingers,
    browser: window::Browser,
    host: Option<host_page::HostPage>,
    /// Whether the run begins again at its end.
    looping: bool,
    /// What was to be done before the later part came.
    waiting: Vec<Action>,
    /// The later part of the page did not come.
    alone: bool,
    /// Time goes on when the menu closes.
    held: bool,
    rendered_at: f64,
    announcer: Announcer,
    /// The present instant was reached by a step, so that the caption tells all of it.
    stepped: bool,
}

/// What the app takes over when it comes: taken once.
#[derive(Clone, Properties)]
pub struct Handed {
    opening: Rc<RefCell<Option<Opening>>>,
}

impl PartialEq for Handed {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.opening, &other.opening)
    }
}

/// Puts the app in the place of what the host sent; it plays on from here.
pub(super) fn mount(opening: Opening) {
    // The renderer has a hook of its own, which tells nobody.
    yew::set_custom_panic_hook(Box::new(tell_panic));
    let handed = Handed {
        opening: Rc::new(RefCell::new(Some(opening))),
    };
    let place = document().and_then(|document| document.get_element_by_id("page"));
    match place {
        Some(place) => yew::Renderer::<App>::with_root_and_props(place, handed).render(),
        None => yew::Renderer::<App>::with_props(handed).render(),
    };
}

impl Component for App {
    type Message = Action;
    type Properties = Handed;

    fn create(ctx: &Context<Self>) -> Self {
        let Opening {
            session,
            playback,
            asked,
            options,
            rounds,
            asks,
            unread,
            notice,
            reduced_motion,
        } = ctx.props().opening.take().unwrap_or_default();
        let track = Track::of(session);
        let ui = blank_ui(&options, &track.scenario, reduced_motion);
        let view = Rc::new(blank_view(&track, &playback, &ui));
        let mut app = Self {
            track,
            speed_by_hand: options.speed.is_some(),
            asked: asks,
            unread,
            playback,
            ui,
            notice,
            refused: None,
            editing: None,
            view,
            painter: Painter::default(),
            fingers: Fingers::default(),
            browser: window::Browser::new(ctx.link()),
            host: later::here().and_then(|part| part.host(ctx.link(), &options)),
            looping: rounds.looping,
            waiting: Vec::new(),
            alone: false,
            held: false,
            rendered_at: 0.0,
            announcer: Announcer::default(),
            stepped: false,
        };
        app.browser.letters_are_keys(!options.quiet);
        app.opened();
        if let Some(part) = later::here() {
            part.arrive(&mut app, &asked);
            if unread {
                part.carry_out(&mut app, Action::Outside(Outside::Address));
            }
        }
        app.refresh();
        app
    }

    fn update(&mut self, ctx: &Context<Self>, action: Action) -> bool {
        if !action.is_allowed(self.ui.locked) {
            return false;
        }
        if let Action::Outside(Outside::Fetch) = action {
            later::send_for(ctx.link());
        }
        let show = self.react(action);
        if self.restless() {
            self.browser.wake(ctx.link());
        }
        if show {
            self.refresh();
            if let (Some(part), Some(host)) = (later::here(), &mut self.host) {
                part.tell_news(host, &self.view);
            }
        }
        show
    }

    fn rendered(&mut self, ctx: &Context<Self>, first: bool) {
        if first {
            self.browser.watch(ctx.link(), &self.painter.ring_canvas);
            match (later::here(), &mut self.host) {
                (Some(part), Some(host)) => part.greet(host),
                (Some(_), None) => {}
                (None, _) => later::send_for(ctx.link()),
            }
        }
        self.painter.hang();
        if first {
            // What stood here before is gone: no frame without a picture.
            self.paint();
        }
        self.browser.wake(ctx.link());
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let view = &self.view;
        let room = &Room {
            view: Rc::clone(view),
            act: ctx.link().callback(|action: Action| action),
        };
        let hash = format!("{:016x}", view.present.hash);
        let end = self.track.session.end().map(|end| format!("{end:016x}"));
        html! {
            <div class="floor">
                { head::head(room) }
                { notice::notices(room) }
                <main class="main" data-trace-hash={hash} data-events={view.present.events.to_string()} data-ended={view.present.ended.to_string()} data-end-hash={end}>
                    { phases::phases(room) }
                    { ring::ring(room, &self.painter.ring_canvas, later::menu(room)) }
                    { caption::caption(room) }
                    { later::next(room) }
                    <div class="desk">
                        { later::puppet(room) }
                        { transport::transport(room, later::bubble(room)) }
                    </div>
                    { deck::deck(room, &self.painter.diagram_canvas, later::ledger(room)) }
                </main>
                { later::side(room, self.alone) }
                { later::dialogs(room) }
                <p class="visually-hidden" role="status" aria-live="polite">{ view.announced.to_string() }</p>
            </div>
        }
    }
}

/// The panel that the address names, or the first that it does not hide.
fn first_panel(options: &Options) -> Panel {
    let named = |panel: &&(&str, Panel)| options.views.contains(&panel.0);
    let shown = |panel: &&(&str, Panel)| !options.hidden.contains(&panel.0);
    let mut all = Panel::ALL.iter();
    let found = all.clone().find(named).or_else(|| all.find(shown));
    found.map_or(Panel::Setup, |(_, panel)| *panel)
}

/// What the address wants below the stage; a frame has no room to spare.
fn first_deck(options: &Options) -> Deck {
    let wants = |name| options.views.contains(&name);
    match (wants("spacetime"), wants("ledger")) {
        (true, _) => Deck::SpaceTime,
        (_, true) => Deck::Ledger,
        _ if options.embed || !options.views.is_empty() && wants("ring") => Deck::Shut,
        _ => Deck::SpaceTime,
    }
}

/// The page as it opens.
fn blank_ui(options: &Options, scenario: &Scenario, reduced_motion: bool) -> Ui {
    Ui {
        selected: None,
        before: Vec::new(),
        panel: first_panel(options),
        level: Level::First,
        theme: theme::worn(),
        embed: options.embed,
        reduced_motion,
        hidden: options.hidden.as_slice().into(),
        locked: options.locked,
        deck: first_deck(options),
        through: None,
        fault: None,
        draft: None,
        latencies: Vec::new(),
        menu: None,
        carried: None,
        unit: Unit::Event,
        column: None,
        row: 0,
        pointed: None,
        stage: (0.0, 0.0),
        letters: !options.quiet,
        dialog: None,
        window: Window::following(typical(&scenario.latency).0 as f64 * 12.0),
        cutting: false,
        stroke: None,
        under: None,
        round: (
            options.round.map(|r| second(r.0)),
            options.round.map(|r| second(r.1)),
        ),
        projector: options.projector,
        scale: 1.0,
        text: 1.0,
        wide: false,
        narrow: false,
    }
}

fn clock(session: &Session, playback: &Playback) -> Clock {
    let (horizon, complete) = session.horizon();
    Clock {
        playing: playback.playing,
        pace: playback.pace,
        speed: playback.speed(),
        rate: playback.rate(),
        horizon,
        complete,
        busy: session.busy(),
        quiet: playback.quiet(),
    }
}

fn blank_view(track: &Track, playback: &Playback, ui: &Ui) -> View {
    View {
        version: 0,
        present: Rc::clone(&track.present),
        scenario: Rc::clone(&track.scenario),
        reader: track.session.reader(),
        ghost: None,
        ticks: [].into(),
        can_undo: false,
        can_redo: false,
        preset: None,
        link: "".into(),
        clock: clock(&track.session, playback),
        ui: ui.clone(),
        notice: None,
        refused: None,
        announced: "".into(),
        told: None,
        broken: [].into(),
        focus: Focus::default(),
        details: None,
        heard: None,
    }
}
