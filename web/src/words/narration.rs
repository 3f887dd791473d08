//! What happened, in plain words and at three levels.

mod about;
pub mod caption;
mod claims;
mod crowd;
pub mod filter;
mod orders;
pub mod story;

use crate::ui::Level;
use crowd::Crowd;
use quorumscope_core::chronicle::{Chronicle, IdleOrders};
use quorumscope_core::protocol::{Label, NodeId, Rule};
use quorumscope_core::say::{Arg, Said, say};
use quorumscope_core::scenario::Scenario;
use quorumscope_core::time::Time;
use quorumscope_core::trace::{DropReason, Event, EventId, Recipients, Transit, What};

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
    /// Where it leads to in the story: to what was done by the time all of it had happened.
    pub aim: EventId,
    /// All of them, in their order.
    pub members: Vec<Member>,
    /// Where: all nodes of several.
    pub nodes: Vec<NodeId>,
    /// Its mark.
    pub tone: Tone,
    /// What happened.
    pub text: String,
    /// Why, or by which rule.
    pub why: Option<String>,
    /// The names and numbers that stand in both.
    pub told: Vec<(&'static str, Arg)>,
}

/// One of the events that a line tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Member {
    /// Which event.
    pub id: EventId,
    /// When.
    pub at: Time,
    /// Where.
    pub node: NodeId,
}

/// Whom and what the story is about.
#[derive(Clone, Copy, Debug)]
pub struct Narrator<'a> {
    /// The scenario, for its script and the words of its system.
    pub scenario: &'a Scenario,
    /// Sentences about broken promises, by promise and witness.
    pub promises: &'a [quorumscope_core::promise::Standing],
    /// The run itself, to look up what an event speaks of; nothing if there is no need.
    pub run: Option<&'a Chronicle>,
    /// Orders that came to nothing, by their index in the script.
    pub idle: &'a IdleOrders,
}

/// A line's mark, words and reason.
type Words = (Tone, Said, Option<Said>);

/// What is told of every system alike.
const RECEIVES: &str = "{Who} receives {message} from {from}[: {about}].";
const SENDS: &str = "{Who} sends {message} to {to}[: {about}].";
const SENDS_ALL: &str = "{Who} sends {message} to all {servers}[: {about}].";
const BETRAYS: &str = "{Who}, a traitor, {who:sends|send} {message} to {to|all others}[: {about}].";
const LOSES: &str = "{Message} from {from} to {to} is lost.";
const SETS: &str = "{Who} starts its {timer} timer: it runs out at {until}.";
const STOPS: &str = "{Who} stops its {timer} timer.";
const FIRES: &str = "The {timer} {who:timer|timers} of {who} {who:runs|run} out.";
const BEGINS: &str = "The machine of {who} begins {piece}.";
const IS_DONE: &str = "The machine of {who} is done with {piece}.";
const HAPPENS: &str = "Something happens at {who}.";
const BREAKS_DOWN: &str = "The machine of {who} breaks.";
const IS_REPAIRED: &str = "The machine of {who} is repaired.";
const CITES: &str = "{rule}, {source}[ ({about})]";
const BREAKS: &str = "{Promise} is broken.";
const WITNESSES: &str = "{Witness}.";

impl<'a> Narrator<'a> {
    /// The same, with the run at hand.
    #[must_use]
    pub const fn among<'b>(self, run: &'b Chronicle) -> Narrator<'b>
    where
        Self: 'b,
    {
        Narrator {
            run: Some(run),
            ..self
        }
    }

    /// All events that are known.
    fn events(&self) -> &'a [Event] {
        self.run.map_or(&[], |run| &run.events)
    }

    /// Tells one event, if this level tells it at all.
    #[must_use]
    pub fn tell(&self, event: &Event, level: Level) -> Option<Line> {
        if !self.tells(&event.what, level) {
            return None;
        }
        self.line(&[event], level)
    }

    /// Tells events that are alike, the first first.
    fn line(&self, events: &[&Event], level: Level) -> Option<Line> {
        let (first, last) = (events.first()?, events.last()?);
        let crowd = Crowd::of(events);
        let (tone, said, why) = self.words(first, level, &crowd)?;
        let mut told = said.told;
        let why = why.map(|mut why| {
            told.append(&mut why.told);
            why.text
        });
        let member = |event: &&Event| Member {
            id: event.id,
            at: event.at,
            node: event.node,
        };
        Some(Line {
            id: first.id,
            at: first.at,
            last: (last.id, last.at),
            aim: last.id,
            members: events.iter().map(member).collect(),
            nodes: crowd.nodes,
            tone,
            text: said.text,
            why: why.filter(|why| !why.is_empty()),
            told,
        })
    }

    fn words(&self, event: &Event, level: Level, crowd: &Crowd) -> Option<Words> {
        let paper = level == Level::Paper;
        Some(match &event.what {
            What::Asked { number } => {
                let op = format!("c{}#{number}", event.node);
                let fields = self.who(crowd).text("op", op);
                let said = say(self.scenario.spec.sentences.asked, &fields);
                (Tone::Step, said, None)
            }
            What::Sent {
                kind, label, to, ..
            } => {
                let said = match level {
                    Level::First => self.news(event, (*kind, *label), crowd),
                    _ => self.sent(event, (*kind, *label), to, paper),
                };
                (Tone::Kind(*kind), said, None)
            }
            What::Delivered(transit) => (Tone::Kind(transit.kind), self.delivered(transit), None),
            What::Dropped(transit, reason) => {
                let why = say(drop_reason(*reason), &self.fields());
                (Tone::Lost, self.lost(transit, crowd), Some(why))
            }
            What::TimerSet { timer, until } => {
                let fields = self.who(crowd).text("timer", *timer);
                let said = say(SETS, &fields.text("until", until.to_string()));
                (Tone::Timer, said, None)
            }
            What::TimerCancelled { timer } => {
                let said = say(STOPS, &self.who(crowd).text("timer", *timer));
                (Tone::Timer, said, None)
            }
            What::TimerFired { timer } => {
                let said = say(FIRES, &self.who(crowd).text("timer", *timer));
                (Tone::Timer, said, None)
            }
            What::WorkBegun { .. }
            | What::WorkDone { .. }
            | What::Happened
            | What::WornOut
            | What::Repaired => self.machine(&event.what, crowd)?,
            What::Because(rule, label) => self.rule(rule, *label, crowd, level),
            What::Claimed(claim) => claims::words(self, crowd, claim, paper),
            What::Ordered(index) => {
                let why = self.came_to_nothing(*index);
                let why = why.map(|why| say(&why, &self.fields()));
                (Tone::Order, self.order(*index, false)?, why)
            }
            What::Lifted(index) => (Tone::Order, self.order(*index, true)?, None),
            What::Broken { promise, witness } => self.broken(*promise, *witness)?,
        })
    }

    /// What happens to a machine, or at a node by order.
    fn machine(&self, what: &What, crowd: &Crowd) -> Option<Words> {
        let fields = self.who(crowd);
        Some(match what {
            What::WorkBegun { piece, .. } => {
                (Tone::Step, say(BEGINS, &fields.text("piece", *piece)), None)
            }
            What::WorkDone { piece } => (
                Tone::Step,
                say(IS_DONE, &fields.text("piece", *piece)),
                None,
            ),
            What::Happened => (Tone::Step, say(HAPPENS, &fields), None),
            What::WornOut => (Tone::Lost, say(BREAKS_DOWN, &fields), None),
            What::Repaired => (Tone::Good, say(IS_REPAIRED, &fields), None),
            _ => return None,
        })
    }

    /// What a message means, for a newcomer; of a traitor's, only what it is.
    fn news(&self, event: &Event, (kind, label): (u8, Label), crowd: &Crowd) -> Said {
        let about = self.meaning(kind);
        let fields = self.who(crowd);
        if self.betrayed(event) {
            let about = self.about(about, label, &crowd.to, false);
            let fields = self.message(fields, kind).maybe("about", whole(&about));
            return with(say(BETRAYS, &fields), about);
        }
        let fields = self.labelled(fields, about, label, &[]);
        say(self.news_of(kind).unwrap_or_default(), &fields)
    }

    fn sent(
        &self,
        event: &Event,
        (kind, label): (u8, Label),
        to: &Recipients,
        paper: bool,
    ) -> Said {
        let fields = self.message(self.fields().node("who", event.node), kind);
        let (template, fields, ends) = match to {
            Recipients::One(to) => (SENDS, fields.node("to", *to), vec![event.node, *to]),
            Recipients::Role { .. } => {
                let all = to.plural(&self.scenario.cast);
                (SENDS_ALL, fields.text("servers", all), vec![event.node])
            }
            Recipients::These(nodes) => (SENDS, fields.nodes("to", nodes), vec![event.node]),
        };
        let about = self.about(self.meaning(kind), label, &ends, paper);
        with(say(template, &fields.maybe("about", whole(&about))), about)
    }

    fn delivered(&self, transit: &Transit) -> Said {
        let ends = [transit.from, transit.to];
        let about = self.about(self.meaning(transit.kind), transit.label, &ends, true);
        let fields = self.fields().node("who", transit.to);
        let fields = self.message(fields.node("from", transit.from), transit.kind);
        with(say(RECEIVES, &fields.maybe("about", whole(&about))), about)
    }

    fn lost(&self, transit: &Transit, crowd: &Crowd) -> Said {
        let fields = self.fields().nodes("to", &crowd.to);
        let fields = self.message(fields.node("from", transit.from), transit.kind);
        say(LOSES, &fields)
    }

    /// One message of a kind.
    fn message<'b>(
        &self,
        fields: quorumscope_core::say::Fields<'b>,
        kind: u8,
    ) -> quorumscope_core::say::Fields<'b> {
        fields.text(
            "message",
            self.kind(kind).map_or("a message", |kind| kind.one),
        )
    }

    fn rule(&self, rule: &Rule, label: Label, crowd: &Crowd, level: Level) -> Words {
        let fields = self.labelled(self.who(crowd), rule.about, label, &crowd.nodes);
        let said = say(rule.says, &fields);
        let about = self.about(rule.about, label, &crowd.nodes, level == Level::Paper);
        let why = match level {
            Level::First => None,
            Level::Course => Some(about),
            Level::Paper => {
                let fields = self.fields().text("rule", rule.name);
                let fields = fields.text("source", rule.source);
                Some(with(
                    say(CITES, &fields.maybe("about", whole(&about))),
                    about,
                ))
            }
        };
        (Tone::Step, said, why)
    }

    /// Whether a level tells of this; asked first, because most events are told by none.
    #[must_use]
    pub fn tells(&self, what: &What, level: Level) -> bool {
        let least = match what {
            What::Sent { kind, .. } if self.news_of(*kind).is_some() => Level::First,
            What::Because(rule, _) if rule.news => Level::First,
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
        let witness = promise.witnesses.get(witness as usize);
        let why = witness.map(|witness| {
            let fields = self.fields().text("witness", &*witness.says);
            say(WITNESSES, &fields)
        });
        let fields = self.fields().text("promise", promise.promise.name);
        Some((Tone::Broken, say(BREAKS, &fields), why))
    }
}

/// A part of a sentence, if there is anything in it.
fn whole(part: &Said) -> Option<&str> {
    (!part.text.is_empty()).then_some(&part.text)
}

/// A sentence, and what a part of it tells.
fn with(mut said: Said, mut part: Said) -> Said {
    said.told.append(&mut part.told);
    said
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
#[cfg(test)]
mod truth;
