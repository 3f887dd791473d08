//! What is selected, in the terms of every picture: pointing at something in one lights it in all.

use crate::ui::Target;
use quorumscope_core::chronicle::Chronicle;
use quorumscope_core::protocol::{Claim, Label, NodeId};
use quorumscope_core::time::Time;
use quorumscope_core::trace::{Event, EventId, MessageId, Transit, What};
use quorumscope_core::world::InFlight;

/// The parts of what is selected that pictures can light.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Focus {
    /// The node that it happens at.
    pub node: Option<NodeId>,
    /// One copy of a message.
    pub transit: Option<Transit>,
    /// The event with which that copy arrived or was lost, and when, if that is known.
    pub came: Option<(EventId, Time)>,
    /// The sequence number that it is about.
    pub sequence: Option<u64>,
    /// The moment.
    pub event: Option<(EventId, Time)>,
    /// The link, from one end to the other.
    pub link: Option<(NodeId, NodeId)>,
}

impl Focus {
    /// What a selection lights, in a run with these events and messages under way.
    #[must_use]
    pub fn of(target: Option<Target>, chronicle: &Chronicle, flights: &[InFlight]) -> Self {
        match target {
            None => Self::default(),
            Some(Target::Node(node)) => Self {
                node: Some(node),
                ..Self::default()
            },
            Some(Target::Cell(node, sequence)) => Self {
                node: Some(node),
                sequence: Some(sequence),
                ..Self::default()
            },
            Some(Target::Link(from, to)) => Self {
                link: Some((from, to)),
                ..Self::default()
            },
            Some(Target::Message(message, to)) => Self::of_copy(message, to, chronicle, flights),
            Some(Target::Event(id)) => chronicle
                .event(id)
                .map_or_else(Self::default, |event| Self::of_event(event, chronicle)),
        }
    }

    fn of_copy(
        message: MessageId,
        to: NodeId,
        chronicle: &Chronicle,
        flights: &[InFlight],
    ) -> Self {
        let under_way = flights.iter().map(|flight| flight.transit);
        let transit = under_way
            .into_iter()
            .find(|transit| (transit.message, transit.to) == (message, to));
        let from = transit.map_or(Time::ZERO, |transit| transit.sent);
        match landing(chronicle, message, to, from) {
            Some((transit, event)) => Self::of_passage(transit, Some((event.id, event.at))),
            None => transit.map_or_else(Self::default, |transit| Self::of_passage(transit, None)),
        }
    }

    fn of_passage(transit: Transit, came: Option<(EventId, Time)>) -> Self {
        Self {
            node: Some(transit.to),
            transit: Some(transit),
            came,
            sequence: numbered(transit.label),
            event: came,
            link: None,
        }
    }

    fn of_event(event: &Event, chronicle: &Chronicle) -> Self {
        let moment = Some((event.id, event.at));
        let at_node = |sequence| Self {
            node: Some(event.node),
            sequence,
            event: moment,
            ..Self::default()
        };
        match &event.what {
            What::Delivered(transit) | What::Dropped(transit, _) => {
                Self::of_passage(*transit, moment)
            }
            What::Sent { message, .. } => {
                let later = &chronicle.events[event.id as usize..];
                let copy = later.iter().find_map(|later| match later.what {
                    What::Delivered(transit) | What::Dropped(transit, _)
                        if transit.message == *message =>
                    {
                        Some(transit)
                    }
                    _ => None,
                });
                Self {
                    node: Some(event.node),
                    event: moment,
                    ..copy.map_or_else(Self::default, |transit| Self::of_passage(transit, None))
                }
            }
            What::Because(_, label) => at_node(numbered(*label)),
            What::Claimed(claim) => at_node(about(claim)),
            _ => at_node(None),
        }
    }

    /// Whether this copy of a message is what is selected.
    #[must_use]
    pub fn is_copy(&self, transit: &Transit) -> bool {
        let same = |mine: Transit| (mine.message, mine.to) == (transit.message, transit.to);
        self.transit.is_some_and(same)
    }

    /// Whether a message belongs to what is selected: another copy of it, or one about the same cell.
    #[must_use]
    pub fn touches(&self, transit: &Transit) -> bool {
        if let Some(mine) = self.transit {
            return mine.message == transit.message;
        }
        if let Some((from, to)) = self.link {
            return (transit.from, transit.to) == (from, to)
                || (transit.from, transit.to) == (to, from);
        }
        let (Some(node), Some(sequence)) = (self.node, self.sequence) else {
            return false;
        };
        transit.label.sequence == sequence && (transit.from == node || transit.to == node)
    }

    /// Whether a node is an end of what is selected, without being all of it.
    #[must_use]
    pub fn ends_at(&self, node: NodeId) -> bool {
        let ends = self.transit.map(|transit| (transit.from, transit.to));
        ends.or(self.link)
            .is_some_and(|(from, to)| from == node || to == node)
    }
}

/// The event with which one copy of a message arrived or was lost, not before `from`.
fn landing(
    chronicle: &Chronicle,
    message: MessageId,
    to: NodeId,
    from: Time,
) -> Option<(Transit, &Event)> {
    let events = &chronicle.events;
    let first = events.partition_point(|event| event.at < from);
    events[first..].iter().find_map(|event| match event.what {
        What::Delivered(transit) | What::Dropped(transit, _)
            if (transit.message, transit.to) == (message, to) =>
        {
            Some((transit, event))
        }
        _ => None,
    })
}

/// The sequence number of a label, if it is about one.
fn numbered(label: Label) -> Option<u64> {
    (label.sequence > 0).then_some(label.sequence)
}

fn about(claim: &Claim) -> Option<u64> {
    match claim {
        Claim::Reached { label, .. } | Claim::Applied { label, .. } | Claim::TookOver { label } => {
            numbered(*label)
        }
        Claim::RolledBack { .. }
        | Claim::GaveUp { .. }
        | Claim::Entered { .. }
        | Claim::Answered { .. }
        | Claim::Failed { .. }
        | Claim::Worked { .. }
        | Claim::Suspects { .. } => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::run::session::Session;
    use quorumscope_core::scenario::Scenario;
    use quorumscope_core::time::Span;

    /// What a target lights in the default run after 100 ms.
    fn focus(target: impl Fn(&Chronicle, &[InFlight]) -> Target) -> Focus {
        let mut session = Session::open(&Scenario::default());
        session.seek(Time(100_000));
        session.pursue(&mut || true);
        let flights = session.present(Span::ZERO).flights;
        session.reader().chronicle(|chronicle| {
            let target = target(chronicle, &flights);
            Focus::of(Some(target), chronicle, &flights)
        })
    }

    #[test]
    fn a_message_is_the_same_under_way_and_landed() {
        let under_way = focus(|_, flights| {
            let transit = flights[0].transit;
            Target::Message(transit.message, transit.to)
        });
        assert!(under_way.transit.is_some() && under_way.came.is_none());
        let landed = focus(|chronicle, _| {
            let arrived = |event: &&Event| matches!(event.what, What::Delivered(_));
            Target::Event(chronicle.events.iter().find(arrived).unwrap().id)
        });
        let transit = landed.transit.unwrap();
        let again = focus(|_, _| Target::Message(transit.message, transit.to));
        assert_eq!(again, landed);
        assert!(again.is_copy(&transit) && again.ends_at(transit.from));
    }

    #[test]
    fn a_cell_lights_the_messages_about_it() {
        let cell = focus(|_, _| Target::Cell(NodeId(1), 1));
        let touched = focus(|_, flights| {
            let transit = flights.iter().find(|flight| cell.touches(&flight.transit));
            let transit = transit.expect("one about it").transit;
            Target::Message(transit.message, transit.to)
        });
        assert_eq!(touched.sequence, Some(1));
    }
}
