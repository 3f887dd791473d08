//! Promises that many systems give: one file each.
//!
//! A system names those that it gives in its [`Spec`](crate::spec::Spec), with
//! the place in its own source that gives them: see [`from`].

mod agreement;
mod answer;
mod exactly_once;
mod order;
mod progress;
mod validity;

use crate::outlook::Outlook;
use crate::promise::{Given, Promise};

pub use agreement::AGREEMENT;
pub use answer::ANSWER;
pub use exactly_once::EXACTLY_ONCE;
pub use order::ORDER;
pub use progress::PROGRESS;
pub use validity::VALIDITY;

/// A general promise with the paper and section that give it for one system.
#[must_use]
pub const fn from(promise: Promise, source: &'static str) -> Promise {
    Promise { source, ..promise }
}

/// Theory gives what each node sees to by itself among any number of traitors.
#[must_use]
pub const fn always(_: &Outlook) -> Given {
    Given::Promised
}

/// The most witnesses of one promise that are kept.
pub(crate) const MOST_WITNESSES: usize = 8;
