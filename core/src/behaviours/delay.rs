//! The traitor takes its time.

use super::{KINDS, PER_MILLE, TO, rule};
use crate::conditions::ByzantineAct;
use crate::fault::Behaviour;
use crate::knob::{Among, Knob, Takes};
use crate::time::Span;

/// See its `says`.
pub const DELAY: Behaviour = Behaviour {
    name: "delay",
    title: "Delay",
    says: "Sends some of its messages late: of some kinds, or towards some nodes.",
    by: Among::Corruptible,
    knobs: &[
        KINDS,
        TO,
        PER_MILLE,
        Knob::optional("delay_ms", Takes::Span, "How much later; 300 if left out."),
    ],
    plan: |scope| {
        let delay = scope.args.span("delay_ms").unwrap_or(Span::from_ms(300));
        rule(scope, ByzantineAct::Delay(delay))
    },
};
