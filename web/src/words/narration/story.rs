//! The story of a run up to an instant, and beyond: what several do alike is one line.

use super::crowd::Crowd;
use super::{Cast, Line};
use crate::edit::setup::typical;
use crate::ui::Level;
use quorumscope_core::protocol::{Claim, NodeId};
use quorumscope_core::time::Span;
use quorumscope_core::trace::{Event, What};
use std::collections::BTreeMap;

/// So many deliveries long, alike things are one.
const TOGETHER: u64 = 3;
/// No more events than this are looked through.
const DEPTH: usize = 60_000;

/// A teller of a run at one level.
pub struct Story<'a> {
    cast: Cast<'a>,
    level: Level,
    together: Span,
    /// Whether an event is wanted at all.
    wanted: &'a dyn Fn(&Event) -> bool,
    depth: usize,
}

/// Some events that are one line.
struct Group<'a> {
    first: &'a Event,
    last: &'a Event,
    crowd: Crowd,
}

/// What two events have in common that are told in one line.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    what: &'static str,
    kind: u8,
    numbers: (u64, u32, u64),
    from: Option<NodeId>,
}

impl<'a> Story<'a> {
    /// Tells of the events that are wanted, with the run at hand in the cast.
    #[must_use]
    pub fn new(cast: Cast<'a>, level: Level, wanted: &'a dyn Fn(&Event) -> bool) -> Self {
        let together = Span(typical(&cast.scenario.latency).0 * TOGETHER);
        Self {
            cast,
            level,
            together,
            wanted,
            depth: DEPTH,
        }
    }

    /// Looks so many times as far.
    #[must_use]
    pub const fn deeper(self, times: usize) -> Self {
        Self {
            depth: DEPTH * times,
            ..self
        }
    }

    /// How many events are looked through.
    #[must_use]
    pub const fn depth(&self) -> usize {
        self.depth
    }

    /// The last lines by the time of `happened` events, at most so many, oldest first.
    #[must_use]
    pub fn before(&self, happened: usize, most: usize) -> Vec<Line> {
        let past = &self.cast.events[..happened.min(self.cast.events.len())];
        let mut lines = self.gather(past.iter().rev(), most);
        lines.sort_by_key(|line| line.id);
        lines
    }

    /// The first lines that are known to come after `happened` events, at most so many.
    #[must_use]
    pub fn after(&self, happened: usize, most: usize) -> Vec<Line> {
        let future = &self.cast.events[happened.min(self.cast.events.len())..];
        self.gather(future.iter(), most)
    }

    /// The last lines by the time of `happened` events, by what was added to them last, newest last.
    #[must_use]
    pub fn newest(&self, happened: usize, most: usize) -> Vec<Line> {
        let mut lines = self.before(happened, most);
        lines.sort_by_key(|line| line.last.0);
        lines
    }

    fn gather(&self, events: impl Iterator<Item = &'a Event>, most: usize) -> Vec<Line> {
        let mut groups: Vec<Group<'a>> = Vec::new();
        let mut open: BTreeMap<Key, usize> = BTreeMap::new();
        for event in events.take(self.depth) {
            if groups.len() >= most
                && groups
                    .last()
                    .is_none_or(|group| !self.near(group.first, event))
            {
                break;
            }
            if !self.cast.tells(&event.what, self.level) || !(self.wanted)(event) {
                continue;
            }
            let key = if self.level == Level::First {
                key(event)
            } else {
                None
            };
            let known = key.and_then(|key| open.get(&key).copied());
            if let Some(group) = known.and_then(|place| groups.get_mut(place))
                && (self.near(group.first, event) || self.near(group.last, event))
            {
                group.join(event);
            } else if groups.len() < most {
                open.extend(key.map(|key| (key, groups.len())));
                groups.push(Group::of(event));
            } else if let Some(key) = key {
                // Whatever it belongs to, no line of it is shown.
                open.remove(&key);
            }
        }
        groups.iter().filter_map(|group| self.line(group)).collect()
    }

    fn near(&self, one: &Event, other: &Event) -> bool {
        one.at.since(other.at).0.max(other.at.since(one.at).0) <= self.together.0
    }

    fn line(&self, group: &Group<'_>) -> Option<Line> {
        let line = self.cast.line(group.first, self.level, &group.crowd)?;
        Some(Line {
            last: (group.last.id, group.last.at),
            ..line
        })
    }

    /// What the last step before `happened` events did, event by event.
    #[must_use]
    pub fn step(&self, happened: usize) -> Vec<Line> {
        let past = &self.cast.events[..happened.min(self.cast.events.len())];
        let mut lines = Vec::new();
        for event in past.iter().rev() {
            let first = past.last().is_none_or(|last| last.at == event.at);
            if !first {
                break;
            }
            if (self.wanted)(event) {
                lines.extend(self.cast.tell(event, self.level));
            }
            if begins(&event.what) {
                break;
            }
        }
        lines.reverse();
        lines
    }
}

impl<'a> Group<'a> {
    fn of(event: &'a Event) -> Self {
        Self {
            first: event,
            last: event,
            crowd: Crowd::of(event),
        }
    }

    fn join(&mut self, event: &'a Event) {
        if event.id < self.first.id {
            self.first = event;
        }
        if event.id > self.last.id {
            self.last = event;
        }
        self.crowd.join(event);
    }
}

/// Whether a step of a run begins with such an event.
fn begins(what: &What) -> bool {
    matches!(
        what,
        What::Delivered(_)
            | What::Dropped(..)
            | What::TimerFired { .. }
            | What::Asked { .. }
            | What::Ordered(_)
            | What::Lifted(_)
    )
}

/// What an event has in common with those that are told in one line with it; nothing if it stands alone.
fn key(event: &Event) -> Option<Key> {
    let key = |what, sequence: u64, view: u32, digest: u64| Key {
        what,
        kind: 0,
        numbers: (sequence, view, digest),
        from: None,
    };
    Some(match &event.what {
        What::Sent { kind, label, .. } => Key {
            kind: *kind,
            ..key("sent", label.sequence, label.view, label.digest)
        },
        What::Dropped(passage, reason) => Key {
            kind: passage.kind,
            from: Some(passage.from),
            ..key(reason.name(), passage.label.sequence, passage.label.view, 0)
        },
        What::TimerFired { timer } => key(timer, 0, 0, 0),
        What::Claimed(claim) => match claim {
            Claim::Reached {
                stage,
                label,
                votes,
            } => {
                let told = label.digest ^ u64::from(*votes) << 56 ^ u64::from(*stage) << 48;
                key("reached", label.sequence, label.view, told)
            }
            Claim::Applied { label, .. } => key("executed", label.sequence, 0, label.digest),
            Claim::TookOver { label } => key("transferred", label.sequence, 0, label.digest),
            Claim::RolledBack { to } => key("rolled back", *to, 0, 0),
            Claim::GaveUp { round, alone } => key("gave up", u64::from(*alone), *round, 0),
            Claim::Entered { round, .. } => key("entered", 0, *round, 0),
            Claim::Answered { .. } | Claim::Suspects { .. } => return None,
        },
        _ => return None,
    })
}

#[cfg(test)]
mod tests;
