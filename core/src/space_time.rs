//! What a space-time diagram shows and where, the same in the page and in files.
//!
//! Time runs to the right and each node has a lane. A message slants from lane to lane, and what
//! happens at a node is a sign on its lane. Pictures choose colours and shapes by themselves.

use crate::cast::Cast;
use crate::promise::Standing;
use crate::protocol::{Claim, NodeId, value_name};
use crate::scenario::Scenario;
use crate::time::Time;
use crate::trace::{DropReason, Event, EventId, Transit, What};
use std::iter;

/// One minute, in microseconds.
const MINUTE: f64 = 6e7;
/// The steps between ticks further apart than 20 seconds, in minutes.
const MINUTES: [f64; 10] = [0.5, 1.0, 2.0, 5.0, 10.0, 15.0, 30.0, 60.0, 120.0, 360.0];

/// How instants and lanes lie over a picture, in the picture's own unit of length.
#[derive(Clone, Copy, Debug)]
pub struct Grid {
    /// The instant at the left edge, in microseconds.
    pub from: f64,
    /// The time from there to the right edge, in microseconds.
    pub span: f64,
    /// Where the left edge is.
    pub left: f64,
    /// How far the right edge is from it.
    pub width: f64,
    /// Where the first lane is.
    pub top: f64,
    /// How far one lane is from the next.
    pub gap: f64,
    /// Whose lanes these are.
    pub cast: Cast,
}

impl Grid {
    /// How far to the right an instant is.
    #[must_use]
    pub fn x(&self, at: Time) -> f64 {
        self.left + (at.0 as f64 - self.from) / self.span * self.width
    }

    /// How far down the lane of a node is.
    #[must_use]
    pub fn y(&self, node: NodeId) -> f64 {
        self.top + f64::from(self.cast.lane(node)) * self.gap
    }

    /// The last instant.
    #[must_use]
    pub fn end(&self) -> Time {
        Time((self.from + self.span) as u64)
    }

    /// Round instants that are at least `apart` from each other, and the step between them in microseconds.
    pub fn ticks(&self, apart: f64) -> (u64, impl Iterator<Item = Time> + use<>) {
        let step = round_step(self.span / self.width * apart) as u64;
        let (from, end) = (self.from as u64, self.from + self.span);
        let first = from.div_ceil(step) * step;
        let all = iter::successors(Some(first), move |at: &u64| at.checked_add(step));
        let seen = all.take_while(move |at| *at as f64 <= end);
        (step, seen.map(Time))
    }
}

/// The least round number of microseconds that is no less.
fn round_step(least: f64) -> f64 {
    let minutes = MINUTES.iter().map(|minutes| minutes * MINUTE);
    if least > 2e7
        && let Some(step) = minutes.into_iter().find(|step| *step >= least)
    {
        return step;
    }
    let mut unit = 1.0;
    loop {
        for factor in [1.0, 2.0, 5.0] {
            if factor * unit >= least {
                return factor * unit;
            }
        }
        unit *= 10.0;
    }
}

/// One copy of a message and what became of it.
#[derive(Clone, Copy, Debug)]
pub struct Arrow {
    /// The copy.
    pub transit: Transit,
    /// When it arrived or was lost.
    pub ended: Time,
    /// Why it was lost, if it was.
    pub lost: Option<DropReason>,
}

impl Arrow {
    /// The arrow that an event is the end of.
    #[must_use]
    pub fn of(event: &Event) -> Option<Self> {
        let (transit, lost) = match &event.what {
            What::Delivered(transit) => (transit, None),
            What::Dropped(transit, reason) => (transit, Some(*reason)),
            _ => return None,
        };
        Some(Self {
            transit: *transit,
            ended: event.at,
            lost,
        })
    }
}

/// What a sign stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A stage that may still change.
    Reached(&'static str),
    /// A stage that can no longer change.
    Firm(&'static str),
    /// A value executed; in the system's word for it.
    Executed(&'static str),
    /// An answer accepted.
    Answered,
    /// A new round; in the system's word for it.
    Entered(&'static str),
    /// A timer that ran out.
    Timeout,
    /// An order of the script, or its end.
    Order,
    /// A promise that broke.
    Broken,
    /// Anything else that a node says of itself, such as whom it suspects; files have no words for it.
    Noted,
}

impl Kind {
    /// Its name in a legend.
    #[must_use]
    pub fn name(self) -> String {
        match self {
            Self::Reached(stage) | Self::Firm(stage) | Self::Executed(stage) => stage.into(),
            Self::Answered => "answer accepted".into(),
            Self::Entered(round) => format!("new {round}"),
            Self::Timeout => "timer ran out".into(),
            Self::Order => "fault or order".into(),
            Self::Broken => "promise broken".into(),
            Self::Noted => "other".into(),
        }
    }

    /// Whether it is worth a note where there is room for few.
    #[must_use]
    pub const fn notable(self) -> bool {
        !matches!(self, Self::Reached(_) | Self::Firm(_) | Self::Noted)
    }
}

/// Something that happens at a node, or to all of them.
#[derive(Clone, Copy, Debug)]
pub struct Sign {
    /// Which event.
    pub event: EventId,
    /// When.
    pub at: Time,
    /// At which node; `None` for what concerns all of them.
    pub node: Option<NodeId>,
    /// What it stands for.
    pub kind: Kind,
    /// Whether it is the end of an order.
    pub over: bool,
}

impl Sign {
    /// The sign that an event is worth.
    #[must_use]
    pub fn of(event: &Event, scenario: &Scenario) -> Option<Self> {
        let mut node = Some(event.node);
        let kind = match &event.what {
            What::Claimed(claim) => claimed(claim, scenario)?,
            What::TimerFired { .. } => Kind::Timeout,
            What::Ordered(index) | What::Lifted(index) => {
                node = scenario.script.get(*index as usize)?.args.node("node");
                Kind::Order
            }
            What::Broken { .. } => Kind::Broken,
            _ => return None,
        };
        Some(Self {
            event: event.id,
            at: event.at,
            node,
            kind,
            over: matches!(event.what, What::Lifted(_)),
        })
    }
}

fn claimed(claim: &Claim, scenario: &Scenario) -> Option<Kind> {
    let spec = scenario.spec;
    Some(match claim {
        Claim::Reached { stage, .. } => {
            let stage = spec.stages.get(usize::from(*stage))?;
            match stage.firm {
                true => Kind::Firm(stage.name),
                false => Kind::Reached(stage.name),
            }
        }
        Claim::Applied { .. } => Kind::Executed(spec.words.done),
        Claim::Answered { .. } => Kind::Answered,
        Claim::Entered { round, .. } if *round > 0 => {
            Kind::Entered(spec.words.round.unwrap_or("round"))
        }
        Claim::Entered { .. } => return None,
        Claim::GaveUp { .. }
        | Claim::TookOver { .. }
        | Claim::RolledBack { .. }
        | Claim::Failed { .. }
        | Claim::Worked { .. }
        | Claim::Suspects { .. } => Kind::Noted,
    })
}

/// What is written at the sign of an event, and what it says in a few words.
#[must_use]
pub fn words(
    event: &Event,
    scenario: &Scenario,
    promises: &[Standing],
) -> Option<(String, String)> {
    let title = |index: u32| {
        let order = scenario.script.get(index as usize)?;
        Some(order.fault.title.to_lowercase())
    };
    let twice = |words: String| (words.clone(), words);
    Some(match &event.what {
        What::Claimed(claim) => told(claim, scenario)?,
        What::TimerFired { timer } => ((*timer).to_owned(), format!("{timer} timer ran out")),
        What::Ordered(index) => twice(title(*index)?),
        What::Lifted(index) => twice(format!("end: {}", title(*index)?)),
        What::Broken { promise, .. } => {
            let name = promises.get(usize::from(*promise))?.promise.name;
            (name.to_owned(), format!("{name} no longer holds"))
        }
        _ => return None,
    })
}

fn told(claim: &Claim, scenario: &Scenario) -> Option<(String, String)> {
    let kind = claimed(claim, scenario)?;
    Some(match (claim, kind) {
        (Claim::Reached { label, .. }, Kind::Reached(stage) | Kind::Firm(stage)) => (
            label.sequence.to_string(),
            format!("{stage} {}", label.sequence),
        ),
        (Claim::Applied { label, ops, .. }, Kind::Executed(done)) => (
            label.sequence.to_string(),
            format!("{done} {}: {}", label.sequence, value_name(ops)),
        ),
        (Claim::Answered { op, .. }, _) => (op.to_string(), format!("accepted the answer to {op}")),
        (Claim::Entered { round, .. }, Kind::Entered(word)) => {
            (format!("{word} {round}"), format!("entered {word} {round}"))
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_round() {
        assert_eq!(round_step(0.2), 1.0);
        assert_eq!(round_step(3.0), 5.0);
        assert_eq!(round_step(7_300.0), 10_000.0);
        assert_eq!(round_step(20.0), 20.0);
        assert_eq!(round_step(3e7), 3e7);
        assert_eq!(round_step(4e9), 7.2e9);
        assert_eq!(round_step(4e10), 5e10);
    }

    #[test]
    fn clients_have_the_first_lanes_and_time_runs_to_the_right() {
        let grid = Grid {
            from: 1_000.0,
            span: 10_000.0,
            left: 40.0,
            width: 100.0,
            top: 20.0,
            gap: 10.0,
            cast: Scenario::default().cast,
        };
        assert_eq!((grid.y(NodeId(4)), grid.y(NodeId(0))), (20.0, 30.0));
        assert_eq!(grid.x(Time(6_000)), 90.0);
        assert_eq!(grid.end(), Time(11_000));
        let (step, ticks) = grid.ticks(30.0);
        let ticks: Vec<Time> = ticks.collect();
        assert_eq!((step, ticks), (5_000, vec![Time(5_000), Time(10_000)]));
    }
}
