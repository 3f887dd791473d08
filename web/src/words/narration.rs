//! What happened, in plain words and at three levels.

mod about;
pub mod caption;
mod claims;
mod crowd;
pub mod filter;
mod orders;
pub mod story;

use crate::text::{capital, name};
use crate::ui::Level;
use crowd::Crowd;
use quorumscope_core::chronicle::IdleOrders;
use quorumscope_core::protocol::{Kind, Label, NodeId};
use quorumscope_core::scenario::Scenario;
use quorumscope_core::time::Time;
use quorumscope_core::trace::{DropReason, Event, EventId, Passage, Recipients, What};

/// How a line is to be marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// A message of this kind.
    Kind(u8),
    /// A node got further.
    Step,
    /// Something was executed or answered.
    Good,
    /// Something was lost or went wrong.
    Lost,
    /// A timer.
    Timer,
    /// The user or the script did it.
    Order,
    /// A promise broke.
    Broken,
}

/// One event, told; or several that are alike.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Which event; the first of several.
    pub id: EventId,
    /// When.
    pub at: Time,
    /// The last of several, and when that was; the same as the first of one.
    pub last: (EventId, Time),
    /// Where: all nodes of several.
    pub nodes: Vec<NodeId>,
    /// Its mark.
    pub tone: Tone,
    /// What happened.
    pub text: String,
    /// Why, or by which rule.
    pub why: Option<String>,
}

/// Whom and what the story is about.
#[derive(Clone, Copy, Debug)]
pub struct Cast<'a> {
    /// The scenario, for its script.
    pub scenario: &'a Scenario,
    /// The protocol's kinds of message.
    pub kinds: &'static [Kind],
    /// Sentences about broken promises, by promise and witness.
    pub promises: &'a [quorumscope_core::promise::Standing],
    /// The run itself, to look up what an event speaks of; nothing if there is no need.
    pub events: &'a [Event],
    /// Orders that came to nothing, by their index in the script.
    pub idle: &'a IdleOrders,
}

/// What happens to a machine, or at a node by order.
fn machine(what: &What, who: &str) -> Option<Words> {
    let (tone, text) = match what {
        What::WorkBegun { piece, .. } => {
            (Tone::Step, format!("The machine of {who} begins {piece}."))
        }
        What::WorkDone { piece } => (
            Tone::Step,
            format!("The machine of {who} is done with {piece}."),
        ),
        What::Happened => (Tone::Step, format!("Something happens at {who}.")),
        What::WornOut => (Tone::Lost, format!("The machine of {who} breaks.")),
        What::Repaired => (Tone::Good, format!("The machine of {who} is repaired.")),
        _ => return None,
    };
    Some((tone, text, None))
}

/// A line's mark, words and reason.
type Words = (Tone, String, Option<String>);

impl Cast<'_> {
    fn name(&self, node: NodeId) -> String {
        name(node, self.scenario.servers().into())
    }

    /// The name of a stage.
    fn stage(&self, stage: u8) -> &'static str {
        let stages = self.scenario.spec.stages;
        stages
            .get(usize::from(stage))
            .map_or("reached", |stage| stage.name)
    }

    fn kind(&self, kind: u8) -> &'static str {
        self.kinds
            .get(usize::from(kind))
            .map_or("message", |kind| kind.name)
    }

    /// The same, with the run at hand.
    #[must_use]
    pub const fn among<'b>(self, events: &'b [Event]) -> Cast<'b>
    where
        Self: 'b,
    {
        Cast { events, ..self }
    }

    /// Tells one event, if this level tells it at all.
    #[must_use]
    pub fn tell(&self, event: &Event, level: Level) -> Option<Line> {
        if !self.tells(&event.what, level) {
            return None;
        }
        self.line(event, level, &Crowd::of(event))
    }

    fn line(&self, event: &Event, level: Level, crowd: &Crowd) -> Option<Line> {
        let (tone, text, why) = self.words(event, level, crowd)?;
        Some(Line {
            id: event.id,
            at: event.at,
            last: (event.id, event.at),
            nodes: crowd.nodes.clone(),
            tone,
            text,
            why,
        })
    }

    fn words(&self, event: &Event, level: Level, crowd: &Crowd) -> Option<Words> {
        let who = self.names(&crowd.nodes);
        let s = crowd.ending();
        let paper = level == Level::Paper;
        Some(match &event.what {
            What::Asked { number } => (
                Tone::Step,
                format!("{who} wants its request c{}#{number} executed.", event.node),
                None,
            ),
            What::Sent { kind, label, .. } if level == Level::First => (
                Tone::Kind(*kind),
                self.news(event, *kind, *label, crowd),
                None,
            ),
            What::Sent {
                kind, label, to, ..
            } => (
                Tone::Kind(*kind),
                self.sent(event.node, *kind, *label, to, paper),
                None,
            ),
            What::Delivered(passage) => (
                Tone::Kind(passage.kind),
                self.delivered(&who, passage),
                None,
            ),
            What::Dropped(passage, reason) => (
                Tone::Lost,
                self.lost(passage, crowd),
                Some(drop_reason(*reason).into()),
            ),
            What::TimerSet { timer, until } => (
                Tone::Timer,
                format!("{who} starts its {timer} timer: it runs out at {until}."),
                None,
            ),
            What::TimerCancelled { timer } => {
                (Tone::Timer, format!("{who} stops its {timer} timer."), None)
            }
            What::TimerFired { timer } => (
                Tone::Timer,
                match s {
                    "" => format!("{who} have waited long enough: their {timer} timers run out."),
                    _ => format!("{who} has waited long enough: its {timer} timer runs out."),
                },
                None,
            ),
            What::WorkBegun { .. }
            | What::WorkDone { .. }
            | What::Happened
            | What::WornOut
            | What::Repaired => machine(&event.what, &who)?,
            What::Because(rule, label) => {
                let about = self.about(rule.about, *label, (event.node, None), paper);
                let why = match paper {
                    true => format!("{}, {} ({about})", rule.name, rule.source),
                    false => about,
                };
                (Tone::Step, format!("{who}: {}", rule.says), Some(why))
            }
            What::Claimed(claim) => claims::words(self, crowd, claim, paper),
            What::Ordered(index) => (
                Tone::Order,
                self.order(*index, false)?,
                self.came_to_nothing(*index),
            ),
            What::Lifted(index) => (Tone::Order, self.order(*index, true)?, None),
            What::Broken { promise, witness } => self.broken(*promise, *witness)?,
        })
    }

    fn sent(&self, from: NodeId, kind: u8, label: Label, to: &Recipients, paper: bool) -> String {
        let (to, one) = match to {
            Recipients::One(node) => (self.name(*node).to_ascii_lowercase(), Some(*node)),
            all => (format!("all {}", all.plural(&self.scenario.cast)), None),
        };
        let about = self.about(self.meaning(kind), label, (from, one), paper);
        let (who, kind) = (self.name(from), self.kind(kind));
        format!("{who} sends {kind} to {to}: {about}.")
    }

    fn delivered(&self, who: &str, passage: &Passage) -> String {
        let ends = (passage.from, Some(passage.to));
        format!(
            "{who} receives {} from {}: {}.",
            self.kind(passage.kind),
            self.name(passage.from).to_ascii_lowercase(),
            self.about(self.meaning(passage.kind), passage.label, ends, true)
        )
    }

    fn lost(&self, passage: &Passage, crowd: &Crowd) -> String {
        format!(
            "The {} from {} to {} is lost.",
            self.kind(passage.kind),
            self.name(passage.from).to_ascii_lowercase(),
            self.names(&crowd.to).to_ascii_lowercase()
        )
    }

    /// Whether a level tells of this; asked first, because most events are told by none.
    #[must_use]
    pub fn tells(&self, what: &What, level: Level) -> bool {
        let least = match what {
            What::Sent { kind, .. } if self.news_of(*kind).is_some() => Level::First,
            What::Sent { .. }
            | What::Because(..)
            | What::WorkBegun { .. }
            | What::WorkDone { .. } => Level::Course,
            What::Delivered(_) | What::TimerSet { .. } | What::TimerCancelled { .. } => {
                Level::Paper
            }
            What::Dropped(_, reason) => drop_level(*reason),
            _ => Level::First,
        };
        level >= least
    }

    fn broken(&self, promise: u8, witness: u32) -> Option<Words> {
        let promise = self.promises.get(usize::from(promise))?;
        let says = promise
            .witnesses
            .get(witness as usize)
            .map(|w| format!("{}.", capital(&w.says)));
        let text = format!("{} is broken.", capital(promise.promise.name));
        Some((Tone::Broken, text, says))
    }
}

/// Silence and crashes lose a message at every turn: the story tells the others.
fn drop_level(reason: DropReason) -> Level {
    match reason {
        DropReason::Crashed | DropReason::Silent | DropReason::Withheld => Level::Course,
        _ => Level::First,
    }
}

/// Why a message was lost, in words.
#[must_use]
pub fn drop_reason(reason: DropReason) -> &'static str {
    match reason {
        DropReason::Crashed => "The recipient is down.",
        DropReason::Silent => "The sender is kept from sending.",
        DropReason::Partition => "The network is cut between them.",
        DropReason::RouterQueueOverflow => "The router's queue was full.",
        DropReason::Corruption => "It was damaged on its way, and the checksum told.",
        DropReason::ReceiveBufferOverflow => "The recipient's buffer was full.",
        DropReason::Chosen => "It was picked out by hand.",
        DropReason::Withheld => "The traitor kept it to itself.",
    }
}

#[cfg(test)]
mod tests;
