//! The traitor repeats old messages.

use super::{KINDS, PER_MILLE, TO, rule};
use crate::conditions::ByzantineAct;
use crate::fault::Behaviour;
use crate::knob::{Among, Knob, Takes};
use crate::time::Span;

/// See its `says`.
pub const REPLAY: Behaviour = Behaviour {
    name: "replay",
    title: "Replay",
    says: "Sends its messages once more, long after they mattered.",
    by: Among::Corruptible,
    knobs: &[
        KINDS,
        TO,
        PER_MILLE,
        Knob::optional(
            "after_ms",
            Takes::Span,
            "How long after the first time; 1000 if left out.",
        ),
    ],
    plan: |scope| {
        let after = scope.args.span("after_ms").unwrap_or(Span::from_ms(1000));
        rule(scope, ByzantineAct::Replay(after))
    },
};
