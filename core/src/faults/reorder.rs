//! Reordering: messages overtake one another.

use super::{BOTH, FROM, KINDS, PER_MILLE, TO, fine, lay};
use crate::conditions::{LinkEffect, Tail};
use crate::fault::{Family, Fault};
use crate::knob::{Knob, Takes};
use crate::time::Span;

pub(super) const REORDER: Fault = Fault {
    name: "reorder",
    title: "Reorder",
    says: "Messages on these links overtake one another.",
    tells: |_| {
        concat!(
            "{Kinds|All} messages",
            links!(),
            " overtake one another[, {per_mille} of them][, up to {spread_ms} late]."
        )
    },
    ends: |_| concat!("The reordering of {kinds|all} messages", links!(), " ends."),
    family: Family::Omission,
    knobs: &[
        FROM,
        TO,
        BOTH,
        KINDS,
        PER_MILLE,
        Knob::optional(
            "spread_ms",
            Takes::Span,
            "How much later a message may come, evenly drawn; 200 if left out.",
        ),
    ],
    lasts: true,
    fits: |_| true,
    check: fine,
    apply: |scope, network| {
        let spread = scope.args.span("spread_ms").unwrap_or(Span::from_ms(200));
        let effect = LinkEffect::Delay {
            extra: Span::ZERO,
            spread,
            tail: Tail::Even,
        };
        lay(scope, network, effect);
        None
    },
};
