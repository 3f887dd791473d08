//! What the address asks for, opened: a run at its first instant, and how the page is to show it.
//!
//! Reading an address is a part of the program of its own: the bare address asks for nothing.

use crate::address::options::{Options, options};
use crate::address::{self, Asked};
use crate::browser::theme;
use crate::browser::window;
use crate::edit::setup::typical;
use crate::page::parts;
use crate::run::passing::Rounds;
use crate::run::playback::{Pace, Playback};
use crate::run::session::Session;
use crate::ui::Notice;
use quorumscope_core::link::query_of;
use quorumscope_core::problem::Problem;
use quorumscope_core::scenario::Scenario;
use quorumscope_core::time::Time;

/// A run as the page opens with it.
pub(super) struct Opening {
    pub(super) session: Session,
    pub(super) playback: Playback,
    pub(super) asked: Asked,
    pub(super) options: Options,
    /// What play goes round in.
    pub(super) rounds: Rounds,
    /// Time stopped because a traitor asks what to send.
    pub(super) asks: bool,
    /// The part that reads addresses did not come.
    pub(super) unread: bool,
    /// What of the address came to nothing.
    pub(super) notice: Option<Notice>,
    /// Movement is avoided.
    pub(super) reduced_motion: bool,
}

/// An address, read.
type Read = (Options, Result<Asked, Problem>);

/// Loads the part that reads addresses, and reads one.
#[cfg(feature = "split")]
#[wasm_split_helpers::wasm_split(reading, fallible)]
fn read(address: String) -> Result<Read, wasm_split_helpers::SplitLoaderError> {
    Ok(read_at_once(&address))
}

/// Reads an address, in a page of one piece.
#[cfg(not(feature = "split"))]
async fn read(address: String) -> Result<Read, ()> {
    Ok(read_at_once(&address))
}

/// Reads an address, once the systems are here that it names; `None` if a part does not come.
async fn read_with_systems(address: String) -> Option<Read> {
    loop {
        let (options, asked) = read(address.clone()).await.ok()?;
        match asked
            .as_ref()
            .map_or_else(|problem| problem.absent, Asked::absent)
        {
            None => return Some((options, asked)),
            Some(name) if parts::fetch(name).await => {}
            Some(_) => return None,
        }
    }
}

fn read_at_once(address: &str) -> Read {
    let options = options(&query_of(address));
    if !options.strange.is_empty() {
        let names = options.strange.join(", ");
        web_sys::console::info_1(&format!("Quorumscope passes over: {names}").into());
    }
    (options, address::read(address))
}

/// Whether the page cannot open rightly without what reads its address and talks to its host.
pub(super) fn asks_for_more() -> bool {
    window::parent().is_some() || !address::is_plain(&window::address())
}

impl Default for Opening {
    fn default() -> Self {
        Self::of(Options::default(), Ok(Asked::default()))
    }
}

impl Opening {
    /// Opens what the address of the page asks for, or the default run and why.
    pub(super) async fn of_address() -> Self {
        let address = window::address();
        if address::is_plain(&address) {
            return Self::default();
        }
        match read_with_systems(address).await {
            Some((options, asked)) => Self::of(options, asked),
            None => {
                let missing = Problem::new("", "a part of the page could not be loaded");
                let default = Self::of(Options::default(), Err(missing));
                Self {
                    unread: true,
                    ..default
                }
            }
        }
    }

    fn of(options: Options, read: Result<Asked, Problem>) -> Self {
        let (asked, notice) = match read {
            Ok(asked) => {
                let notice = left_out(&options.refused, &asked);
                (asked, notice)
            }
            Err(problem) => (Asked::default(), Some(cannot_open(&problem))),
        };
        let reduced_motion =
            options.reduced_motion || theme::prefers("(prefers-reduced-motion: reduce)");
        let by_itself = !options.embed && !reduced_motion && notice.is_none();
        let mut playback = Playback::default();
        playback.set_speed(
            options
                .speed
                .unwrap_or_else(|| fitting_speed(&asked.scenario)),
        );
        if options.events {
            playback.pace = Pace::Events;
        }
        playback.set_playing(options.autoplay.unwrap_or(by_itself));
        let rounds = Rounds {
            stretch: (
                options.round.map(|round| second(round.0)),
                options.round.map(|round| second(round.1)),
            ),
            looping: options.looping,
            watched: options.locked,
        };
        let mut session = Session::open(&asked.scenario);
        if let Some(moment) = options.t.map(second).or(asked.moment) {
            session.seek(moment);
        }
        Self {
            session,
            playback,
            asked,
            options,
            rounds,
            asks: false,
            unread: false,
            notice,
            reduced_motion,
        }
    }
}

fn cannot_open(problem: &Problem) -> Notice {
    Notice {
        bad: true,
        text: format!("This link cannot be opened: {problem}. Below is the default run instead."),
        offer_default: true,
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

/// Seconds of a run as an instant of it.
pub(super) fn second(seconds: f64) -> Time {
    Time((seconds * 1e6) as u64)
}

/// A speed at which a message takes a good second to arrive.
pub(super) fn fitting_speed(scenario: &Scenario) -> f64 {
    let ms = typical(&scenario.latency).ms() * 0.9;
    let mut unit = 1e-3;
    while unit * 10.0 <= ms {
        unit *= 10.0;
    }
    (ms / unit).round() * unit
}

/// Hides and shows what the address says; the style sheet knows the names.
pub(super) fn dress(options: &Options) {
    let root = window::document().and_then(|document| document.document_element());
    let Some(classes) = root.map(|root| root.class_list()) else {
        return;
    };
    let views = &options.views;
    let put = |class: &str| drop(classes.add_1(class));
    for part in &options.hidden {
        put(&format!("no-{part}"));
    }
    for view in views {
        put(&format!("with-{view}"));
    }
    if options.embed && !views.is_empty() && !views.contains(&"ring") {
        put("no-ring");
    }
    for (on, class) in [
        (options.reduced_motion, "reduced-motion"),
        (options.locked, "locked"),
    ] {
        if on {
            put(class);
        }
    }
}
