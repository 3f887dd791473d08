//! The dialect of player.js, in which many pages speak to videos: a run plays like one.
//!
//! Messages are JSON texts. A second is a second of the run, not of the wall.

use quorumscope_core::time::Time;
use serde_json::{Value, json};

/// What its messages name.
pub const CONTEXT: &str = "player.js";
const VERSION: &str = "0.0.11";
/// The longest instant that can be asked for, in seconds.
const LONGEST: f64 = 1e6;

/// The methods that are understood.
pub const METHODS: [&str; 10] = [
    "play",
    "pause",
    "getPaused",
    "getDuration",
    "getCurrentTime",
    "setCurrentTime",
    "getLoop",
    "setLoop",
    "addEventListener",
    "removeEventListener",
];

/// The events that are told.
pub const EVENTS: [&str; 7] = [
    "ready",
    "play",
    "pause",
    "ended",
    "timeupdate",
    "seeked",
    "error",
];

/// A call, and the name of who waits for the answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Letter {
    /// What is to be done.
    pub call: Call,
    /// The caller's own name for who listens, given back as it came.
    pub listener: Option<String>,
}

/// What a host page may ask of a player.
#[derive(Clone, Debug, PartialEq)]
pub enum Call {
    /// Time runs, or stands.
    Play(bool),
    /// Whether it stands.
    GetPaused,
    /// How long the run is.
    GetDuration,
    /// Where it stands.
    GetCurrentTime,
    /// To an instant.
    SetCurrentTime(Time),
    /// Whether it begins again at its end.
    GetLoop,
    /// To begin again at its end, or not.
    SetLoop(bool),
    /// To be told of an event.
    Listen(&'static str),
    /// No longer.
    Unlisten(&'static str),
    /// Something else, or with a value that means nothing.
    Unknown,
}

/// Reads a message that names the context; `None` if it calls nothing.
#[must_use]
pub fn read(message: &Value) -> Option<Letter> {
    let method = message["method"].as_str()?;
    let listener = message["listener"]
        .as_str()
        .filter(|name| name.len() <= 100);
    Some(Letter {
        call: call(method, &message["value"]).unwrap_or(Call::Unknown),
        listener: listener.map(String::from),
    })
}

fn call(method: &str, value: &Value) -> Option<Call> {
    let event = || {
        let named = value.as_str()?;
        EVENTS.into_iter().find(|event| *event == named)
    };
    Some(match method {
        "play" => Call::Play(true),
        "pause" => Call::Play(false),
        "getPaused" => Call::GetPaused,
        "getDuration" => Call::GetDuration,
        "getCurrentTime" => Call::GetCurrentTime,
        "setCurrentTime" => {
            let seconds = value.as_f64().filter(|s| (0.0..=LONGEST).contains(s))?;
            Call::SetCurrentTime(Time((seconds * 1e6) as u64))
        }
        "getLoop" => Call::GetLoop,
        "setLoop" => Call::SetLoop(value.as_bool()?),
        "addEventListener" => Call::Listen(event()?),
        "removeEventListener" => Call::Unlisten(event()?),
        _ => return None,
    })
}

/// What is told: an event, or the answer to a method of that name.
#[must_use]
pub fn tell(event: &str, value: Value, listener: Option<&str>) -> Value {
    let mut message = json!({ "context": CONTEXT, "version": VERSION, "event": event });
    if !value.is_null() {
        message["value"] = value;
    }
    if let Some(listener) = listener {
        message["listener"] = listener.into();
    }
    message
}

/// What the first message says: that all this is understood here.
#[must_use]
pub fn ready(src: &str) -> Value {
    json!({ "src": src, "events": EVENTS, "methods": METHODS })
}

/// The error of player.js for what is not understood.
#[must_use]
pub fn unknown() -> Value {
    json!({ "code": 2, "msg": "Method Not Supported" })
}
