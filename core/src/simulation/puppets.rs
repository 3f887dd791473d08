//! Traitors that do as they are told: what they hold back, and what is sent in its place.

use super::Simulation;
use super::send::Speaker;
use crate::conditions::Likeness;
use crate::protocol::{Message, NodeId, Protocol};
use crate::time::{Span, Time};
use crate::trace::{DropReason, EventId, MessageId, Passage};
use crate::world;

/// A message that waits for an order of `dictate`.
#[derive(Clone, Debug)]
pub(super) struct Awaited<M> {
    id: MessageId,
    who: Speaker,
    to: NodeId,
    msg: M,
    since: Time,
    cause: EventId,
}

impl<P: Protocol> Simulation<P> {
    /// Keeps a message until somebody says what its recipient gets.
    pub(super) fn hold_back(&mut self, who: Speaker, to: NodeId, msg: &P::Msg, cause: EventId) {
        let id = self.state.tally.next_message();
        self.state.awaited.push(Awaited {
            id,
            who,
            to,
            msg: msg.clone(),
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
        (id, like): (MessageId, Likeness),
        to: NodeId,
        choice: &str,
        cause: EventId,
    ) -> bool {
        let suits = |held: &Awaited<P::Msg>, numbered: bool| {
            let (kind, label) = (held.msg.kind() as u8, held.msg.label());
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
        if choice == "withhold" {
            self.muffle(held.who, to, &held.msg, cause, DropReason::Withheld);
            return true;
        }
        let traitor = self.state.hosts[held.who.0.index()].face(held.who.1);
        let msg = traitor.alternative(choice, &held.msg).unwrap_or(held.msg);
        self.post(held.who, to, msg, Span::ZERO, held.cause);
        true
    }

    /// A held message with what could be sent in its place.
    pub(super) fn offer(&self, held: &Awaited<P::Msg>) -> world::Awaited {
        let traitor = &self.state.hosts[held.who.0.index()].core;
        let offered = |choice: &&str| {
            matches!(*choice, "genuine" | "withhold")
                || traitor.alternative(choice, &held.msg).is_some()
        };
        let names = P::SPEC.choices.iter().map(|choice| choice.name);
        world::Awaited {
            passage: Passage {
                message: held.id,
                from: held.who.0,
                to: held.to,
                kind: held.msg.kind() as u8,
                label: held.msg.label(),
                sent: held.since,
            },
            choices: names.filter(offered).collect(),
        }
    }
}
