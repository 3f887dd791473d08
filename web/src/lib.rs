//! The page: one session that owns a run, views that show it, actions that change it.
//!
//! The modules stand in reading order: what is shown, what may be done, how time
//! passes, how a run is drawn and told; then the rooms, and the app that is
//! their floor plan. All but `stage`, `theme`, `files`, `app` and `rooms` is free of the
//! browser and tested natively.

pub mod view;

pub mod actions;

pub mod focus;

pub mod dossier;

pub mod hearsay;

pub mod deeds;

pub mod playback;
pub mod puppet;

pub mod shelf;

pub mod session;

pub mod number;

pub mod setup;

pub mod lessons;

pub mod forms;

pub mod address;

pub mod options;

pub mod handout;

pub mod shapes;

pub mod scene;

pub mod gesture;

pub mod marks;

pub mod narration;

pub mod theme;

pub mod stage;

pub mod icons;

pub mod files;

pub mod rooms;

pub mod host;

pub mod app;
