//! What a service promises.

mod conservation;
mod done_once;
mod no_single_point;
mod once;
mod recovery;

use crate::promise::Promise;

/// In the order of reports.
pub(super) const ALL: &[&Promise] = &[
    &conservation::CONSERVATION,
    &once::ONCE,
    &done_once::DONE_ONCE,
    &recovery::RECOVERY,
    &no_single_point::NO_SINGLE_POINT,
];
