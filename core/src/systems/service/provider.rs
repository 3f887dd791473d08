//! A provider: it works on what servers ask of it, and answers [19].

use super::line::Lines;
use super::workplace::Workplace;
use super::{Msg, Seat, Service, label, rules};
use crate::protocol::{Input, NodeId, Op, Out, Portrait, Sketch};
use crate::time::Span;

/// A call: who asks, its number there, and what for.
type Call = (NodeId, u32, Op);

/// A provider.
#[derive(Clone, Debug)]
pub struct Provider {
    seat: Seat,
    work: Workplace<Call>,
    lines: Lines,
    done: u64,
}

impl Provider {
    pub(super) fn new(seat: Seat) -> Self {
        Self {
            work: Workplace::new(seat.settings.cores),
            seat,
            lines: Lines::default(),
            done: 0,
        }
    }

    pub(super) fn rebooted(&self) -> Self {
        Self {
            lines: self.lines.rebooted(),
            done: self.done,
            ..Self::new(self.seat.clone())
        }
    }

    pub(super) fn step(&mut self, input: Input<'_, Service>, out: &mut Out<Service>) {
        match input {
            Input::Message { from, msg } => {
                if let Msg::Call { call, op, line } = *msg
                    && self.lines.hears(from.sender(), line)
                {
                    self.work.waiting.push_back((from.sender(), call, op));
                    self.begin(out);
                }
            }
            Input::Done(piece) => {
                if let Some((server, call, op)) = self.work.done(piece) {
                    self.done += 1;
                    out.because(rules::RETURN, label(op));
                    out.send(server, Msg::Returned { call, op });
                }
                self.begin(out);
            }
            _ => {}
        }
    }

    fn begin(&mut self, out: &mut Out<Service>) {
        while self.work.free()
            && let Some(call) = self.work.waiting.pop_front()
        {
            self.work.begin(call, self.seat.settings.provider_work, out);
        }
    }

    pub(super) fn sketch(&self) -> Sketch {
        let all = self.work.all().count() as u64;
        Sketch {
            phase: if all > 0 { "working" } else { "idle" },
            done: self.done,
            waiting: self.work.waiting.len() as u32,
            work: Span(self.seat.settings.provider_work.0 * all),
            ..Sketch::default()
        }
    }

    pub(super) fn portrait(&self) -> Portrait {
        let waiting = self.work.all().map(|(_, _, op)| op.to_string());
        Portrait {
            sketch: self.sketch(),
            waiting: waiting.collect(),
            facts: vec![("calls answered", self.done.to_string())],
            ..Portrait::default()
        }
    }
}
