//! The page as a whole: what it shows (`View`), what can be done (`Action`), and the app that does it.
//!
//! Everything may be used from here. Rooms use `view` and `actions`, and nobody uses `app` but `main`.

pub mod actions;
pub mod app;
pub mod gesture;
pub mod view;
