//! Traitors that do as they are told: what they hold back, and what is sent in its place.

use super::nodes::{Body, Nodes, Speaker};
use super::run::Run;
use crate::conditions::Likeness;
use crate::protocol::NodeId;
use crate::time::{Span, Time};
use crate::trace::{DropReason, EventId, MessageId, Transit};
use crate::world;

/// A message that waits for an order of `dictate`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Awaited {
    id: MessageId,
    who: Speaker,
    to: NodeId,
    body: Body,
    since: Time,
    cause: EventId,
}

impl Run {
    /// Keeps a copy of a message until somebody says what its recipient gets.
    pub(super) fn hold_back(
        &mut self,
        nodes: &mut dyn Nodes,
        who: Speaker,
        to: NodeId,
        body: &Body,
        cause: EventId,
    ) {
        let id = self.state.counters.next_message();
        self.state.awaited.push(Awaited {
            id,
            who,
            to,
            body: nodes.copy(body),
            since: self.state.now,
            cause,
        });
    }

    /// Sends what was chosen; a choice that the protocol does not offer sends the message itself.
    ///
    /// The message is the one with this number if it looks like that, or else the
    /// first that does; false if none waits.
    pub(super) fn dictate(
        &mut self,
        nodes: &mut dyn Nodes,
        (id, like): (MessageId, Likeness),
        to: NodeId,
        choice: &str,
        cause: EventId,
    ) -> bool {
        let suits = |held: &Awaited, numbered: bool| {
            let Body { kind, label, .. } = held.body;
            held.to == to && (!numbered || held.id == id) && like.fits(held.who.0, kind, label)
        };
        let mut all = self.state.awaited.iter();
        let exact = all.position(|held| suits(held, true));
        let place = exact.or_else(|| {
            let mut all = self.state.awaited.iter();
            all.position(|held| !like.is_blank() && suits(held, false))
        });
        let Some(held) = place.map(|place| self.state.awaited.remove(place)) else {
            return false;
        };
        let mut body = held.body;
        if choice == "withhold" {
            self.suppress(held.who, to, &body, cause, DropReason::Withheld);
            nodes.discard(body.number);
            return true;
        }
        if let Some(other) = nodes.alternative(held.who, choice, body.number) {
            nodes.discard(body.number);
            body = other;
        }
        self.post(nodes, (held.who, to), body, Span::ZERO, held.cause);
        true
    }

    /// A held message with what could be sent in its place.
    pub(super) fn offer(&self, nodes: &dyn Nodes, held: &Awaited) -> world::Awaited {
        let (traitor, body) = (held.who.0, &held.body);
        let offered = |choice: &&str| {
            matches!(*choice, "genuine" | "withhold") || nodes.offers(traitor, choice, body.number)
        };
        let names = self.scenario.spec.choices.iter().map(|choice| choice.name);
        world::Awaited {
            transit: Transit {
                message: held.id,
                from: traitor,
                to: held.to,
                kind: body.kind,
                label: body.label,
                sent: held.since,
            },
            choices: names.filter(offered).collect(),
        }
    }
}
