//! The memory of a run that snapshots need not copy: it only ever grows.
//!
//! Entries are written by index. Going back in time leaves the future in place;
//! coming by again writes the same entries over themselves, because a run is a
//! pure function of its scenario. A fork leaves the future out.

use crate::protocol::{NodeId, Op};
use crate::time::Time;
use crate::trace::Event;
use litemap::LiteMap;
use std::rc::Rc;

/// A value that a replica executed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Executed {
    /// Its sequence number.
    pub sequence: u64,
    /// The view in which it was committed.
    pub view: u32,
    /// When.
    pub at: Time,
    /// Its digest.
    pub digest: u64,
    /// The requests in it; none for null.
    pub ops: Rc<[Op]>,
}

/// A request that a client was handed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The request.
    pub op: Op,
    /// When the client sent it first.
    pub at: Time,
    /// When it accepted which result, if it did.
    pub answered: Option<(Time, u64)>,
    /// When it was done with it without that, if it was, and whether it took a default then.
    pub failed: Option<(Time, bool)>,
}

/// The first execution of a sequence number by an honest replica.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decided {
    /// The value's digest.
    pub digest: u64,
    /// Who executed it first.
    pub node: NodeId,
    /// When.
    pub at: Time,
    /// The requests in it; none for null.
    pub ops: Rc<[Op]>,
}

/// Why an order of the script came to nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Idle {
    /// No such message was under way.
    NotUnderWay,
    /// No traitor waited to be told what to send there.
    NotAsked,
    /// The node was down.
    Down,
    /// Nothing was there to be healed.
    Whole,
}

/// Orders that came to nothing, by their index in the script.
pub type IdleOrders = LiteMap<u32, Idle>;

/// What happened in a run.
#[derive(Clone, Debug, Default)]
pub struct Chronicle {
    /// Every event in order, from the first, while recording is on.
    pub events: Vec<Event>,
    /// What each node executed, in order; what it lost and executed anew stands there twice.
    pub executed: Vec<Vec<Executed>>,
    /// What each node was asked to have executed, in order.
    pub asked: Vec<Vec<Asked>>,
    /// By sequence number, what was executed there first.
    pub decided: LiteMap<u64, Decided>,
    /// The operations behind a digest, as far as a message that was sent brought them.
    pub values: LiteMap<u64, Rc<[Op]>>,
    /// Orders that came to nothing, by their index in the script.
    pub idle: IdleOrders,
}

/// How much of the chronicle of one replica's executions has happened by an instant.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Extent {
    /// So many entries were written.
    pub(crate) written: u32,
    /// The last sequence number that was not lost again.
    pub(crate) upto: u64,
}

/// Writes `entry` at `index`, or appends it there.
pub(crate) fn note<T>(list: &mut Vec<T>, index: usize, entry: T) {
    match list.get_mut(index) {
        Some(slot) => *slot = entry,
        None => list.push(entry),
    }
}

impl Chronicle {
    pub(crate) fn new(nodes: usize) -> Self {
        Self {
            events: Vec::new(),
            executed: vec![Vec::new(); nodes],
            asked: vec![Vec::new(); nodes],
            decided: LiteMap::new(),
            values: LiteMap::new(),
            idle: LiteMap::new(),
        }
    }

    /// The memory of a run that goes another way after `now`: what it holds of the time until then.
    ///
    /// So many events had happened, each node had executed and was asked so much, and these
    /// orders had begun.
    pub(crate) fn as_of(
        &self,
        (now, events): (Time, u64),
        executed: &[Extent],
        asked: &[u32],
        begun: &[u32],
    ) -> Self {
        let events = self.events.len().min(events as usize);
        let executed = self.executed.iter().zip(executed);
        let asked = self.asked.iter().zip(asked);
        let known = |entry: &Asked| Asked {
            answered: entry.answered.filter(|(at, _)| *at <= now),
            failed: entry.failed.filter(|(at, _)| *at <= now),
            ..*entry
        };
        let mut decided = LiteMap::new();
        for (&slot, entry) in self.decided.iter().filter(|(_, entry)| entry.at <= now) {
            decided.insert(slot, entry.clone());
        }
        let mut idle = LiteMap::new();
        for (&order, &why) in self.idle.iter().filter(|(order, _)| begun.contains(order)) {
            idle.insert(order, why);
        }
        Self {
            events: self.events[..events].to_vec(),
            executed: executed
                .map(|(list, extent)| list[..extent.written as usize].to_vec())
                .collect(),
            asked: asked
                .map(|(list, count)| list[..*count as usize].iter().map(known).collect())
                .collect(),
            decided,
            values: self.values.clone(),
            idle,
        }
    }

    /// What a replica executed by an instant, without what it had lost again by then.
    pub(crate) fn standing(&self, replica: NodeId, extent: Extent) -> Vec<&Executed> {
        let written = &self.executed[replica.index()][..extent.written as usize];
        let mut standing: Vec<&Executed> = Vec::with_capacity(written.len());
        for entry in written {
            while standing
                .pop_if(|last| last.sequence >= entry.sequence)
                .is_some()
            {}
            standing.push(entry);
        }
        standing.retain(|entry| entry.sequence <= extent.upto);
        standing
    }

    /// The event with this number, if it was recorded.
    #[must_use]
    pub fn event(&self, id: u64) -> Option<&Event> {
        self.events.get(usize::try_from(id).ok()?)
    }

    /// The chain of causes of an event, itself first, back to where it began.
    pub fn why(&self, id: u64) -> impl Iterator<Item = &Event> + '_ {
        std::iter::successors(self.event(id), |event| self.event(event.cause))
    }
}
