//! The kinds of message of pBFT, as screens, reports and narration name them.

use crate::protocol::About::{Number, Request, State, View};
use crate::protocol::{About, Kind};

const fn kind(
    name: &'static str,
    letter: char,
    about: About,
    story: &'static str,
    news: &'static str,
) -> Kind {
    Kind {
        name,
        letter,
        story,
        about,
        news,
    }
}

/// The kinds that a request meets where nothing goes wrong [4.2].
pub(super) const PATH: &[&str] = &["request", "pre-prepare", "prepare", "commit", "reply"];

/// All kinds, in the order of [`Message::kind`].
pub(super) const KINDS: &[Kind] = &[
    kind(
        "request",
        'R',
        Request,
        "asks the service to execute an operation",
        "",
    ),
    kind(
        "pre-prepare",
        'P',
        Number,
        "proposes a request at a sequence number",
        "{who}, the primary, propose{s} {what} as number {n} and tell{s} {to}: PRE-PREPARE.",
    ),
    kind(
        "prepare",
        'p',
        Number,
        "says that it accepted the proposal",
        "{who} agree{s} to {what} as number {n} and tell{s} {to}: PREPARE.",
    ),
    kind(
        "commit",
        'C',
        Number,
        "says that it holds a prepared certificate",
        "{who} tell{s} {to} that enough agree on number {n}: COMMIT.",
    ),
    kind("reply", 'A', Request, "tells the client the result", ""),
    kind(
        "checkpoint",
        'K',
        State,
        "states the digest of its state",
        "",
    ),
    kind(
        "view-change",
        'V',
        View,
        "gives up the primary and says what it had prepared",
        "{who} give{s} up the primary and ask{s} for the next, in view {view}: VIEW-CHANGE.",
    ),
    kind(
        "new-view",
        'N',
        View,
        "opens a new view with proof of what must carry over",
        "{who}, the new primary, open{s} view {view} and prove{s} what carries over: NEW-VIEW.",
    ),
    kind(
        "state-request",
        'S',
        State,
        "asks for what it lacks",
        "{who} lack{s} what the others have executed and ask{s} {to} for it: STATE-REQUEST.",
    ),
    kind("state-reply", 's', State, "proves what the other lacks", ""),
    kind(
        "relay",
        'r',
        Request,
        "passes a client's request on to the primary",
        "",
    ),
    kind("status", 'T', State, "says how far it is", ""),
];
