//! All there is to know about one message: what it says, what led to it, and what it led to.

use crate::focus::Focus;
use quorumscope_core::chronicle::Chronicle;
use quorumscope_core::trace::{DropReason, Event, EventId, Passage, What};
use serde_json::Value;

/// No more of what a message led to is shown.
const MOST_FED: usize = 12;

/// One copy of a message.
#[derive(Clone, Debug, PartialEq)]
pub struct Dossier {
    /// From whom, to whom, of what kind, sent when.
    pub passage: Passage,
    /// The event of its sending, if that was recorded.
    pub sent: Option<EventId>,
    /// The event of its arrival or loss, if that has happened.
    pub came: Option<EventId>,
    /// Why it was lost, if it was.
    pub lost: Option<DropReason>,
    /// What it led to at its recipient at once: rules that applied, and what they did.
    pub fed: Vec<EventId>,
    /// What it says; `None` if no copy ever left.
    pub contents: Option<Value>,
}

impl Dossier {
    /// Collects what is known of the message in focus by the time of `happened` events.
    #[must_use]
    pub fn open(focus: &Focus, chronicle: &Chronicle, happened: u64) -> Option<Self> {
        let passage = focus.passage?;
        let came = focus.came.map(|(id, _)| id).filter(|id| *id < happened);
        let event = came.and_then(|id| chronicle.event(id));
        let lost = event.and_then(|event| match event.what {
            What::Dropped(_, reason) => Some(reason),
            _ => None,
        });
        Some(Self {
            passage,
            sent: sending(chronicle, &passage),
            came,
            lost,
            fed: event.map_or_else(Vec::new, |event| fed(chronicle, event)),
            contents: None,
        })
    }
}

/// The event with which a message left.
fn sending(chronicle: &Chronicle, passage: &Passage) -> Option<EventId> {
    let events = &chronicle.events;
    let first = events.partition_point(|event| event.at < passage.sent);
    let at_once = events[first..]
        .iter()
        .take_while(|event| event.at == passage.sent);
    let is = |event: &&Event| matches!(event.what, What::Sent { message, .. } if message == passage.message);
    at_once.into_iter().find(is).map(|event| event.id)
}

/// What an event led to at the same node and instant, link by link.
fn fed(chronicle: &Chronicle, event: &Event) -> Vec<EventId> {
    let after = &chronicle.events[event.id as usize + 1..];
    let mut led = vec![event.id];
    for next in after.iter().take_while(|next| next.at == event.at) {
        if led.contains(&next.cause) && led.len() <= MOST_FED {
            led.push(next.id);
        }
    }
    led.remove(0);
    led
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::actions::Target;
    use quorumscope_core::scenario::Scenario;
    use quorumscope_core::time::Time;
    use quorumscope_core::world;

    #[test]
    fn the_message_that_completes_a_certificate_fed_the_rule() {
        let mut run = world::open(&Scenario::default());
        run.record(true);
        run.run_until(Time(160_000), u64::MAX);
        let chronicle = run.chronicle();
        let prepared = chronicle
            .events
            .iter()
            .find(|event| matches!(event.what, What::Because(rule, _) if rule.name == "prepared"))
            .expect("somebody is prepared");
        let focus = Focus::of(Some(Target::Event(prepared.cause)), chronicle, &[]);
        let dossier = Dossier::open(&focus, chronicle, run.events()).expect("a message");
        assert!(dossier.fed.contains(&prepared.id));
        let sent = dossier.sent.and_then(|id| chronicle.event(id)).unwrap();
        assert!(
            matches!(sent.what, What::Sent { message, .. } if message == dossier.passage.message)
        );
        let before = Dossier::open(&focus, chronicle, prepared.cause).unwrap();
        assert_eq!((before.came, before.fed.len()), (None, 0));
    }
}
