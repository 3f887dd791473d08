//! How a node got further, in words.

use super::{Cast, Tone, Words, about};
use quorumscope_core::protocol::{Claim, NodeId, value_name};

/// What a node asserts about itself, told.
pub(super) fn words(cast: &Cast<'_>, who: &str, claim: &Claim, paper: bool) -> Option<Words> {
    let quorum = cast.scenario.quorums().quorum;
    Some(match claim {
        Claim::Prepared(label) => (
            Tone::Step,
            format!(
                "{who} is prepared for number {}: {quorum} replicas vouch for the same request.",
                label.sequence
            ),
            paper.then(|| about(*label, true)),
        ),
        Claim::Committed(label) => (
            Tone::Step,
            format!(
                "{who} has committed number {}: {quorum} replicas say that they are prepared.",
                label.sequence
            ),
            paper.then(|| about(*label, true)),
        ),
        Claim::Executed { label, ops, .. } => (
            Tone::Good,
            format!(
                "{who} executes {} as number {}.",
                value_name(ops),
                label.sequence
            ),
            paper.then(|| about(*label, true)),
        ),
        Claim::Transferred { label } => (
            Tone::Good,
            format!(
                "{who} takes over the state up to number {}.",
                label.sequence
            ),
            None,
        ),
        Claim::RolledBack { to } => (
            Tone::Lost,
            format!("{who} undoes what it had executed after number {to}."),
            None,
        ),
        Claim::Entered { view } => (
            Tone::Step,
            format!(
                "{who} works in view {view} now, led by replica {}.",
                leader(cast, *view)
            ),
            None,
        ),
        Claim::Answered { op, .. } => (
            Tone::Good,
            format!(
                "{who} accepts the answer to {op}: {} replicas agree on it.",
                cast.scenario.quorums().weak()
            ),
            None,
        ),
    })
}

fn leader(cast: &Cast<'_>, view: u32) -> NodeId {
    NodeId((view % u32::from(cast.scenario.nodes).max(1)) as u16)
}
