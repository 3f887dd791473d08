//! The client: asks one, then all; believes f+1 (section 4.1).

use super::message::Msg;
use super::normal::request_label;
use super::replica::primary;
use super::{Pbft, Seat, Timer, flaw, rules};
use crate::protocol::Voters;
use crate::protocol::{Claim, Input, Kept, NodeId, Op, Out, Portrait, Sketch, Stamp};
use std::collections::VecDeque;

/// A client of the service: one request at a time.
#[derive(Clone, Debug)]
pub struct Client {
    seat: Seat,
    /// The view in which it last heard f+1 replicas: whom it takes for primary.
    view: u32,
    current: Option<Op>,
    queue: VecDeque<Op>,
    /// Whether the current request goes by the read-only path.
    reading: bool,
    answers: Vec<Answers>,
    views: Vec<(NodeId, u32)>,
    answered: u64,
    tries: u32,
}

/// Who gave one result.
#[derive(Clone, Debug)]
struct Answers {
    result: u64,
    firm: Voters,
    all: Voters,
}

impl Client {
    pub(super) const fn new(seat: Seat) -> Self {
        Self {
            seat,
            view: 0,
            current: None,
            queue: VecDeque::new(),
            reading: false,
            answers: Vec::new(),
            views: Vec::new(),
            answered: 0,
            tries: 0,
        }
    }

    pub(super) fn step(&mut self, input: Input<'_, Pbft>, out: &mut Out<Pbft>) {
        match input {
            Input::Request(op) => {
                self.queue.push_back(op);
                self.ask_next(out);
            }
            Input::Message {
                from,
                msg:
                    Msg::Reply {
                        view,
                        op,
                        result,
                        tentative,
                    },
            } if Some(*op) == self.current => {
                self.hear(from, *view, *result, *tentative, out);
            }
            Input::Start | Input::Timer(Timer::Retry) => self.ask_all(out),
            Input::Done(_) | Input::Event { .. } => {}
            _ => {}
        }
    }

    fn ask_next(&mut self, out: &mut Out<Pbft>) {
        if self.current.is_some() {
            return;
        }
        let Some(op) = self.queue.pop_front() else {
            return;
        };
        self.current = Some(op);
        self.forget_answers();
        self.tries = 1;
        self.reading = op.read && self.seat.settings.read_only;
        out.because(rules::ASK, request_label(op));
        if self.reading {
            out.multicast(Msg::Read(op));
        } else if self.seat.settings.without_pre_prepare {
            out.multicast(Msg::Request(op));
        } else {
            let leader = primary(self.view, self.seat.quorums.n);
            out.send(leader, Msg::Request(op));
        }
        out.set_timer(Timer::Retry, self.seat.settings.client_timeout);
    }

    /// No answer in time, or a restart in between: the request goes to all replicas.
    fn ask_all(&mut self, out: &mut Out<Pbft>) {
        let Some(op) = self.current else {
            return;
        };
        if std::mem::take(&mut self.reading) {
            self.forget_answers();
        }
        self.tries += 1;
        out.because(rules::ASK_ALL, request_label(op));
        out.multicast(Msg::Request(op));
        out.set_timer(Timer::Retry, self.seat.settings.client_timeout);
    }

    fn hear(&mut self, from: Stamp, view: u32, result: u64, tentative: bool, out: &mut Out<Pbft>) {
        if u32::from(from.sender().0) >= self.seat.quorums.n {
            return;
        }
        let known = self
            .answers
            .iter()
            .position(|answer| answer.result == result);
        let index = known.unwrap_or_else(|| {
            self.answers.push(Answers {
                result,
                firm: Voters::default(),
                all: Voters::default(),
            });
            self.answers.len() - 1
        });
        let answer = &mut self.answers[index];
        answer.all.insert(from);
        if !tentative {
            answer.firm.insert(from);
        }
        self.views.push((from.sender(), view));
        let answer = &self.answers[index];
        let firm = !self.reading && answer.firm.count() >= self.enough();
        if firm || answer.all.count() >= self.enough_of_any() {
            self.accept(index, result, out);
        }
    }

    /// How many equal replies to an ordered request it believes.
    fn enough(&self) -> u32 {
        let quorums = self.seat.quorums;
        match self.seat.settings.reply_quorum {
            _ if self.seat.flawed(flaw::BELIEVES_ONE) => 1,
            true => quorums.quorum,
            false => quorums.weak(),
        }
    }

    /// How many where some are tentative, or the request was not ordered (section 5.1).
    fn enough_of_any(&self) -> u32 {
        let quorums = self.seat.quorums;
        if self.reading && self.seat.flawed(flaw::READS_WEAK) {
            return quorums.weak();
        }
        quorums.quorum
    }

    fn accept(&mut self, index: usize, result: u64, out: &mut Out<Pbft>) {
        let Some(op) = self.current.take() else {
            return;
        };
        let by = self.answers[index].all.count();
        self.learn_view(index);
        self.answered += 1;
        out.because(rules::ACCEPT_REPLY, request_label(op));
        out.cancel_timer(Timer::Retry);
        out.claim(Claim::Answered {
            op,
            result,
            by,
            early: self.seat.settings.tentative || self.seat.settings.read_only,
        });
        self.forget_answers();
        self.ask_next(out);
    }

    /// The highest view that f+1 of the believed replicas have reached.
    fn learn_view(&mut self, index: usize) {
        let believed = &self.answers[index].all;
        let heard = self.views.iter().filter(|(who, _)| believed.contains(*who));
        let mut views: Vec<u32> = heard.map(|(_, view)| *view).collect();
        views.sort_unstable_by(|a, b| b.cmp(a));
        let vouched = views.get(self.seat.quorums.f as usize);
        self.view = self.view.max(vouched.copied().unwrap_or(0));
    }

    fn forget_answers(&mut self) {
        self.answers.clear();
        self.views.clear();
    }

    /// A client keeps its timestamp and its request on disk, or starts afresh.
    pub(super) fn rebooted(&self, kept: Kept) -> Self {
        let mut fresh = Self::new(self.seat.clone());
        if kept != Kept::Nothing {
            fresh.current = self.current;
            fresh.queue.clone_from(&self.queue);
            fresh.answered = self.answered;
        }
        fresh
    }

    pub(super) fn sketch(&self) -> Sketch {
        let best = self.answers.iter().map(|answer| answer.all.count()).max();
        let needed = if self.reading {
            self.enough_of_any()
        } else {
            self.enough()
        };
        Sketch {
            phase: match (self.current, self.tries) {
                (None, _) => "idle",
                (Some(_), 0..=1) => "waiting",
                _ => "retrying",
            },
            round: self.view,
            slot: self.current.map_or(0, |op| op.number.into()),
            votes: Some((best.unwrap_or(0), needed)),
            done: self.answered,
            leader: Some(primary(self.view, self.seat.quorums.n)),
            ..Sketch::default()
        }
    }

    pub(super) fn portrait(&self) -> Portrait {
        let waiting = self.current.iter().chain(&self.queue);
        let heard = self.answers.iter().map(|answer| {
            let who: Vec<String> = answer.all.iter().map(|id| id.to_string()).collect();
            format!("{:016x} from {}", answer.result, who.join(", "))
        });
        Portrait {
            sketch: self.sketch(),
            waiting: waiting.map(ToString::to_string).collect(),
            facts: std::iter::once((
                "takes for primary",
                primary(self.view, self.seat.quorums.n).to_string(),
            ))
            .chain(heard.map(|fact| ("result", fact)))
            .collect(),
            log: Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests;
