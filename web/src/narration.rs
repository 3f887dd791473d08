//! What happened, in plain words and at three levels.

mod claims;

use crate::actions::Level;
use quorumscope_core::fault::{Order, Value};
use quorumscope_core::protocol::{Kind, Label, NodeId};
use quorumscope_core::scenario::Scenario;
use quorumscope_core::time::Time;
use quorumscope_core::trace::{DropReason, Event, EventId, Passage, Recipients, What};
use std::fmt::Write;

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

/// One event, told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Which event.
    pub id: EventId,
    /// When.
    pub at: Time,
    /// Where.
    pub node: NodeId,
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
    pub promises: &'a [quorumscope_core::property::Promise],
}

/// What a node is called: `Replica 2`, `Client 4`.
#[must_use]
pub fn name(node: NodeId, replicas: usize) -> String {
    let what = if node.index() < replicas {
        "Replica"
    } else {
        "Client"
    };
    format!("{what} {node}")
}

/// A line's mark, words and reason.
type Words = (Tone, String, Option<String>);

impl Cast<'_> {
    fn name(&self, node: NodeId) -> String {
        name(node, self.scenario.nodes.into())
    }

    fn kind(&self, kind: u8) -> &'static str {
        self.kinds
            .get(usize::from(kind))
            .map_or("message", |kind| kind.name)
    }

    /// Tells one event, if this level tells it at all.
    #[must_use]
    pub fn tell(&self, event: &Event, level: Level) -> Option<Line> {
        if level < least(&event.what) {
            return None;
        }
        let (tone, text, why) = self.words(event, level)?;
        Some(Line {
            id: event.id,
            at: event.at,
            node: event.node,
            tone,
            text,
            why,
        })
    }

    fn words(&self, event: &Event, level: Level) -> Option<Words> {
        let who = self.name(event.node);
        let paper = level == Level::Paper;
        Some(match &event.what {
            What::Asked { number } => (
                Tone::Step,
                format!("{who} wants its request c{}#{number} executed.", event.node),
                None,
            ),
            What::Sent {
                kind, label, to, ..
            } => (
                Tone::Kind(*kind),
                self.sent(&who, *kind, *label, *to, paper),
                None,
            ),
            What::Delivered(passage) => (
                Tone::Kind(passage.kind),
                self.delivered(&who, passage),
                None,
            ),
            What::Dropped(passage, reason) => (
                Tone::Lost,
                self.lost(passage),
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
                format!("{who} has waited long enough: its {timer} timer runs out."),
                None,
            ),
            What::Because(rule, label) => (
                Tone::Step,
                format!("{who}: {}", rule.says),
                Some(if paper {
                    format!("{}, {} ({})", rule.name, rule.source, about(*label, true))
                } else {
                    about(*label, false)
                }),
            ),
            What::Claimed(claim) => return claims::words(self, &who, claim, paper),
            What::Ordered(index) => (Tone::Order, self.order(*index, false)?, None),
            What::Lifted(index) => (Tone::Order, self.order(*index, true)?, None),
            What::Broken { promise, witness } => self.broken(*promise, *witness)?,
        })
    }

    fn sent(&self, who: &str, kind: u8, label: Label, to: Recipients, paper: bool) -> String {
        let to = match to {
            Recipients::One(node) => self.name(node).to_ascii_lowercase(),
            Recipients::Replicas(_) => "all replicas".into(),
        };
        let kind = self.kind(kind);
        format!("{who} sends {kind} to {to}: {}.", about(label, paper))
    }

    fn delivered(&self, who: &str, passage: &Passage) -> String {
        format!(
            "{who} receives {} from {}: {}.",
            self.kind(passage.kind),
            self.name(passage.from).to_ascii_lowercase(),
            about(passage.label, true)
        )
    }

    fn lost(&self, passage: &Passage) -> String {
        format!(
            "The {} from {} to {} is lost.",
            self.kind(passage.kind),
            self.name(passage.from).to_ascii_lowercase(),
            self.name(passage.to).to_ascii_lowercase()
        )
    }

    fn order(&self, index: u32, lifted: bool) -> Option<String> {
        let order = self.scenario.script.get(index as usize)?;
        let says = self.ordered(order);
        Some(if lifted {
            format!("Over: {says}.")
        } else {
            format!("By order: {says}.")
        })
    }

    /// An order of the script in words: its title and its values.
    #[must_use]
    pub fn ordered(&self, order: &Order) -> String {
        let mut text = order.fault.title.to_string();
        for (index, (knob, value)) in order.args.0.iter().enumerate() {
            text.push_str(if index == 0 { ": " } else { ", " });
            // A node, a message or a behaviour needs no name before it.
            if !matches!(
                *knob,
                "node" | "behaviour" | "message" | "groups" | "client"
            ) {
                let _ = write!(text, "{} ", knob.trim_end_matches("_ms").replace('_', " "));
            }
            text.push_str(&self.value(value));
        }
        text
    }

    fn value(&self, value: &Value) -> String {
        let list = |nodes: &[NodeId]| {
            let names: Vec<String> = nodes.iter().map(ToString::to_string).collect();
            names.join(", ")
        };
        match value {
            Value::Node(node) => self.name(*node).to_ascii_lowercase(),
            Value::Nodes(nodes) => list(nodes),
            Value::Groups(groups) => {
                let sides: Vec<String> = groups.iter().map(|group| list(group)).collect();
                sides.join(" | ")
            }
            Value::Span(span) => span.to_string(),
            Value::Number(number) => number.to_string(),
            Value::Name(name) => (*name).into(),
            Value::Names(names) => names.join(", "),
            Value::Flag(flag) => if *flag { "yes" } else { "no" }.into(),
        }
    }

    fn broken(&self, promise: u8, witness: u32) -> Option<Words> {
        let promise = self.promises.get(usize::from(promise))?;
        let says = promise
            .witnesses
            .get(witness as usize)
            .map(|w| w.says.clone());
        let text = format!("{} is broken.", capital(promise.name));
        Some((Tone::Broken, text, says))
    }
}

/// What a message or a rule is about, in words.
fn about(label: Label, paper: bool) -> String {
    let mut text = format!("number {}", label.sequence);
    let _ = write!(text, " in view {}", label.view);
    if paper {
        let _ = write!(text, ", digest {}", digest(label.digest));
    }
    text
}

/// A digest as a short name; the null request has none.
#[must_use]
pub fn digest(digest: u64) -> String {
    if digest == 0 {
        return "null".into();
    }
    format!("{:04x}", digest >> 48)
}

/// The same with a capital letter.
#[must_use]
pub fn capital(text: &str) -> String {
    let mut text = text.to_string();
    if let Some(first) = text.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    text
}

/// Silence and crashes lose a message at every turn: the story tells the others.
fn drop_level(reason: DropReason) -> Level {
    match reason {
        DropReason::Crashed | DropReason::Silent | DropReason::Withheld => Level::Course,
        _ => Level::First,
    }
}

/// The least level that tells of this; asked first, because most events are told by none.
fn least(what: &What) -> Level {
    match what {
        What::Sent { .. } | What::Because(..) => Level::Course,
        What::Delivered(_) | What::TimerSet { .. } | What::TimerCancelled { .. } => Level::Paper,
        What::Dropped(_, reason) => drop_level(*reason),
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
