//! The traitor leads as slowly as it can without being replaced.

use crate::conditions::{ByzantineAct, ByzantinePlan, ByzantineRule};
use crate::fault::Behaviour;
use crate::knob::{Among, Knob, Takes};
use crate::time::Span;

pub(super) const SLOW_PRIMARY: Behaviour = Behaviour {
    name: "slow-primary",
    title: "Slow primary",
    says: "As primary, proposes late: just under the timeout it starves the clients unpunished.",
    by: Among::Serving,
    knobs: &[Knob::optional(
        "delay_ms",
        Takes::Span,
        "How late each proposal leaves; 300 if left out.",
    )],
    plan: |scope| {
        let delay = scope.args.span("delay_ms").unwrap_or(Span::from_ms(300));
        let rule = ByzantineRule {
            to: Vec::new(),
            kinds: scope.spec.mask_of(&["pre-prepare"]),
            per_mille: 1000,
            act: ByzantineAct::Delay(delay),
        };
        ByzantinePlan {
            rules: vec![rule],
            ..ByzantinePlan::default()
        }
    },
};
