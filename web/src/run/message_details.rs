//! All there is to know about one message: what it says, what led to it, and what it led to.

use crate::run::focus::Focus;
use quorumscope_core::chronicle::Chronicle;
use quorumscope_core::trace::{DropReason, Event, EventId, Transit, What};
use serde_json::Value;

/// No more of what a message led to is shown.
const MOST_FED: usize = 12;

/// How many events back the other votes for a certificate are looked for.
const DEPTH: usize = 60_000;

/// One copy of a message.
#[derive(Clone, Debug, PartialEq)]
pub struct MessageDetails {
    /// From whom, to whom, of what kind, sent when.
    pub transit: Transit,
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

impl MessageDetails {
    /// Collects what is known of the message in focus by the time of `happened` events.
    #[must_use]
    pub fn open(focus: &Focus, chronicle: &Chronicle, happened: u64) -> Option<Self> {
        let transit = focus.transit?;
        let came = focus.came.map(|(id, _)| id).filter(|id| *id < happened);
        let event = came.and_then(|id| chronicle.event(id));
        let lost = event.and_then(|event| match event.what {
            What::Dropped(_, reason) => Some(reason),
            _ => None,
        });
        Some(Self {
            transit,
            sent: sending(chronicle, &transit),
            came,
            lost,
            fed: event.map_or_else(Vec::new, |event| fed(chronicle, event)),
            contents: None,
        })
    }
}

/// The event with which a message left.
fn sending(chronicle: &Chronicle, transit: &Transit) -> Option<EventId> {
    let events = &chronicle.events;
    let first = events.partition_point(|event| event.at < transit.sent);
    let at_once = events[first..]
        .iter()
        .take_while(|event| event.at == transit.sent);
    let is = |event: &&Event| matches!(event.what, What::Sent { message, .. } if message == transit.message);
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

/// The messages that a step at a node had collected: those that came there before the one that
/// caused it, of the same kind and about the same thing.
#[must_use]
pub fn votes(chronicle: &Chronicle, event: EventId) -> Vec<EventId> {
    let last = chronicle.why(event).find_map(|cause| match cause.what {
        What::Delivered(transit) => Some((cause, transit)),
        _ => None,
    });
    let step = chronicle.event(event).map(|event| &event.what);
    let Some((last, transit)) =
        last.filter(|_| matches!(step, Some(What::Because(..) | What::Claimed(_))))
    else {
        return Vec::new();
    };
    let upto = &chronicle.events[..=last.id as usize];
    let before = upto
        .iter()
        .rev()
        .take(DEPTH)
        .filter(|other| other.node == last.node);
    let mut alike: Vec<EventId> = before
        .filter(|other| match other.what {
            What::Delivered(other) => (other.kind, other.label) == (transit.kind, transit.label),
            _ => false,
        })
        .map(|other| other.id)
        .collect();
    alike.reverse();
    alike
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::run::session::Session;
    use crate::ui::Target;
    use quorumscope_core::scenario::Scenario;
    use quorumscope_core::time::{Span, Time};

    #[test]
    fn the_message_that_completes_a_certificate_fed_the_rule() {
        let mut session = Session::open(&Scenario::default());
        session.seek(Time(160_000));
        session.pursue(&mut || true);
        let events = session.present(Span::ZERO).events;
        session
            .reader()
            .chronicle(|chronicle| holds(chronicle, events));
    }

    fn holds(chronicle: &Chronicle, events: u64) {
        let prepared = chronicle
            .events
            .iter()
            .find(|event| matches!(event.what, What::Because(rule, _) if rule.name == "prepared"))
            .expect("somebody is prepared");
        let focus = Focus::of(Some(Target::Event(prepared.cause)), chronicle, &[]);
        let details = MessageDetails::open(&focus, chronicle, events).expect("a message");
        assert!(details.fed.contains(&prepared.id));
        let sent = details.sent.and_then(|id| chronicle.event(id)).unwrap();
        assert!(
            matches!(sent.what, What::Sent { message, .. } if message == details.transit.message)
        );
        let before = MessageDetails::open(&focus, chronicle, prepared.cause).unwrap();
        assert_eq!((before.came, before.fed.len()), (None, 0));
    }

    #[test]
    fn a_certificate_is_told_with_all_the_votes_in_it() {
        let mut session = Session::open(&Scenario::default());
        session.explore(&mut || true);
        session.reader().chronicle(|chronicle| {
            let rule = |event: &&Event| matches!(event.what, What::Because(rule, _) if rule.name == "committed");
            let committed = chronicle.events.iter().find(rule).expect("somebody has committed");
            // Its own COMMIT is the third: it sends none to itself.
            assert_eq!(votes(chronicle, committed.id).len(), 2);
            assert!(votes(chronicle, committed.cause).is_empty());
        });
    }
}
