//! The kinds of message of pBFT, as screens, reports and narration name them.

use crate::protocol::About::{Number, Request, State, View};
use crate::protocol::{About, Kind};

/// The words of a kind in sentences: its title, and one of them.
type Words = (&'static str, &'static str);

const fn kind(
    name: &'static str,
    letter: char,
    about: About,
    (title, one): Words,
    story: &'static str,
    news: &'static str,
) -> Kind {
    Kind {
        name,
        title,
        one,
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
        ("REQUEST", "a REQUEST"),
        "asks the service to execute an operation",
        "",
    ),
    kind(
        "pre-prepare",
        'P',
        Number,
        ("PRE-PREPARE", "a PRE-PREPARE"),
        "proposes a request at a sequence number",
        "{Who}, the primary, {who:proposes|propose} {value|a request} as number {slot} and \
         {who:tells|tell} {to|all others}: PRE-PREPARE.",
    ),
    kind(
        "prepare",
        'p',
        Number,
        ("PREPARE", "a PREPARE"),
        "says that it accepted the proposal",
        "{Who} {who:agrees|agree} to {value|a request} as number {slot} and {who:tells|tell} \
         {to|all others}: PREPARE.",
    ),
    kind(
        "commit",
        'C',
        Number,
        ("COMMIT", "a COMMIT"),
        "says that it holds a prepared certificate",
        "{Who} {who:tells|tell} {to|all others} that enough agree on number {slot}: COMMIT.",
    ),
    kind(
        "reply",
        'A',
        Request,
        ("REPLY", "a REPLY"),
        "tells the client the result",
        "",
    ),
    kind(
        "checkpoint",
        'K',
        State,
        ("CHECKPOINT", "a CHECKPOINT"),
        "states the digest of its state",
        "",
    ),
    kind(
        "view-change",
        'V',
        View,
        ("VIEW-CHANGE", "a VIEW-CHANGE"),
        "gives up on the primary and says what it had prepared",
        "{Who} {who:gives|give} up on the primary and {who:calls|call} for the next one, in view \
         {round}: VIEW-CHANGE.",
    ),
    kind(
        "new-view",
        'N',
        View,
        ("NEW-VIEW", "a NEW-VIEW"),
        "opens a new view with proof of what must carry over",
        "{Who}, the new primary, {who:opens|open} view {round} and {who:proves|prove}[ to {to}] \
         what carries over: NEW-VIEW.",
    ),
    kind(
        "state-request",
        'S',
        State,
        ("STATE-REQUEST", "a STATE-REQUEST"),
        "asks for what it may lack",
        "{Who} {who:asks|ask} {to|all others} whether {who:it|they} missed anything[ after number \
         {slot}]: STATE-REQUEST.",
    ),
    kind(
        "state-reply",
        's',
        State,
        ("STATE-REPLY", "a STATE-REPLY"),
        "proves what the other lacks",
        "",
    ),
    kind(
        "relay",
        'r',
        Request,
        ("RELAY", "a RELAY"),
        "passes a client's request on to the primary",
        "",
    ),
    kind(
        "status",
        'T',
        State,
        ("STATUS", "a STATUS"),
        "says how far it is",
        "",
    ),
];
