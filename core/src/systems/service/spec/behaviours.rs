//! What a traitor can do in a service: what needs no lie, for nobody here checks what another says.

use crate::behaviours::{DELAY, REPLAY, SILENT, WITHHOLD};
use crate::fault::Behaviour;

/// In the order of menus.
pub(super) const ALL: &[&Behaviour] = &[&SILENT, &WITHHOLD, &DELAY, &REPLAY];
