//! How a node got further, in words.

use super::crowd::Crowd;
use super::{Cast, Tone, Words};
use quorumscope_core::protocol::{About, Claim, Label, NodeId, value_name};

/// What a node asserts about itself, told; several may assert the same.
pub(super) fn words(cast: &Cast<'_>, crowd: &Crowd, claim: &Claim, paper: bool) -> Words {
    let (who, s) = (cast.names(&crowd.nodes), crowd.ending());
    let (is, has) = match s {
        "" => ("are", "have"),
        _ => ("is", "has"),
    };
    let quorum = cast.scenario.quorums().quorum;
    let exactly = |label: &Label| {
        let from = crowd.nodes.first().copied().unwrap_or_default();
        paper.then(|| cast.about(About::Number, *label, (from, None), true))
    };
    match claim {
        Claim::Prepared(label) => (
            Tone::Step,
            format!(
                "{who} {is} prepared for number {}: {quorum} replicas vouch for the same request.",
                label.sequence
            ),
            exactly(label),
        ),
        Claim::Committed(label) => (
            Tone::Step,
            format!(
                "{who} {has} committed number {}: {quorum} replicas say that they are prepared.",
                label.sequence
            ),
            exactly(label),
        ),
        Claim::Executed { label, ops, .. } => {
            let (value, number) = (value_name(ops), label.sequence);
            let text = format!("{who} execute{s} {value} as number {number}.");
            (Tone::Good, text, exactly(label))
        }
        Claim::Transferred { label } => {
            let number = label.sequence;
            let text = format!("{who} take{s} over the state up to number {number}.");
            (Tone::Good, text, None)
        }
        Claim::RolledBack { to } => {
            let it = if s.is_empty() { "they" } else { "it" };
            let text = format!(
                "{who} undo{} what {it} had executed after number {to}.",
                crowd.es()
            );
            (Tone::Lost, text, None)
        }
        Claim::Entered { view } => {
            let leader = leader(cast, *view);
            let text = format!("{who} work{s} in view {view} now, led by replica {leader}.");
            (Tone::Step, text, None)
        }
        Claim::Answered { op, .. } => {
            let enough = cast.scenario.quorums().weak();
            let replicas = if enough == 1 {
                "replica gives"
            } else {
                "replicas agree on"
            };
            let text = format!("{who} accepts the answer to {op}: {enough} {replicas} it.");
            (Tone::Good, text, None)
        }
    }
}

fn leader(cast: &Cast<'_>, view: u32) -> NodeId {
    NodeId((view % u32::from(cast.scenario.nodes).max(1)) as u16)
}
