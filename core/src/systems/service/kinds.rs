//! The kinds of message of a service, as screens, reports and narration name them.

use crate::protocol::About::{Request, View};
use crate::protocol::{About, Kind};

const fn kind(
    name: &'static str,
    letter: char,
    about: About,
    one: &'static str,
    story: &'static str,
) -> Kind {
    Kind {
        name,
        title: name,
        one,
        letter,
        story,
        about,
        news: "",
    }
}

/// The kinds that a request meets where nothing goes wrong, behind one balancer [10].
pub(super) const PATH: &[&str] = &["request", "dispatch", "result", "answer"];

/// All kinds, in the order of the messages' own numbers.
pub(super) const KINDS: &[Kind] = &[
    kind("request", 'R', Request, "a request", "asks for an answer"),
    kind(
        "dispatch",
        'D',
        Request,
        "a dispatch",
        "gives a server a request to work on",
    ),
    kind(
        "result",
        'E',
        Request,
        "a result",
        "hands a balancer what came of a request",
    ),
    kind("answer", 'A', Request, "an answer", "answers a client"),
    kind(
        "busy",
        'B',
        Request,
        "a refusal",
        "says that nothing comes of a request",
    ),
    kind(
        "probe",
        'P',
        View,
        "a probe",
        "asks whether a server is there",
    ),
    kind(
        "alive",
        'L',
        View,
        "a sign of life",
        "says that it is there",
    ),
    kind(
        "call",
        'C',
        Request,
        "a call",
        "asks a provider for what a request needs",
    ),
    kind(
        "returned",
        'T',
        Request,
        "a provider's answer",
        "gives a server what it called for",
    ),
    kind(
        "share",
        'S',
        Request,
        "a word to the others",
        "tells another server what was done",
    ),
    kind("start", 'U', View, "an order to start", "rents a server"),
    kind(
        "ready",
        'Y',
        View,
        "a word of readiness",
        "says that it is up",
    ),
];
