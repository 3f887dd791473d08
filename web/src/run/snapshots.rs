//! Kept instants of a run, so that any other is a short way off.
//!
//! An instant is kept every `spacing` events. When they take too much memory,
//! every second one goes and the spacing doubles: the cache never grows past
//! its cap, and no way back is longer than the spacing.

use quorumscope_core::time::Time;

/// A kept instant.
#[derive(Clone, Debug)]
struct Kept<T> {
    events: u64,
    at: Time,
    bytes: usize,
    what: T,
}

/// Kept instants in order.
#[derive(Debug)]
pub struct SnapshotCache<T> {
    kept: Vec<Kept<T>>,
    spacing: u64,
    cap: usize,
}

impl<T> SnapshotCache<T> {
    /// A cache that keeps an instant every `spacing` events, in at most `cap` bytes.
    #[must_use]
    pub fn new(spacing: u64, cap: usize) -> Self {
        Self {
            kept: Vec::new(),
            spacing: spacing.max(1),
            cap,
        }
    }

    /// Whether the instant after `events` events is worth keeping.
    #[must_use]
    pub fn wants(&self, events: u64) -> bool {
        self.kept
            .last()
            .is_none_or(|last| events >= last.events + self.spacing)
    }

    /// How many events may pass before the next instant is worth keeping.
    #[must_use]
    pub fn spacing(&self) -> u64 {
        self.spacing
    }

    /// Keeps an instant later than all others.
    pub fn put(&mut self, events: u64, at: Time, bytes: usize, what: T) {
        self.kept.push(Kept {
            events,
            at,
            bytes,
            what,
        });
        while self.kept.len() > 2 && self.bytes() > self.cap {
            self.thin();
        }
    }

    fn thin(&mut self) {
        let mut index = 0;
        self.kept.retain(|_| {
            index += 1;
            index % 2 == 1
        });
        self.spacing *= 2;
    }

    fn bytes(&self) -> usize {
        self.kept.iter().map(|kept| kept.bytes).sum()
    }

    /// The last kept instant at or before `at`, with its count of events.
    pub fn by_time(&self, at: Time) -> Option<(u64, &T)> {
        let after = self.kept.partition_point(|kept| kept.at <= at);
        Self::entry(self.kept.get(after.checked_sub(1)?)?)
    }

    /// The last kept instant with at most `events` events.
    pub fn by_events(&self, events: u64) -> Option<(u64, &T)> {
        let after = self.kept.partition_point(|kept| kept.events <= events);
        Self::entry(self.kept.get(after.checked_sub(1)?)?)
    }

    fn entry(kept: &Kept<T>) -> Option<(u64, &T)> {
        Some((kept.events, &kept.what))
    }

    /// The same without the instants after `events` events.
    #[must_use]
    pub fn until(&self, events: u64) -> Self
    where
        T: Clone,
    {
        let past = self.kept.partition_point(|kept| kept.events <= events);
        Self {
            kept: self.kept[..past].to_vec(),
            ..*self
        }
    }

    /// How many instants are kept.
    #[must_use]
    pub fn len(&self) -> usize {
        self.kept.len()
    }

    /// Whether nothing is kept.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.kept.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(events: u64, cap: usize) -> SnapshotCache<u64> {
        let mut cache = SnapshotCache::new(10, cap);
        for event in 0..events {
            if cache.wants(event) {
                cache.put(event, Time(event * 100), 1000, event);
            }
        }
        cache
    }

    #[test]
    fn memory_stays_under_the_cap_and_the_start_stays() {
        let cache = filled(100_000, 20_000);
        assert!(cache.len() <= 20 && cache.len() >= 10, "{}", cache.len());
        assert_eq!(cache.by_events(0), Some((0, &0)));
    }

    #[test]
    fn no_way_is_longer_than_the_spacing() {
        let cache = filled(5_000, 20_000);
        for event in 0..5_000 {
            let (from, _) = cache.by_events(event).unwrap();
            assert!(from <= event && event - from <= cache.spacing(), "{event}");
            let (from, _) = cache.by_time(Time(event * 100)).unwrap();
            assert!(from <= event);
        }
    }

    #[test]
    fn a_fork_knows_the_past_and_not_what_came_after_it() {
        let cache = filled(1_000, 1_000_000).until(500);
        assert_eq!(cache.by_events(999), Some((500, &500)));
        assert_eq!(cache.by_events(499), Some((490, &490)));
    }
}
