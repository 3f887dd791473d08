//! What a host page is told without asking: it compares the run with what was told last.

use super::{calls, player, state};
use crate::page::view::View;
use quorumscope_core::protocol::{Claim, value_name};
use quorumscope_core::time::Time;
use quorumscope_core::trace::{Event, What};
use serde_json::{Value, json};

/// No more listeners than this, and no more news of one kind at once.
const MOST: usize = 200;

/// What a host may subscribe to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Topic {
    /// Time started, stopped or was moved; the run is another, or at its end.
    StateChange,
    /// A node executed something.
    Decision,
    /// A node entered a round: a view, a term.
    Round,
    /// The same under the name and with the fields that it had first.
    ViewChange,
    /// A node got further with a slot.
    Stage,
    /// A promise broke.
    Violation,
}

impl Topic {
    /// All topics by name.
    pub const ALL: [(&str, Self); 6] = [
        ("stateChange", Self::StateChange),
        ("decision", Self::Decision),
        ("round", Self::Round),
        ("stage", Self::Stage),
        ("viewChange", Self::ViewChange),
        ("violation", Self::Violation),
    ];

    fn holds(self, what: &What) -> bool {
        match self {
            Self::StateChange => false,
            Self::Decision => matches!(what, What::Claimed(Claim::Applied { .. })),
            Self::Stage => matches!(what, What::Claimed(Claim::Reached { .. })),
            Self::Round | Self::ViewChange => {
                matches!(what, What::Claimed(Claim::Entered { round, .. }) if *round > 0)
            }
            Self::Violation => matches!(what, What::Broken { .. }),
        }
    }
}

/// Who wants to hear what, and what they have heard.
#[derive(Clone, Debug, Default)]
pub struct News {
    topics: Vec<Topic>,
    listeners: Vec<(&'static str, Option<String>)>,
    told: Told,
}

/// The run as it was told last.
#[derive(Clone, Debug, Default, PartialEq)]
struct Told {
    events: u64,
    now: Time,
    playing: bool,
    ended: bool,
    link: std::rc::Rc<str>,
}

impl Told {
    fn of(view: &View) -> Self {
        Self {
            events: view.present.events,
            now: view.present.now,
            playing: view.clock.playing,
            ended: view.present.ended,
            link: std::rc::Rc::clone(&view.link),
        }
    }
}

impl News {
    /// Tells of these topics from now on.
    pub fn subscribe(&mut self, topics: &[Topic]) {
        self.topics = topics.to_vec();
    }

    /// Tells a listener of an event of player.js.
    pub fn listen(&mut self, event: &'static str, listener: Option<String>) {
        let entry = (event, listener);
        if self.listeners.len() < MOST && !self.listeners.contains(&entry) {
            self.listeners.push(entry);
        }
    }

    /// No longer; without a name, none of the event's listeners.
    pub fn unlisten(&mut self, event: &str, listener: Option<&str>) {
        self.listeners.retain(|(known, name)| {
            *known != event || listener.is_some() && name.as_deref() != listener
        });
    }

    /// What is to be told now, for each dialect: our own and that of player.js.
    pub fn since(&mut self, view: &View) -> (Vec<Value>, Vec<Value>) {
        let now = Told::of(view);
        if now == self.told {
            return (Vec::new(), Vec::new());
        }
        let before = std::mem::replace(&mut self.told, now);
        (self.own(view, &before), self.played(view, &before))
    }

    fn own(&self, view: &View, before: &Told) -> Vec<Value> {
        let mut news = Vec::new();
        let now = &self.told;
        let run = |told: &Told| (told.playing, told.ended, told.link.clone());
        let moved = run(now) != run(before) || !now.playing && now.now != before.now;
        if moved && self.topics.contains(&Topic::StateChange) {
            news.push(calls::event("stateChange", &state::state(view)));
        }
        let happened = before.events as usize..now.events as usize;
        if now.link == before.link && !happened.is_empty() && !self.topics.is_empty() {
            view.reader.chronicle(|chronicle| {
                let events = chronicle.events.get(happened).unwrap_or(&[]);
                news.extend(
                    events
                        .iter()
                        .flat_map(|event| self.told_of(event, view))
                        .take(MOST),
                );
            });
        }
        news
    }

    /// What is told of an event, once for each topic that it belongs to.
    fn told_of(&self, event: &Event, view: &View) -> Vec<Value> {
        let wanted =
            |(_, topic): &&(&str, Topic)| self.topics.contains(topic) && topic.holds(&event.what);
        let topics = Topic::ALL.iter().filter(wanted);
        let told = topics
            .filter_map(|(name, topic)| Some(calls::event(name, &data(*topic, event, view)?)));
        told.collect()
    }

    fn played(&self, view: &View, before: &Told) -> Vec<Value> {
        let now = &self.told;
        let at = json!({ "seconds": state::seconds(now.now),
            "duration": state::seconds(state::duration(view)) });
        let by_hand = now.now < before.now || !now.playing && !before.playing;
        let happened = [
            ("play", now.playing && !before.playing, Value::Null),
            ("seeked", now.now != before.now && by_hand, Value::Null),
            ("timeupdate", now.now != before.now, at),
            (
                "pause",
                !now.playing && before.playing && !now.ended,
                Value::Null,
            ),
            ("ended", now.ended && !before.ended, Value::Null),
        ];
        let mut news = Vec::new();
        for (event, _, value) in happened.into_iter().filter(|(_, happened, _)| *happened) {
            let listeners = self.listeners.iter().filter(|(known, _)| *known == event);
            news.extend(
                listeners.map(|(_, name)| player::tell(event, value.clone(), name.as_deref())),
            );
        }
        news
    }
}

/// An event as a topic tells it.
fn data(topic: Topic, event: &Event, view: &View) -> Option<Value> {
    let mut data = json!({ "event": event.id, "at_ms": event.at.ms(), "node": event.node.0 });
    match &event.what {
        What::Claimed(Claim::Applied { label, ops, .. }) => {
            data["view"] = label.view.into();
            data["sequence"] = label.sequence.into();
            data["value"] = (!ops.is_empty()).then(|| value_name(ops)).into();
        }
        What::Claimed(Claim::Reached {
            stage,
            label,
            votes,
        }) => {
            let stage = view.present.spec.stages.get(usize::from(*stage))?;
            data["stage"] = stage.name.into();
            data["firm"] = stage.firm.into();
            data["round"] = label.view.into();
            data["sequence"] = label.sequence.into();
            data["votes"] = (*votes).into();
        }
        What::Claimed(Claim::Entered { round, .. }) if topic == Topic::ViewChange => {
            data["view"] = (*round).into();
        }
        What::Claimed(Claim::Entered { round, leader }) => {
            data["round"] = (*round).into();
            data["leader"] = leader.map(|node| node.0).into();
        }
        What::Broken { promise, witness } => {
            let promise = view.present.promises.get(usize::from(*promise))?;
            data["property"] = promise.promise.name.into();
            let witness = promise.witnesses.get(*witness as usize);
            data["says"] = witness.map(|witness| &*witness.says).into();
        }
        _ => {}
    }
    Some(data)
}
