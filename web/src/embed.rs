//! The page in a frame: what a host page may say, and what it is told.
//!
//! Two dialects are understood: our own (`docs/embedding.md`) and player.js. Both
//! are read by type here, away from the browser; what is malformed changes
//! nothing and gets at most an error, and what is not for us gets nothing.

pub mod calls;

pub mod height;

pub mod news;

pub mod player;

pub mod state;

use quorumscope_core::json;

/// What a host page said.
#[derive(Clone, Debug, PartialEq)]
pub enum Letter {
    /// In our own dialect.
    Own(calls::Letter),
    /// In that of player.js.
    Player(player::Letter),
}

impl Letter {
    /// The system that it names and that is not here, if it can be fetched.
    #[must_use]
    pub fn absent(&self) -> Option<&'static str> {
        match self {
            Self::Own(letter) => letter.call.as_ref().err()?.problem.absent,
            Self::Player(_) => None,
        }
    }
}

/// Reads what was posted, as JSON text; `None` if it is not for us.
#[must_use]
pub fn read(text: &str) -> Option<Letter> {
    // Others post here as well: what does not name us is not even parsed.
    if !text.contains(calls::CONTEXT) && !text.contains(player::CONTEXT) {
        return None;
    }
    let message = json::parse(text).ok()?;
    match message["context"].as_str()? {
        calls::CONTEXT => Some(Letter::Own(calls::read(&message))),
        player::CONTEXT => player::read(&message).map(Letter::Player),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
