//! The story of a run up to an instant, and beyond: what several do alike is one line.

use super::{Line, Narrator};
use crate::edit::setup::typical;
use crate::ui::Level;
use quorumscope_core::protocol::{Claim, Label, NodeId};
use quorumscope_core::time::Span;
use quorumscope_core::trace::{Event, Recipients, What};
use std::collections::BTreeMap;

/// Alike things are one as long as each follows another within as many deliveries.
const TOGETHER: u64 = 1;
/// No more events than this are looked through.
const DEPTH: usize = 60_000;

/// A teller of a run at one level.
pub struct Story<'a> {
    narrator: Narrator<'a>,
    level: Level,
    together: Span,
    /// Whether an event is wanted at all.
    wanted: &'a dyn Fn(&Event) -> bool,
    depth: usize,
}

/// Some events that are one line.
struct Group<'a> {
    /// In the order of their numbers.
    events: Vec<&'a Event>,
}

/// What two events have in common that are told in one line.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    what: &'static str,
    kind: u8,
    numbers: (u64, u32, u64),
    from: Option<NodeId>,
    votes: u32,
}

impl<'a> Story<'a> {
    /// Tells of the events that are wanted, with the run at hand.
    #[must_use]
    pub fn new(narrator: Narrator<'a>, level: Level, wanted: &'a dyn Fn(&Event) -> bool) -> Self {
        let together = Span(typical(&narrator.scenario.latency).0 * TOGETHER);
        Self {
            narrator,
            level,
            together,
            wanted,
            depth: DEPTH,
        }
    }

    /// Looks `times` times as many events back.
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

    /// The last lines by the time of `happened` events, `most` at most, oldest first.
    #[must_use]
    pub fn before(&self, happened: usize, most: usize) -> Vec<Line> {
        let past = self.past(happened);
        let mut lines = self.gather(past.iter().rev(), most);
        lines.sort_by_key(|line| line.id);
        lines
    }

    /// The first lines that are known to come after `happened` events, `most` at most.
    #[must_use]
    pub fn after(&self, happened: usize, most: usize) -> Vec<Line> {
        let future = &self.narrator.events()[self.past(happened).len()..];
        self.gather(future.iter(), most)
    }

    /// The last lines by the time of `happened` events, by what was added to them last, newest last.
    #[must_use]
    pub fn newest(&self, happened: usize, most: usize) -> Vec<Line> {
        let mut lines = self.before(happened, most);
        lines.sort_by_key(|line| line.last.0);
        lines
    }

    fn past(&self, happened: usize) -> &'a [Event] {
        let events = self.narrator.events();
        &events[..happened.min(events.len())]
    }

    fn gather(&self, events: impl Iterator<Item = &'a Event>, most: usize) -> Vec<Line> {
        let mut groups: Vec<Group<'a>> = Vec::new();
        let mut open: BTreeMap<Key, usize> = BTreeMap::new();
        for event in events.take(self.depth) {
            if groups.len() >= most && groups.last().is_none_or(|group| !self.near(group, event)) {
                break;
            }
            if !self.narrator.tells(&event.what, self.level) || !(self.wanted)(event) {
                continue;
            }
            let key = if self.level == Level::First {
                self.key(event)
            } else {
                None
            };
            let known = key.and_then(|key| open.get(&key).copied());
            if let Some(group) = known.and_then(|place| groups.get_mut(place))
                && self.near(group, event)
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

    /// Whether an event is so near to those of a group that it may be one of them.
    fn near(&self, group: &Group<'_>, event: &Event) -> bool {
        let near = |other: &&&Event| {
            let apart = other.at.since(event.at).0.max(event.at.since(other.at).0);
            apart <= self.together.0
        };
        let ends = [group.events.first(), group.events.last()];
        ends.iter().flatten().any(near)
    }

    fn line(&self, group: &Group<'_>) -> Option<Line> {
        self.narrator.line(&group.events, self.level)
    }

    /// What the last step before `happened` events did, event by event.
    #[must_use]
    pub fn step(&self, happened: usize) -> Vec<Line> {
        let past = self.past(happened);
        let mut lines = Vec::new();
        for event in past.iter().rev() {
            let first = past.last().is_none_or(|last| last.at == event.at);
            if !first {
                break;
            }
            if (self.wanted)(event) {
                lines.extend(self.narrator.tell(event, self.level));
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
            events: vec![event],
        }
    }

    fn join(&mut self, event: &'a Event) {
        let place = self.events.partition_point(|known| known.id < event.id);
        self.events.insert(place, event);
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

impl Story<'_> {
    /// What an event has in common with those that are told in one line with it; nothing if it stands alone.
    fn key(&self, event: &Event) -> Option<Key> {
        let key = |what, sequence: u64, view: u32, digest: u64| Key {
            what,
            kind: 0,
            numbers: (sequence, view, digest),
            from: None,
            votes: 0,
        };
        Some(match &event.what {
            What::Sent {
                kind, label, to, ..
            } => {
                // Whoever turns to some and not to all is told apart, or its recipients would be everyone's.
                let apart = !matches!(to, Recipients::Role { .. }) || self.narrator.betrayed(event);
                Key {
                    kind: *kind,
                    from: apart.then_some(event.node),
                    ..key("sent", label.sequence, label.view, label.digest)
                }
            }
            What::Dropped(transit, reason) => {
                let Label {
                    sequence,
                    view,
                    digest,
                } = transit.label;
                Key {
                    kind: transit.kind,
                    from: Some(transit.from),
                    ..key(reason.name(), sequence, view, digest)
                }
            }
            What::TimerFired { timer } => key(timer, 0, 0, 0),
            What::Because(rule, label) => key(rule.name, label.sequence, label.view, label.digest),
            What::Claimed(claim) => claimed(claim)?,
            _ => return None,
        })
    }
}

/// What a claim has in common with those that are told in one line with it.
fn claimed(claim: &Claim) -> Option<Key> {
    let key = |what, kind, sequence: u64, view: u32, other: u64, from| Key {
        what,
        kind,
        numbers: (sequence, view, other),
        from,
        votes: 0,
    };
    Some(match *claim {
        Claim::Reached {
            stage,
            label,
            votes,
        } => Key {
            votes,
            ..key(
                "reached",
                stage,
                label.sequence,
                label.view,
                label.digest,
                None,
            )
        },
        // Those who had done it before do nothing now.
        Claim::Applied { label, ref ops, .. } => {
            let done = u32::from(ops.is_empty());
            key("applied", 0, label.sequence, done, label.digest, None)
        }
        Claim::TookOver { label } => key("took over", 0, label.sequence, 0, label.digest, None),
        Claim::RolledBack { to } => key("rolled back", 0, to, 0, 0, None),
        Claim::GaveUp { round, alone } => key("gave up", u8::from(alone), 0, round, 0, None),
        Claim::Entered { round, leader } => key("entered", 0, 0, round, 0, leader),
        Claim::Answered { .. }
        | Claim::Failed { .. }
        | Claim::Worked { .. }
        | Claim::Suspects { .. } => return None,
    })
}

#[cfg(test)]
mod tests;
