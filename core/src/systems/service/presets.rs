//! The presets of a service, each with a story.

use crate::presets::Preset;

/// In the order of the gallery.
pub const ALL: &[&Preset] = &[];
