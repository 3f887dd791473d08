//! Messages under way: one body for all copies of a multicast, freed with the last.

use crate::protocol::NodeId;
use crate::time::Time;
use crate::trace::{EventId, MessageId};

/// A body under way and what is written on its wrapping.
#[derive(Clone, Debug)]
pub(super) struct Parcel<M> {
    pub(super) msg: M,
    pub(super) from: NodeId,
    pub(super) face: u8,
    pub(super) kind: u8,
    pub(super) id: MessageId,
    pub(super) sent: Time,
    /// The event of its sending.
    pub(super) cause: EventId,
    copies: u32,
}

/// A slab of parcels; places are used again.
#[derive(Clone, Debug)]
pub(super) struct Parcels<M> {
    slots: Vec<Option<Parcel<M>>>,
    free: Vec<u32>,
    copies: usize,
}

impl<M> Parcels<M> {
    pub(super) const fn new() -> Self {
        Self {
            slots: Vec::new(),
            free: Vec::new(),
            copies: 0,
        }
    }

    /// Wraps a body without copies yet; [`Self::copied`] counts them.
    pub(super) fn wrap(
        &mut self,
        msg: M,
        (from, face): (NodeId, u8),
        kind: u8,
        id: MessageId,
        (sent, cause): (Time, EventId),
    ) -> u32 {
        let parcel = Some(Parcel {
            msg,
            from,
            face,
            kind,
            id,
            sent,
            cause,
            copies: 0,
        });
        match self.free.pop() {
            Some(slot) => {
                self.slots[slot as usize] = parcel;
                slot
            }
            None => {
                self.slots.push(parcel);
                (self.slots.len() - 1) as u32
            }
        }
    }

    /// The parcel in `slot`, while it has copies under way.
    #[inline]
    pub(super) fn get(&self, slot: u32) -> Option<&Parcel<M>> {
        self.slots.get(slot as usize)?.as_ref()
    }

    /// Counts more copies under way.
    #[inline]
    pub(super) fn copied(&mut self, slot: u32, copies: u32) {
        if let Some(parcel) = &mut self.slots[slot as usize] {
            parcel.copies += copies;
            self.copies += copies as usize;
        }
        if copies == 0 {
            self.discard_if_done(slot);
        }
    }

    /// One copy has arrived or is lost.
    #[inline]
    pub(super) fn done(&mut self, slot: u32) {
        if let Some(parcel) = &mut self.slots[slot as usize] {
            parcel.copies -= 1;
            self.copies -= 1;
            if parcel.copies == 0 {
                self.slots[slot as usize] = None;
                self.free.push(slot);
            }
        }
    }

    fn discard_if_done(&mut self, slot: u32) {
        if self.get(slot).is_some_and(|parcel| parcel.copies == 0) {
            self.slots[slot as usize] = None;
            self.free.push(slot);
        }
    }

    /// How many copies are under way.
    pub(super) const fn copies(&self) -> usize {
        self.copies
    }

    /// The parcel with this name.
    pub(super) fn find(&self, id: MessageId) -> Option<&Parcel<M>> {
        self.slots.iter().flatten().find(|parcel| parcel.id == id)
    }

    /// About how many bytes the slab takes, without what bodies share.
    pub(super) fn bytes(&self) -> usize {
        self.slots.len() * size_of::<Option<Parcel<M>>>()
    }
}
