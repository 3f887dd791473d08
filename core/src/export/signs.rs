//! What besides messages is worth a mark: decisions, new views, timeouts, orders, broken promises.

use super::{Stretch, arrows};
use crate::protocol::{Claim, NodeId, value_name};
use crate::time::Time;
use crate::trace::{Event, What};
use crate::world::World;

/// The kinds of mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Prepared,
    Committed,
    Executed,
    Answered,
    Entered,
    Timeout,
    Order,
    Broken,
}

impl Kind {
    /// Its name in a legend.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Prepared => "prepared",
            Self::Committed => "committed",
            Self::Executed => "executed",
            Self::Answered => "answer accepted",
            Self::Entered => "new view",
            Self::Timeout => "timer ran out",
            Self::Order => "fault or order",
            Self::Broken => "promise broken",
        }
    }

    /// Whether it is worth a note in a sequence diagram.
    pub(super) const fn notable(self) -> bool {
        !matches!(self, Self::Prepared | Self::Committed)
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
        What::Claimed(claim) => claimed(claim)?,
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
            let name = world.promises().get(usize::from(*promise))?.name;
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

fn claimed(claim: &Claim) -> Option<(Kind, String, String)> {
    Some(match claim {
        Claim::Prepared(label) => (
            Kind::Prepared,
            label.sequence.to_string(),
            format!("prepared {}", label.sequence),
        ),
        Claim::Committed(label) => (
            Kind::Committed,
            label.sequence.to_string(),
            format!("committed {}", label.sequence),
        ),
        Claim::Executed { label, ops, .. } => (
            Kind::Executed,
            label.sequence.to_string(),
            format!("executed {}: {}", label.sequence, value_name(ops)),
        ),
        Claim::Answered { op, .. } => (
            Kind::Answered,
            op.to_string(),
            format!("accepted the answer to {op}"),
        ),
        Claim::Entered { view } if *view > 0 => (
            Kind::Entered,
            format!("view {view}"),
            format!("entered view {view}"),
        ),
        Claim::Entered { .. } | Claim::Transferred { .. } | Claim::RolledBack { .. } => {
            return None;
        }
    })
}
