//! Messages under way, without what they say: one envelope for all copies of a multicast.
//!
//! An envelope has the number of its body, and is gone with its last copy.

use crate::protocol::{Label, NodeId};
use crate::time::Time;
use crate::trace::{EventId, MessageId, Transit};

/// What the engine knows of a message under way.
#[derive(Clone, Copy, Debug)]
pub(super) struct Envelope {
    pub(super) from: NodeId,
    /// Which twin of the sender speaks.
    pub(super) face: u8,
    pub(super) kind: u8,
    pub(super) label: Label,
    pub(super) id: MessageId,
    pub(super) sent: Time,
    /// The event of its sending.
    pub(super) cause: EventId,
    /// How many copies are under way.
    pub(super) copies: u32,
}

impl Envelope {
    /// The copy of it that goes to one node.
    pub(super) const fn transit(&self, to: NodeId) -> Transit {
        Transit {
            message: self.id,
            from: self.from,
            to,
            kind: self.kind,
            label: self.label,
            sent: self.sent,
        }
    }
}

/// All envelopes under way, by the number of their body.
#[derive(Clone, Debug, Default)]
pub(super) struct Envelopes {
    slots: Vec<Option<Envelope>>,
    copies: usize,
}

impl Envelopes {
    /// Adds an envelope without copies yet; [`Self::copied`] counts them.
    pub(super) fn add(&mut self, body: u32, envelope: Envelope) {
        let slot = body as usize;
        if slot >= self.slots.len() {
            self.slots.resize(slot + 1, None);
        }
        self.slots[slot] = Some(envelope);
    }

    /// The envelope of a body, while it has copies under way.
    #[inline]
    pub(super) fn get(&self, body: u32) -> Option<&Envelope> {
        self.slots.get(body as usize)?.as_ref()
    }

    /// Counts more copies under way; true if there are none at all, and the envelope is gone.
    #[inline]
    pub(super) fn copied(&mut self, body: u32, copies: u32) -> bool {
        let slot = &mut self.slots[body as usize];
        let Some(envelope) = slot else {
            return false;
        };
        envelope.copies += copies;
        self.copies += copies as usize;
        let none = envelope.copies == 0;
        if none {
            *slot = None;
        }
        none
    }

    /// One copy has arrived or is lost; true if it was the last, and the envelope is gone.
    #[inline]
    pub(super) fn done(&mut self, body: u32) -> bool {
        let slot = &mut self.slots[body as usize];
        let Some(envelope) = slot else {
            return false;
        };
        envelope.copies -= 1;
        self.copies -= 1;
        let last = envelope.copies == 0;
        if last {
            *slot = None;
        }
        last
    }

    /// How many copies are under way.
    pub(super) const fn copies(&self) -> usize {
        self.copies
    }

    /// The number of the body of this message.
    pub(super) fn find(&self, id: MessageId) -> Option<u32> {
        let named = |slot: &Option<Envelope>| slot.is_some_and(|envelope| envelope.id == id);
        Some(self.slots.iter().position(named)? as u32)
    }

    /// How many bytes the envelopes take.
    pub(super) fn bytes(&self) -> usize {
        self.slots.len() * size_of::<Option<Envelope>>()
    }
}
