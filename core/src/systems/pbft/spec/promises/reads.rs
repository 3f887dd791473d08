//! A read sees every request that was answered before it was asked (linearizability).

use crate::cast::Cast;
use crate::outlook::Outlook;
use crate::promise::{Given, Hearing, Hears, Judge, Promise, Witness};
use crate::protocol::{Claim, Op};
use crate::say::{Fields, say};
use crate::time::Time;
use std::collections::VecDeque;

pub(super) const READS: Promise = Promise {
    name: "reads",
    says: "A read returns no state from before a request that was answered when it was asked.",
    source: "Castro & Liskov, OSDI 1999, sections 3 (safety) and 5.1",
    gravity: 7,
    given,
    hears: &[Hears::Applied, Hears::Answered],
    judge: |_| Box::new(Reads::default()),
};

/// The replies to a request and the quorum that answers a later read must share an honest replica.
fn given(outlook: &Outlook) -> Given {
    let (quorums, settings) = (outlook.quorums, &outlook.settings);
    let safe = outlook.agreement();
    if !safe.promised() || !settings.flag("read_only") || settings.flag("reply_quorum") {
        return safe;
    }
    let replies = quorums.weak();
    let shared = i64::from(replies + quorums.quorum) - i64::from(quorums.n);
    if shared > i64::from(outlook.unreliable()) {
        return Given::Promised;
    }
    let why = format!(
        "A client believes {replies} equal replies to a write, and a quorum that answers a read later \
         may share none of them but traitors: with a quorum of replies it would not."
    );
    match shared {
        ..=0 => Given::Never(why),
        _ => Given::NotNow(why),
    }
}

/// The most states that are remembered; a read of an older one is not judged.
const STATES: usize = 1024;
/// The most answers that wait to be placed.
const UNPLACED: usize = 64;

/// Where a state stands in the order: sequence number, and place in the batch.
type Place = (u64, usize);

/// A request that was answered.
#[derive(Clone, Copy, Debug)]
struct Answer {
    op: Op,
    result: u64,
    at: Time,
}

/// A read that was asked, and what it must see.
#[derive(Clone, Debug)]
struct Open {
    op: Op,
    /// The latest state that somebody was told of before.
    floor: Option<(Place, Answer)>,
    /// Answers before it whose place is not known yet.
    unplaced: Vec<Answer>,
}

/// States by the results that name them, and who was told of which.
#[derive(Clone, Debug, Default)]
struct Reads {
    states: VecDeque<(u64, Place)>,
    floor: Option<(Place, Answer)>,
    unplaced: Vec<Answer>,
    open: Vec<Open>,
    /// Reads that were answered, each with an answer before it that has no place yet.
    doubts: Vec<(Answer, Place, Answer)>,
}

impl Judge for Reads {
    fn boxed(&self) -> Box<dyn Judge> {
        Box::new(self.clone())
    }

    fn asked(&mut self, op: Op, _: Time) {
        if op.read {
            self.open.push(Open {
                op,
                floor: self.floor,
                unplaced: self.unplaced.clone(),
            });
        }
    }

    fn claim(&mut self, claim: &Claim, hearing: &mut Hearing<'_>) {
        match claim {
            Claim::Applied { label, results, .. } => {
                for (index, result) in results.iter().enumerate() {
                    self.place((label.sequence, index + 1), *result, hearing);
                }
            }
            Claim::Answered { op, result, .. } => {
                let answer = Answer {
                    op: *op,
                    result: *result,
                    at: hearing.now,
                };
                self.answered(answer, hearing);
            }
            _ => {}
        }
    }
}

impl Reads {
    /// A state was reached for the first time; reads leave it as it was.
    fn place(&mut self, place: Place, result: u64, hearing: &mut Hearing<'_>) {
        let last = self.states.back().copied().unwrap_or_default();
        if place <= last.1 || result == last.0 {
            return;
        }
        if self.states.len() == STATES {
            self.states.pop_front();
        }
        self.states.push_back((result, place));
        for index in (0..self.unplaced.len()).rev() {
            if self.unplaced[index].result == result {
                let answer = self.unplaced.remove(index);
                raise(&mut self.floor, place, answer);
            }
        }
        for open in &mut self.open {
            if let Some(answer) = open.unplaced.iter().find(|a| a.result == result) {
                raise(&mut open.floor, place, *answer);
            }
        }
        let doubts = std::mem::take(&mut self.doubts);
        for (read, seen, before) in doubts {
            if before.result != result {
                self.doubts.push((read, seen, before));
            } else if seen < place {
                hearing
                    .breaks
                    .push(stale(read, before, (place, hearing.now), &hearing.cast));
            }
        }
    }

    fn answered(&mut self, answer: Answer, hearing: &mut Hearing<'_>) {
        let place = self.place_of(answer.result);
        let open = self.open.iter().position(|open| open.op == answer.op);
        let open = open.map(|index| self.open.remove(index));
        if let (Some(open), Some(seen)) = (open, place) {
            if let Some((place, before)) = open.floor.filter(|(place, _)| seen < *place) {
                hearing
                    .breaks
                    .push(stale(answer, before, (place, hearing.now), &hearing.cast));
            }
            let later = open
                .unplaced
                .iter()
                .filter(|a| self.place_of(a.result).is_none());
            let later: Vec<_> = later.map(|before| (answer, seen, *before)).collect();
            self.doubts.extend(later);
            let many = self.doubts.len().saturating_sub(UNPLACED);
            self.doubts.drain(..many);
        }
        match place {
            Some(place) => raise(&mut self.floor, place, answer),
            None => {
                self.unplaced.push(answer);
                let many = self.unplaced.len().saturating_sub(UNPLACED);
                self.unplaced.drain(..many);
            }
        }
        // A client that was asked for more meanwhile asks for it only now.
        for open in self
            .open
            .iter_mut()
            .filter(|open| open.op.client == answer.op.client)
        {
            (open.floor, open.unplaced) = (self.floor, self.unplaced.clone());
        }
    }

    /// Where the state that a result names stands; 0 names the first.
    fn place_of(&self, result: u64) -> Option<Place> {
        if result == 0 {
            return Some((0, 0));
        }
        let found = self.states.iter().rev().find(|(known, _)| *known == result);
        found.map(|(_, place)| *place)
    }
}

fn raise(floor: &mut Option<(Place, Answer)>, place: Place, answer: Answer) {
    if floor.is_none_or(|(known, _)| known < place) {
        *floor = Some((place, answer));
    }
}

fn stale(read: Answer, before: Answer, (place, now): (Place, Time), cast: &Cast) -> Witness {
    let values = vec![
        format!("{:016x}", before.result),
        format!("{:016x}", read.result),
    ];
    let fields = Fields::new(cast)
        .node("who", read.op.client)
        .text("op", before.op.to_string())
        .node("other", before.op.client)
        .text("at", before.at.to_string());
    let says = say(
        "{who} read a state from before {op}, which {other} had its answer to at {at}",
        &fields,
    );
    Witness {
        at: now,
        nodes: vec![before.op.client, read.op.client],
        sequence: place.0,
        values,
        says: says.text,
    }
}
