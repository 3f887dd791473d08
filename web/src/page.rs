//! The page as a whole: what it shows (`View`), what can be done (`Action`), and the app that does it.
//!
//! Everything may be used from here. Rooms use `view` and `actions`, and nobody uses `boot` but `main`, nor
//! `app` but `boot`.

pub mod actions;
pub mod app;
pub mod boot;
pub mod gesture;
mod opening;
pub(crate) mod parts;
mod ring_painter;
pub mod view;
