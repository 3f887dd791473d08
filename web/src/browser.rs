//! What needs a browser beneath the rooms: the canvas, colours from the style sheet, icons, files, the window.
//!
//! From here `scene` may be read. Nothing here knows what a run or a room is.

pub mod canvas;
pub mod files;
pub mod icons;
pub mod theme;
pub mod window;
