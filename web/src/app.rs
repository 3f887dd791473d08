//! The app: every change of the page goes through `update`; `view` is the floor plan.

mod browser;

mod files;

mod host;

mod keys;

mod painter;

mod react;

use crate::actions::{Action, Deck, Level, Panel};
use crate::address::{self, Asked};
use crate::options::Options;
use crate::playback::{Pace, Playback};
use crate::rooms::{
    Room, breaking, caption, deck, head, help, inspect, ledger, log, notice, phases, presets,
    puppet, ring, setup, share, tabs, transport,
};
use crate::scene::spacetime::Window;
use crate::session::Session;
use crate::setup::typical;
use crate::theme;
use crate::view::{Clock, Notice, Present, Ui, View};
use painter::Painter;
use quorumscope_core::presets::Preset;
use quorumscope_core::problem::Problem;
use quorumscope_core::scenario::Scenario;
use quorumscope_core::time::{Span, Time};
use std::rc::Rc;
use yew::prelude::*;

/// The tree hears of changes at most this often, in milliseconds of wall time.
const RENDER_EVERY: f64 = 100.0;
/// Screen readers hear of changes at most this often while time runs.
const ANNOUNCE_EVERY: f64 = 4_000.0;
/// Simulation may take so much of a frame.
const SLICE_MS: f64 = 8.0;
/// Looking ahead as a run is opened may take so long.
const AHEAD_MS: f64 = 50.0;
/// A flash stays for so much wall time.
const FLASH_MS: f64 = 700.0;

/// The page.
pub struct App {
    session: Session,
    playback: Playback,
    speed_by_hand: bool,
    /// Time stopped because a traitor asks what to send.
    asked: bool,
    ui: Ui,
    notice: Option<Notice>,
    refused: Option<Problem>,
    scenario: Rc<Scenario>,
    preset: Option<&'static Preset>,
    link: Rc<str>,
    present: Rc<Present>,
    shown: (u64, u64),
    rendered: (u64, u64),
    view: Rc<View>,
    painter: Painter,
    browser: browser::Browser,
    host: host::Host,
    rendered_at: f64,
    announced_at: f64,
    announced: Rc<str>,
}

/// Starts the page in its place; what goes wrong from then on is said on it.
pub fn start() {
    browser::tell_panics();
    let place = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.get_element_by_id("page"));
    match place {
        Some(place) => yew::Renderer::<App>::with_root(place).render(),
        None => yew::Renderer::<App>::new().render(),
    };
}

impl Component for App {
    type Message = Action;
    type Properties = ();

    fn create(ctx: &Context<Self>) -> Self {
        let options = browser::options();
        let (session, asked, notice) = opening();
        let notice = notice.or_else(|| left_out(&options.refused, &asked));
        let calm = options.calm || theme::prefers("(prefers-reduced-motion: reduce)");
        browser::dress(&options);
        let scenario = Rc::new(session.scenario());
        let ui = Ui {
            selected: None,
            panel: first_panel(&options),
            level: Level::First,
            theme: theme::worn(),
            embed: options.embed,
            calm,
            hidden: options.hidden.as_slice().into(),
            locked: options.locked,
            deck: first_deck(&options),
            through: None,
            fault: None,
            stage: (0.0, 0.0),
            letters: !options.quiet,
            dialog: None,
            window: Window::following(typical(&scenario.latency).0 as f64 * 12.0),
        };
        let mut playback = Playback::default();
        playback.set_speed(options.speed.unwrap_or_else(|| fitting_speed(&scenario)));
        if options.events {
            playback.pace = Pace::Events;
        }
        let present = Rc::new(session.present(Span::ZERO));
        let view = Rc::new(blank_view(&session, &present, &scenario, &playback, &ui));
        let mut app = Self {
            shown: session.version(),
            rendered: session.version(),
            session,
            speed_by_hand: options.speed.is_some(),
            asked: false,
            playback,
            ui,
            notice,
            refused: None,
            scenario,
            preset: None,
            link: "".into(),
            present,
            view,
            painter: Painter::default(),
            browser: browser::Browser::new(ctx.link()),
            host: host::Host::new(ctx.link(), &options),
            rendered_at: 0.0,
            announced_at: 0.0,
            announced: "".into(),
        };
        app.browser.letters_are_keys(!options.quiet);
        app.opened();
        app.hold_against(asked.trace);
        if let Some(moment) = options.t.map(|s| Time((s * 1e6) as u64)).or(asked.moment) {
            app.session.seek(moment);
        }
        let by_itself = !options.embed && !calm && app.notice.is_none();
        app.playback
            .set_playing(options.autoplay.unwrap_or(by_itself));
        app.refresh();
        app
    }

    fn update(&mut self, ctx: &Context<Self>, action: Action) -> bool {
        if self.ui.locked && action.changes_the_run() {
            return false;
        }
        let show = self.react(action);
        if self.restless() {
            self.browser.wake(ctx.link());
        }
        if show {
            self.refresh();
            self.host.tell_news(&self.view);
        }
        show
    }

    fn rendered(&mut self, ctx: &Context<Self>, first: bool) {
        if first {
            self.browser.watch(ctx.link(), &self.painter.ring_canvas);
            self.host.greet();
        }
        self.painter.hang();
        self.browser.wake(ctx.link());
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let view = &self.view;
        let room = &Room {
            view: Rc::clone(view),
            act: ctx.link().callback(|action: Action| action),
        };
        let hash = format!("{:016x}", view.present.hash);
        let end = self.session.end().map(|end| format!("{end:016x}"));
        html! {
            <div class="floor">
                { head::head(room) }
                { notice::notices(room) }
                <main class="main" data-trace-hash={hash} data-events={view.present.events.to_string()} data-ended={view.present.ended.to_string()} data-end-hash={end}>
                    { phases::phases(room) }
                    { ring::ring(room, &self.painter.ring_canvas) }
                    { caption::caption(room) }
                    <puppet::Puppet ..room.clone() />
                    { transport::transport(room) }
                    { self.deck(room) }
                </main>
                { self.side(room) }
                <help::Help ..room.clone() />
                <share::Share ..room.clone() />
                <p class="visually-hidden" role="status" aria-live="polite">{ view.announced.to_string() }</p>
            </div>
        }
    }
}

impl App {
    /// What stands at the side.
    fn side(&self, room: &Room) -> Html {
        const TITLES: [&str; 5] = ["Set-up", "Break it", "Story", "Inspect", "Gallery"];
        let view = &self.view;
        let all = Panel::ALL.into_iter().zip(TITLES);
        let panels: Vec<(Panel, &'static str)> = all
            .filter(|((name, _), _)| !view.ui.hidden.contains(name))
            .map(|((_, panel), title)| (panel, title))
            .collect();
        let chosen = |(panel, _): &(Panel, &str)| *panel == view.ui.panel;
        let open = panels.iter().position(chosen).unwrap_or(0);
        let titles = panels.iter().enumerate();
        let tabs = titles
            .map(|(index, (_, title))| (*title, index == open))
            .collect::<Vec<_>>();
        let Some((panel, title)) = panels.get(open).copied() else {
            return html! { <aside hidden=true></aside> };
        };
        let choose = room
            .act
            .reform(move |index: usize| Action::Open(panels[index % panels.len()].0));
        let pane = match panel {
            Panel::Log => html! { <log::Log ..room.clone() /> },
            Panel::Break => breaking::breaking(room),
            Panel::Inspect => inspect::inspect(room),
            Panel::Presets => presets::gallery(room),
            Panel::Setup => setup::setup(room),
        };
        html! {
            <aside class="side" aria-label="Side panel">
                <tabs::Tabs label="Side panel" controls="pane" {tabs} {choose} />
                <div class="pane" id="pane" role="tabpanel" aria-labelledby={format!("pane-tab-{open}")} key={title}>{ pane }</div>
            </aside>
        }
    }

    /// What lies below the stage.
    fn deck(&self, room: &Room) -> Html {
        let view = &self.view;
        const DECKS: [(Deck, &str); 3] = [
            (Deck::SpaceTime, "Space and time"),
            (Deck::Ledger, "Ledger"),
            (Deck::Shut, "Hide"),
        ];
        let open = DECKS
            .iter()
            .position(|(deck, _)| *deck == view.ui.deck)
            .unwrap_or(0);
        let tabs: Vec<(&'static str, bool)> = DECKS
            .iter()
            .enumerate()
            .map(|(index, (_, title))| (*title, index == open))
            .collect();
        let choose = room
            .act
            .reform(|index: usize| Action::ShowDeck(DECKS[index % DECKS.len()].0));
        let shut = view.ui.deck == Deck::Shut;
        let ledger = match view.ui.deck {
            Deck::Ledger => ledger::ledger(room),
            _ => html! {},
        };
        html! {
            <section class={classes!("deck", shut.then_some("shut"))} aria-label="Below the stage">
                <div class="bar">
                    <tabs::Tabs label="Below the stage" controls="deck" {tabs} {choose} />
                    { deck::tools(room) }
                </div>
                <div class="body" id="deck" role="tabpanel" aria-labelledby={format!("deck-tab-{open}")}>
                    { deck::diagram(room, &self.painter.diagram_canvas) }
                    <div class="scroll" tabindex="0" role="region" aria-label="Ledger" hidden={view.ui.deck != Deck::Ledger}>{ ledger }</div>
                </div>
            </section>
        }
    }
}

/// The run that the address asks for, or the default one and why.
fn opening() -> (Session, Asked, Option<Notice>) {
    let read = address::read(&browser::address());
    let opened = read.and_then(|asked| Ok((Session::open(&asked.scenario)?, asked)));
    opened.map_or_else(
        |problem| {
            let text =
                format!("This link cannot be opened: {problem}. Below is the default run instead.");
            let notice = Notice {
                bad: true,
                text,
                offer_default: true,
            };
            let scenario = Scenario::default();
            // The default scenario is held against the reader by the core's own tests.
            #[expect(clippy::expect_used, reason = "without a default run there is no page")]
            let session = Session::open(&scenario).expect("the default scenario is sound");
            let asked = Asked {
                scenario,
                moment: None,
                trace: None,
                notices: Vec::new(),
            };
            (session, asked, Some(notice))
        },
        |(session, asked)| (session, asked, None),
    )
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

fn left_out(refused: &[String], asked: &Asked) -> Option<Notice> {
    let notices = asked.notices.iter().map(|problem| format!("{problem}."));
    let all: Vec<String> = refused.iter().cloned().chain(notices).collect();
    (!all.is_empty()).then(|| Notice {
        bad: false,
        text: format!("In the address, {} It was left out.", all.join(" ")),
        offer_default: false,
    })
}

/// A speed at which a message takes a good second to arrive.
fn fitting_speed(scenario: &Scenario) -> f64 {
    let ms = typical(&scenario.latency).ms() * 0.9;
    let unit = 10f64.powf(ms.max(1e-3).log10().floor());
    (ms / unit).round() * unit
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
    }
}

fn blank_view(
    session: &Session,
    present: &Rc<Present>,
    scenario: &Rc<Scenario>,
    playback: &Playback,
    ui: &Ui,
) -> View {
    View {
        version: 0,
        present: Rc::clone(present),
        scenario: Rc::clone(scenario),
        quorums: scenario.quorums(),
        lens: session.lens(),
        ghost: None,
        can_undo: false,
        can_redo: false,
        preset: None,
        link: "".into(),
        clock: clock(session, playback),
        ui: ui.clone(),
        notice: None,
        refused: None,
        announced: "".into(),
    }
}
