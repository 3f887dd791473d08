//! What one node has heard of the others: all that it knows of them.

use crate::run::present::Present;
use quorumscope_core::chronicle::Chronicle;
use quorumscope_core::protocol::{Label, NodeId};
use quorumscope_core::time::Time;
use quorumscope_core::trace::{Event, What};

/// No older event than this many back is looked at.
const DEPTH: usize = 40_000;

/// The last message that came from somebody.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LastHeard {
    /// When it came.
    pub at: Time,
    /// Its kind.
    pub kind: u8,
    /// What it was about.
    pub label: Label,
}

/// By node, what `listener` has heard of it last; nothing of itself.
#[must_use]
pub fn last_heard(
    chronicle: &Chronicle,
    present: &Present,
    listener: NodeId,
) -> Vec<Option<LastHeard>> {
    let so_far = (present.events as usize).min(chronicle.events.len());
    let mut heard = vec![None; present.actors.len()];
    let mut missing = heard.len().saturating_sub(1);
    for event in chronicle.events[..so_far].iter().rev().take(DEPTH) {
        let What::Delivered(transit) = event.what else {
            continue;
        };
        let slot = heard.get_mut(transit.from.index());
        if let (true, Some(slot @ None)) = (event.node == listener, slot) {
            *slot = Some(LastHeard {
                at: event.at,
                kind: transit.kind,
                label: transit.label,
            });
            missing -= 1;
            if missing == 0 {
                break;
            }
        }
    }
    heard
}

/// Whether a node can know of an event: its own, but for what it does to nobody's knowledge.
///
/// What is lost on its way to a node, an order of the script and a broken
/// promise are seen by observers alone.
#[must_use]
pub fn knows(event: &Event, node: NodeId) -> bool {
    let seen = !matches!(
        event.what,
        What::Dropped(..) | What::Ordered(_) | What::Lifted(_) | What::Broken { .. }
    );
    seen && event.node == node
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::run::session::Session;
    use quorumscope_core::scenario::Scenario;
    use quorumscope_core::time::Span;

    #[test]
    fn a_node_knows_of_others_by_what_arrived_only() {
        let scenario = Scenario::default();
        let mut session = Session::open(&scenario);
        session.seek(Time(20_000_000));
        session.pursue(&mut || true);
        session.seek(Time(95_000));
        session.pursue(&mut || true);
        let present = session.present(Span::ZERO);
        let of_one = session
            .reader()
            .chronicle(|chronicle| last_heard(chronicle, &present, NodeId(1)));
        let leader = of_one[0].expect("the primary's PRE-PREPARE came");
        assert!(leader.at <= present.now);
        assert_eq!(leader.label.sequence, 1);
        assert_eq!(of_one[3], None, "its PREPARE is still under way");
        assert_eq!(of_one[1], None);
    }
}
