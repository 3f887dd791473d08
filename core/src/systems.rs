//! The systems that there are: one folder and one line each.
//!
//! What is in [`ALL`] is compiled in. A page that fetches a system when it is
//! asked for, or a program that brings its own, adds it with [`add`].

pub mod pbft;

use crate::spec::Spec;
use std::sync::{PoisonError, RwLock};

/// Every system that is compiled in; the first is the one of a scenario that names none.
pub const ALL: &[&Spec] = &[pbft::SPEC];

/// Those that were added.
static ADDED: RwLock<Vec<&'static Spec>> = RwLock::new(Vec::new());

/// Makes a system known to readers and menus; one of a name that is known already changes nothing.
pub fn add(spec: &'static Spec) {
    if find(spec.name).is_none() {
        ADDED
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .push(spec);
    }
}

/// The systems that are known, in the order of menus.
#[must_use]
pub fn known() -> Vec<&'static Spec> {
    let added = ADDED.read().unwrap_or_else(PoisonError::into_inner);
    ALL.iter().chain(added.iter()).copied().collect()
}

/// The system of this name.
#[must_use]
pub fn find(name: &str) -> Option<&'static Spec> {
    known().into_iter().find(|spec| spec.name == name)
}

/// The system of a scenario that names none.
#[must_use]
pub fn first() -> &'static Spec {
    ALL[0]
}
