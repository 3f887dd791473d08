//! The cores of a machine and what waits for them, first come first served [1].

use super::{Service, Timer};
use crate::protocol::{Out, Resource};
use crate::time::Span;
use std::collections::VecDeque;

/// What a machine works on, and what waits.
#[derive(Clone, Debug)]
pub(super) struct Workplace<T> {
    pub(super) waiting: VecDeque<T>,
    /// By core, what it works on.
    at_work: Vec<Option<T>>,
    busy: usize,
}

impl<T: Copy> Workplace<T> {
    pub(super) fn new(cores: u16) -> Self {
        Self {
            waiting: VecDeque::new(),
            at_work: vec![None; cores.into()],
            busy: 0,
        }
    }

    /// Whether a core has nothing to do.
    pub(super) const fn free(&self) -> bool {
        self.busy < self.at_work.len()
    }

    /// How many cores work.
    pub(super) const fn busy(&self) -> usize {
        self.busy
    }

    /// A core begins with a piece that takes so long; there must be a free one.
    pub(super) fn begin(&mut self, piece: T, span: Span, out: &mut Out<Service>) {
        let core = self.at_work.iter().position(Option::is_none);
        if let Some(core) = core {
            self.at_work[core] = Some(piece);
            self.busy += 1;
            out.work(Timer::Piece(core as u16), span, Resource::Core);
        }
    }

    /// A core is done with its piece.
    pub(super) fn done(&mut self, timer: Timer) -> Option<T> {
        let Timer::Piece(core) = timer else {
            return None;
        };
        let piece = self.at_work.get_mut(usize::from(core))?.take();
        self.busy -= usize::from(piece.is_some());
        piece
    }

    /// All that waits or is worked on.
    pub(super) fn all(&self) -> impl Iterator<Item = &T> {
        self.at_work.iter().flatten().chain(&self.waiting)
    }
}
