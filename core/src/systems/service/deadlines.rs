//! All that a node waits for, on one timer for the next deadline [6].
//!
//! A node measures how long it waited by its own clock, as by a stopwatch [3].

use super::{Service, Timer};
use crate::protocol::Out;
use crate::time::Span;
use std::collections::BTreeSet;

/// Deadlines by what they are for.
#[derive(Clone, Debug)]
pub(super) struct Deadlines<K> {
    all: BTreeSet<(i64, K)>,
    /// The deadline that the timer runs for, if it runs.
    armed: Option<i64>,
}

impl<K: Ord + Copy> Deadlines<K> {
    pub(super) const fn new() -> Self {
        Self {
            all: BTreeSet::new(),
            armed: None,
        }
    }

    /// Waits for a span from now on: the deadline, by which it can be dropped.
    pub(super) fn set(&mut self, now: i64, span: Span, key: K) -> i64 {
        let due = now.saturating_add_unsigned(span.0);
        self.all.insert((due, key));
        due
    }

    /// Waits no longer.
    pub(super) fn drop(&mut self, due: i64, key: K) {
        self.all.remove(&(due, key));
    }

    /// The timer ran out: what it was for is due, whatever the clock says. The instant to go by.
    pub(super) fn fired(&mut self, now: i64) -> i64 {
        let armed = self.armed.take();
        armed.map_or(now, |armed| armed.max(now))
    }

    /// Takes something that is due.
    pub(super) fn due(&mut self, now: i64) -> Option<K> {
        let &(due, key) = self.all.first()?;
        if due > now {
            return None;
        }
        self.all.pop_first();
        Some(key)
    }

    /// Lets the timer run for the next deadline. One that runs for an earlier deadline, which was
    /// dropped, is left to run out.
    pub(super) fn arm(&mut self, now: i64, out: &mut Out<Service>) {
        match (self.all.first(), self.armed) {
            (None, Some(_)) => {
                out.cancel_timer(Timer::Deadline);
                self.armed = None;
            }
            (Some(&(due, _)), armed) if armed.is_none_or(|armed| due < armed) => {
                out.set_timer(Timer::Deadline, Span(due.saturating_sub(now).max(0) as u64));
                self.armed = Some(due);
            }
            _ => {}
        }
    }
}
