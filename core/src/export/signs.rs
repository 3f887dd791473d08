//! What besides messages is worth a mark: decisions, new views, timeouts, orders, broken promises.

use super::{Stretch, arrows};
use crate::protocol::{Claim, NodeId, value_name};
use crate::spec::Spec;
use crate::time::Time;
use crate::trace::{Event, What};
use crate::world::World;

/// The kinds of mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// A stage that may still change.
    Reached(&'static str),
    /// A stage that can no longer change.
    Firm(&'static str),
    /// A value executed; in the system's word for it.
    Executed(&'static str),
    Answered,
    /// A new round; in the system's word for it.
    Entered(&'static str),
    Timeout,
    Order,
    Broken,
}

impl Kind {
    /// Its name in a legend.
    pub(super) fn name(self) -> String {
        match self {
            Self::Reached(stage) | Self::Firm(stage) | Self::Executed(stage) => stage.into(),
            Self::Answered => "answer accepted".into(),
            Self::Entered(round) => format!("new {round}"),
            Self::Timeout => "timer ran out".into(),
            Self::Order => "fault or order".into(),
            Self::Broken => "promise broken".into(),
        }
    }

    /// Whether it is worth a note in a sequence diagram.
    pub(super) const fn notable(self) -> bool {
        !matches!(self, Self::Reached(_) | Self::Firm(_))
    }
}

/// One mark.
#[derive(Clone, Debug)]
pub(super) struct Sign {
    pub(super) at: Time,
    /// Where; `None` for what concerns all nodes.
    pub(super) node: Option<NodeId>,
    pub(super) kind: Kind,
    /// In a word or a number, for pictures.
    pub(super) word: String,
    /// In a few words.
    pub(super) says: String,
}

/// The marks of a stretch, in the order of their events.
pub(super) fn of(world: &dyn World, stretch: Stretch) -> Vec<Sign> {
    let events = arrows::events(world, stretch).iter();
    events.filter_map(|event| sign(world, event)).collect()
}

/// The mark that an event is worth.
pub(super) fn sign(world: &dyn World, event: &Event) -> Option<Sign> {
    let mut node = Some(event.node);
    let (kind, word, says) = match &event.what {
        What::Claimed(claim) => claimed(claim, world.scenario().spec)?,
        What::TimerFired { timer } => (
            Kind::Timeout,
            (*timer).to_owned(),
            format!("{timer} timer ran out"),
        ),
        What::Ordered(index) => {
            let order = world.scenario().script.get(*index as usize)?;
            node = order.args.node("node");
            let title = order.fault.title.to_lowercase();
            (Kind::Order, title.clone(), title)
        }
        What::Lifted(index) => {
            let order = world.scenario().script.get(*index as usize)?;
            node = order.args.node("node");
            let end = format!("end: {}", order.fault.title.to_lowercase());
            (Kind::Order, end.clone(), end)
        }
        What::Broken { promise, .. } => {
            let name = world.promises().get(usize::from(*promise))?.promise.name;
            (
                Kind::Broken,
                name.to_owned(),
                format!("{name} no longer holds"),
            )
        }
        _ => return None,
    };
    Some(Sign {
        at: event.at,
        node,
        kind,
        word,
        says,
    })
}

fn claimed(claim: &Claim, spec: &Spec) -> Option<(Kind, String, String)> {
    let round = spec.words.round.unwrap_or("round");
    Some(match claim {
        Claim::Reached { stage, label, .. } => {
            let stage = spec.stages.get(usize::from(*stage))?;
            let kind = if stage.firm {
                Kind::Firm
            } else {
                Kind::Reached
            };
            (
                kind(stage.name),
                label.sequence.to_string(),
                format!("{} {}", stage.name, label.sequence),
            )
        }
        Claim::Applied { label, ops, .. } => (
            Kind::Executed(spec.words.done),
            label.sequence.to_string(),
            format!(
                "{} {}: {}",
                spec.words.done,
                label.sequence,
                value_name(ops)
            ),
        ),
        Claim::Answered { op, .. } => (
            Kind::Answered,
            op.to_string(),
            format!("accepted the answer to {op}"),
        ),
        Claim::Entered { round: at, .. } if *at > 0 => (
            Kind::Entered(round),
            format!("{round} {at}"),
            format!("entered {round} {at}"),
        ),
        Claim::Entered { .. }
        | Claim::GaveUp { .. }
        | Claim::TookOver { .. }
        | Claim::RolledBack { .. }
        | Claim::Failed { .. }
        | Claim::Worked { .. }
        | Claim::Suspects { .. } => return None,
    })
}
