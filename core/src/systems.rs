//! The systems that there are: one folder and one line each.
//!
//! The first is always there. The others are compiled in with the feature `every-system`; a page
//! that fetches a system when it is asked for, or a program that brings its own, adds it with
//! [`add`], and until then knows of it what [`LISTED`] says.

pub mod pbft;
pub mod service;

use crate::presets::Preset;
use crate::spec::Spec;
use std::sync::{PoisonError, RwLock};

/// A system as a whole: what runs it, and its prepared runs.
#[derive(Clone, Copy, Debug)]
pub struct System {
    /// What it says about itself.
    pub spec: &'static Spec,
    /// Its prepared runs, in the order of the gallery.
    pub presets: &'static [&'static Preset],
}

/// The system of a scenario that names none, with its prepared runs.
pub const FIRST: System = pbft::SYSTEM;

/// What is known of a system that is not there yet: its name, and its title.
pub const LISTED: &[(&str, &str)] = &[
    ("pbft", "Practical Byzantine Fault Tolerance"),
    ("service", "A service that scales"),
];

/// All systems, in the order of menus; the first is the one of a scenario that names none.
#[cfg(feature = "every-system")]
const BUILT_IN: &[System] = &[FIRST, service::SYSTEM];
/// The first alone, and its prepared runs are added when they are wanted.
#[cfg(not(feature = "every-system"))]
const BUILT_IN: &[System] = &[System {
    spec: pbft::SPEC,
    presets: &[],
}];

/// Those that were added.
static ADDED: RwLock<Vec<System>> = RwLock::new(Vec::new());

/// Makes a system and its prepared runs known to readers and menus; what is known already stays.
pub fn add(system: System) {
    let knows = |known: &System| known.spec.name == system.spec.name;
    let mut added = ADDED.write().unwrap_or_else(PoisonError::into_inner);
    let whole = |known: &&System| knows(known) && known.presets.len() >= system.presets.len();
    if !BUILT_IN
        .iter()
        .chain(added.iter())
        .any(|known| whole(&known))
    {
        added.push(system);
    }
}

/// The systems that are known, in the order of menus.
#[must_use]
pub fn known() -> Vec<&'static Spec> {
    let mut known: Vec<&'static Spec> = Vec::new();
    each(|system| {
        if !known.iter().any(|spec| spec.name == system.spec.name) {
            known.push(system.spec);
        }
    });
    known
}

/// The names of all that are known or listed, in the order of menus.
#[must_use]
pub fn names() -> Vec<&'static str> {
    titles().into_iter().map(|(name, _)| name).collect()
}

/// The names and titles of all that are known or listed, in the order of menus.
#[must_use]
pub fn titles() -> Vec<(&'static str, &'static str)> {
    let mut titles = LISTED.to_vec();
    for spec in known() {
        if !LISTED.iter().any(|(name, _)| *name == spec.name) {
            titles.push((spec.name, spec.title));
        }
    }
    titles
}

/// Those that are listed and not here, or not with their prepared runs.
#[must_use]
pub fn absent() -> Vec<&'static str> {
    let names = LISTED.iter().map(|(name, _)| *name);
    names.filter(|name| presets_of(name).is_empty()).collect()
}

/// The prepared runs that are known of one system, in the order of the gallery.
#[must_use]
pub fn presets_of(name: &str) -> Vec<&'static Preset> {
    let mut known = Vec::new();
    each(|system| {
        if system.spec.name == name {
            known.extend(system.presets);
        }
    });
    known
}

/// The prepared runs that are known, system by system.
pub(crate) fn presets() -> Vec<&'static Preset> {
    let mut known = Vec::new();
    each(|system| known.extend(system.presets));
    known
}

fn each(mut visit: impl FnMut(&System)) {
    let added = ADDED.read().unwrap_or_else(PoisonError::into_inner);
    BUILT_IN.iter().chain(added.iter()).for_each(&mut visit);
}

/// The system of this name.
#[must_use]
pub fn find(name: &str) -> Option<&'static Spec> {
    known().into_iter().find(|spec| spec.name == name)
}

/// The system of a scenario that names none.
#[must_use]
pub const fn first() -> &'static Spec {
    pbft::SPEC
}

#[cfg(all(test, feature = "every-system"))]
mod tests {
    use super::*;

    #[test]
    fn what_is_listed_is_what_there_is() {
        let built_in = BUILT_IN
            .iter()
            .map(|system| (system.spec.name, system.spec.title));
        assert!(built_in.eq(LISTED.iter().copied()));
        assert_eq!(first().name, LISTED[0].0);
    }

    #[test]
    fn a_system_is_known_once() {
        let before = (known().len(), presets().len());
        add(pbft::SYSTEM);
        assert_eq!((known().len(), presets().len()), before);
    }
}
