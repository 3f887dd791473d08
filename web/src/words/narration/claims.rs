//! How a node got further, in the words of its system.

use super::crowd::Crowd;
use super::{Narrator, Tone, Words};
use quorumscope_core::protocol::{About, Claim, Label, Op};
use quorumscope_core::say::{Said, say};
use quorumscope_core::spec::Sentences;

/// What was done, if not all of it was done before, under another number.
fn done(narrator: &Narrator<'_>, label: &Label, ops: &[Op]) -> String {
    match ops.is_empty() && label.digest != 0 {
        true => "nothing new".into(),
        false => narrator.named(ops),
    }
}

/// What a node asserts about itself, told; several may assert the same.
pub(super) fn words(narrator: &Narrator<'_>, crowd: &Crowd, claim: &Claim, paper: bool) -> Words {
    let sentences = &narrator.scenario.spec.sentences;
    let who = narrator.who(crowd);
    let exactly = |label: &Label| paper.then(|| narrator.about(About::Number, *label, &[], true));
    let at = |label: &Label| who.clone().label(About::Number, *label);
    let (tone, said, why): (Tone, Said, Option<Said>) = match claim {
        Claim::Reached {
            stage,
            label,
            votes,
        } => {
            let stage = narrator.scenario.spec.stages.get(usize::from(*stage));
            let fields = at(label).number("votes", *votes);
            let said = say(stage.map_or("", |stage| stage.says), &fields);
            (Tone::Step, said, exactly(label))
        }
        Claim::Applied { label, ops, .. } => {
            let value = done(narrator, label, ops);
            let fields = at(label).text("value", value);
            let said = say(sentences.applied, &fields);
            (Tone::Good, said, exactly(label))
        }
        Claim::TookOver { label } => {
            let said = say(sentences.took_over, &at(label));
            (Tone::Good, said, None)
        }
        Claim::RolledBack { to } => {
            let fields = match to {
                0 => who,
                to => who.number("slot", *to),
            };
            (Tone::Lost, say(sentences.rolled_back, &fields), None)
        }
        Claim::GaveUp { round, alone } => {
            let template = if *alone {
                sentences.gave_up
            } else {
                sentences.joined
            };
            (
                Tone::Step,
                say(template, &who.number("round", *round)),
                None,
            )
        }
        Claim::Entered { round, leader } => {
            let fields = who.number("round", *round);
            let fields = fields.nodes("leader", leader.as_slice());
            (Tone::Step, say(sentences.entered, &fields), None)
        }
        Claim::Answered { op, .. } | Claim::Failed { op, .. } | Claim::Worked { op } => {
            let (tone, template) = of_operation(sentences, claim);
            let fields = who.text("op", op.to_string());
            let fields = match claim {
                Claim::Answered { by, .. } => fields.number("by", *by),
                _ => fields,
            };
            (tone, say(template, &fields), None)
        }
        Claim::Suspects { node, on } => {
            let template = if *on {
                sentences.suspects
            } else {
                sentences.trusts
            };
            (Tone::Step, say(template, &who.node("node", *node)), None)
        }
    };
    (tone, said, why)
}

/// How it is told that an operation was answered, failed, or was worked on.
const fn of_operation(sentences: &Sentences, claim: &Claim) -> (Tone, &'static str) {
    match claim {
        Claim::Failed { degraded: true, .. } => (Tone::Lost, sentences.degraded),
        Claim::Failed { .. } => (Tone::Lost, sentences.failed),
        Claim::Worked { .. } => (Tone::Step, sentences.worked),
        _ => (Tone::Good, sentences.answered),
    }
}
