//! One run, its past and what is known of its future: moved through time, read, searched.
//!
//! `Session` owns the run and is the only one that moves it; the rest reads. From here the core may
//! be used, and `ui` and `edit`'s typed numbers may not: nothing here knows how a run is drawn, told or changed by hand.

pub mod focus;
pub mod knowledge;
pub mod marks;
pub mod message_details;
pub mod passing;
pub mod playback;
pub mod present;
pub mod questions;
pub mod session;
pub mod snapshots;
pub mod sorting;
