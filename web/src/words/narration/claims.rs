//! How a node got further, in words.

use super::crowd::Crowd;
use super::{Cast, Tone, Words};
use quorumscope_core::protocol::{About, Claim, Label, value_name};

/// What a node asserts about itself, told; several may assert the same.
pub(super) fn words(cast: &Cast<'_>, crowd: &Crowd, claim: &Claim, paper: bool) -> Words {
    let (who, s) = (cast.names(&crowd.nodes), crowd.ending());
    let (is, has) = match s {
        "" => ("are", "have"),
        _ => ("is", "has"),
    };
    let exactly = |label: &Label| {
        let from = crowd.nodes.first().copied().unwrap_or_default();
        paper.then(|| cast.about(About::Number, *label, (from, None), true))
    };
    match claim {
        Claim::Reached {
            stage,
            label,
            votes,
        } => {
            let (stage, number) = (cast.stage(*stage), label.sequence);
            let text = match stage {
                "prepared" => format!(
                    "{who} {is} prepared for number {number}: {votes} replicas vouch for the same request."
                ),
                "committed" => format!(
                    "{who} {has} committed number {number}: {votes} replicas say that they are prepared."
                ),
                stage => format!("{who} {is} {stage} at number {number}, by {votes} votes."),
            };
            (Tone::Step, text, exactly(label))
        }
        Claim::Applied { label, ops, .. } => {
            let (value, number) = (value_name(ops), label.sequence);
            let text = format!("{who} execute{s} {value} as number {number}.");
            (Tone::Good, text, exactly(label))
        }
        Claim::TookOver { label } => {
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
        Claim::GaveUp { round, alone } => {
            let name = cast.scenario.spec.words.round.unwrap_or("round");
            let why = if *alone {
                "for the time is up"
            } else {
                "as others do"
            };
            (
                Tone::Step,
                format!("{who} ask{s} for {name} {round}, {why}."),
                None,
            )
        }
        Claim::Entered { round, leader } => {
            let words = cast.scenario.spec.words;
            let led = leader.map_or_else(String::new, |leader| {
                format!(", led by {}", cast.scenario.cast.name(leader))
            });
            let name = words.round.unwrap_or("round");
            let text = format!("{who} work{s} in {name} {round} now{led}.");
            (Tone::Step, text, None)
        }
        Claim::Answered { op, by, .. } => {
            let gave = if *by == 1 {
                "replica gives"
            } else {
                "replicas agree on"
            };
            let text = format!("{who} accepts the answer to {op}: {by} {gave} it.");
            (Tone::Good, text, None)
        }
        Claim::Suspects { node, on } => {
            let verb = if *on { "suspect" } else { "trust" };
            let text = format!("{who} {verb}{s} {} now.", cast.scenario.cast.name(*node));
            (Tone::Step, text, None)
        }
    }
}
