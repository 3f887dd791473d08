//! The queue of what is to come: a hierarchical timing wheel, 64 slots a level.
//!
//! Order is part of the contract: entries come out by time, and those of one
//! instant in the order in which they were put in. It holds because entries of
//! one instant always share a slot (the slot follows from the instant and the
//! wheel's base alone), slots are first-in first-out, and emptying a slot into
//! lower levels keeps its order. (Varghese & Lauck, *Hashed and Hierarchical
//! Timing Wheels*, SOSP 1987.)
//!
//! An entry moves at most once a level; slots are chains of blocks from one
//! arena, so memory follows what is waiting now, not what ever waited.

use crate::time::Time;

const BITS: u32 = 6;
const SLOTS: usize = 1 << BITS;
const LEVELS: usize = 11;
const BLOCK: usize = 30;
const NIL: u32 = u32::MAX;

#[derive(Clone, Copy, Debug)]
struct Slot {
    head: u32,
    tail: u32,
}

#[derive(Clone, Debug)]
struct Block<T> {
    entries: [(Time, T); BLOCK],
    start: u16,
    end: u16,
    next: u32,
}

/// A queue of `T` by time, first-in first-out within an instant.
#[derive(Clone, Debug)]
pub(crate) struct Queue<T> {
    base: u64,
    occupied: [u64; LEVELS],
    slots: Vec<Slot>,
    blocks: Vec<Block<T>>,
    free: u32,
    len: usize,
}

impl<T: Copy + Default> Queue<T> {
    pub(crate) fn new() -> Self {
        let empty = Slot {
            head: NIL,
            tail: NIL,
        };
        Self {
            base: 0,
            occupied: [0; LEVELS],
            slots: vec![empty; SLOTS * LEVELS],
            blocks: Vec::new(),
            free: NIL,
            len: 0,
        }
    }

    #[cfg(test)]
    pub(crate) fn len(&self) -> usize {
        self.len
    }

    /// About how many bytes the queue takes.
    pub(crate) fn bytes(&self) -> usize {
        self.blocks.len() * size_of::<Block<T>>() + self.slots.len() * size_of::<Slot>()
    }

    /// Puts `item` behind all that is due at `at` already.
    #[inline]
    pub(crate) fn push(&mut self, at: Time, item: T) {
        if at.0 < self.base {
            self.rebase(at.0);
        }
        self.len += 1;
        self.place(at, item);
    }

    /// Takes the first entry out, if it is due by `limit`.
    #[inline]
    pub(crate) fn pop(&mut self, limit: Time) -> Option<(Time, T)> {
        loop {
            if self.occupied[0] != 0 {
                let slot = self.occupied[0].trailing_zeros() as usize;
                let at = (self.base & !(SLOTS as u64 - 1)) | slot as u64;
                return (at <= limit.0).then(|| self.take_head(slot));
            }
            let level = (1..LEVELS).find(|&level| self.occupied[level] != 0)?;
            let digit = self.occupied[level].trailing_zeros();
            let shift = BITS * level as u32;
            let below = 1u64.checked_shl(shift + BITS).map_or(u64::MAX, |x| x - 1);
            let start = (self.base & !below) | u64::from(digit) << shift;
            if start > limit.0 {
                return None;
            }
            self.base = start;
            self.spill(level, digit as usize);
        }
    }

    /// The earliest time among entries for which `live` holds.
    pub(crate) fn first(&self, live: impl Fn(&T) -> bool) -> Option<Time> {
        self.slots_in_order().find_map(|slot| {
            self.chain(slot)
                .filter(|(_, item)| live(item))
                .map(|(at, _)| *at)
                .min()
        })
    }

    /// Every entry, in no order that means anything beyond a slot.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &(Time, T)> {
        self.slots_in_order().flat_map(|slot| self.chain(slot))
    }

    /// Takes out the first entry found for which `chosen` holds; slow, for use by hand.
    pub(crate) fn extract(&mut self, chosen: impl Fn(&T) -> bool) -> Option<(Time, T)> {
        let mut all: Vec<(Time, T)> = self.iter().copied().collect();
        let at = all.iter().position(|(_, item)| chosen(item))?;
        let found = all.remove(at);
        self.refill(self.base, &all);
        Some(found)
    }

    fn rebase(&mut self, base: u64) {
        let all: Vec<(Time, T)> = self.iter().copied().collect();
        self.refill(base, &all);
    }

    fn refill(&mut self, base: u64, entries: &[(Time, T)]) {
        *self = Self {
            base,
            ..Self::new()
        };
        for &(at, item) in entries {
            self.push(at, item);
        }
    }

    fn slots_in_order(&self) -> impl Iterator<Item = usize> + '_ {
        (0..LEVELS * SLOTS).filter(|slot| self.occupied[slot / SLOTS] >> (slot % SLOTS) & 1 == 1)
    }

    fn chain(&self, slot: usize) -> impl Iterator<Item = &(Time, T)> {
        let block = |index: u32| (index != NIL).then(|| &self.blocks[index as usize]);
        std::iter::successors(block(self.slots[slot].head), move |b| block(b.next))
            .flat_map(|b| &b.entries[b.start.into()..b.end.into()])
    }

    #[inline]
    fn place(&mut self, at: Time, item: T) {
        let differing = (at.0 ^ self.base) | 1;
        let level = ((63 - differing.leading_zeros()) / BITS) as usize;
        let digit = (at.0 >> (BITS * level as u32)) as usize % SLOTS;
        let slot = level * SLOTS + digit;
        self.occupied[level] |= 1 << digit;
        let tail = self.slots[slot].tail;
        if tail != NIL {
            let block = &mut self.blocks[tail as usize];
            if (block.end as usize) < BLOCK {
                block.entries[block.end as usize] = (at, item);
                block.end += 1;
                return;
            }
        }
        let index = self.free;
        if index == NIL {
            return self.grow(at, item);
        }
        let block = &mut self.blocks[index as usize];
        self.free = block.next;
        block.entries[0] = (at, item);
        (block.start, block.end, block.next) = (0, 1, NIL);
        self.slots[slot].tail = index;
        if tail == NIL {
            self.slots[slot].head = index;
        } else {
            self.blocks[tail as usize].next = index;
        }
    }

    /// Places an entry when no block is free; apart, so that the common ways stay short.
    #[cold]
    #[inline(never)]
    fn grow(&mut self, at: Time, item: T) {
        self.free = self.blocks.len() as u32;
        self.blocks.push(Block {
            entries: [(Time::ZERO, T::default()); BLOCK],
            start: 0,
            end: 0,
            next: NIL,
        });
        self.place(at, item);
    }

    #[inline]
    fn take_head(&mut self, slot: usize) -> (Time, T) {
        self.len -= 1;
        let head = self.slots[slot].head;
        let block = &mut self.blocks[head as usize];
        let entry = block.entries[block.start as usize];
        block.start += 1;
        if block.start == block.end {
            let next = block.next;
            self.release(head);
            self.slots[slot].head = next;
            if next == NIL {
                self.slots[slot].tail = NIL;
                self.occupied[slot / SLOTS] &= !(1 << (slot % SLOTS));
            }
        }
        entry
    }

    fn release(&mut self, index: u32) {
        self.blocks[index as usize].next = self.free;
        self.free = index;
    }

    /// Empties a slot into the levels below it.
    fn spill(&mut self, level: usize, digit: usize) {
        let slot = level * SLOTS + digit;
        let mut index = self.slots[slot].head;
        self.slots[slot] = Slot {
            head: NIL,
            tail: NIL,
        };
        self.occupied[level] &= !(1 << digit);
        while index != NIL {
            let (start, end) = {
                let block = &self.blocks[index as usize];
                (block.start as usize, block.end as usize)
            };
            for at in start..end {
                let (time, item) = self.blocks[index as usize].entries[at];
                self.place(time, item);
            }
            let next = self.blocks[index as usize].next;
            self.release(index);
            index = next;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::{Rng, Stream, below};

    fn drain(queue: &mut Queue<u32>) -> Vec<(u64, u32)> {
        std::iter::from_fn(|| queue.pop(Time::NEVER))
            .map(|(at, item)| (at.0, item))
            .collect()
    }

    #[test]
    fn one_instant_is_first_in_first_out_even_across_levels() {
        let mut queue = Queue::new();
        queue.push(Time(5000), 0);
        queue.push(Time(4990), 1);
        queue.push(Time(5000), 2);
        assert_eq!(queue.pop(Time(4995)), Some((Time(4990), 1)));
        assert_eq!(queue.pop(Time(4995)), None);
        queue.push(Time(5000), 3);
        assert_eq!(drain(&mut queue), [(5000, 0), (5000, 2), (5000, 3)]);
    }

    #[test]
    fn behaves_as_a_stable_sort_under_any_interleaving() {
        let rng = Rng::new(3, Stream::Latency);
        let mut queue = Queue::new();
        let (mut waiting, mut now, mut id) = (Vec::<(u64, u32)>::new(), 0, 0);
        for k in 0..20_000 {
            if below(rng.draw(0, 0, k), 5) < 3 {
                let span = below(rng.draw(0, 1, k), 1 << below(rng.draw(0, 2, k), 20));
                queue.push(Time(now + span), id);
                waiting.push((now + span, id));
                id += 1;
            } else if let Some((at, item)) = queue.pop(Time::NEVER) {
                let first = *waiting.iter().min().expect("not empty");
                assert_eq!((at.0, item), first);
                waiting.retain(|&entry| entry != first);
                now = at.0;
            }
            assert_eq!(queue.len(), waiting.len());
        }
        assert_eq!(
            queue.first(|_| true).map(|at| at.0),
            waiting.iter().map(|w| w.0).min()
        );
        waiting.sort_unstable();
        assert_eq!(drain(&mut queue), waiting);
    }

    #[test]
    fn going_back_before_the_base_loses_nothing() {
        let mut queue = Queue::new();
        for (at, item) in [(9000, 1), (9000, 2), (70_000, 3)] {
            queue.push(Time(at), item);
        }
        assert_eq!(queue.pop(Time(9000)), Some((Time(9000), 1)));
        queue.push(Time(10), 4);
        assert_eq!(queue.extract(|&item| item == 3), Some((Time(70_000), 3)));
        assert_eq!(drain(&mut queue), [(10, 4), (9000, 2)]);
    }

    #[test]
    fn memory_follows_what_is_waiting() {
        let mut queue = Queue::new();
        for round in 0..200u64 {
            for k in 0..1000 {
                queue.push(Time(round * 1000 + 20 + k * 7 % 900), k as u32);
            }
            while queue.pop(Time(round * 1000 + 999)).is_some() {}
        }
        assert!(queue.blocks.len() < 1000, "{}", queue.blocks.len());
    }
}
