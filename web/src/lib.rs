//! The page: one session that owns a run, views that show it, actions that change it.
//!
//! Folders by what they are for, each with a comment that says what may be used from there. What
//! all of them share stands beside them: `ui`, `text` and `geometry`. All but `browser`, `rooms`
//! and `page::app` is free of the browser and tested natively.

pub mod geometry;
pub mod text;
pub mod ui;

pub mod run;

pub mod scene;

pub mod words;

pub mod edit;

pub mod address;

pub mod embed;

pub mod browser;

pub mod rooms;

pub mod page;
