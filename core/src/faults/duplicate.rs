//! Duplication: messages arrive twice.

use super::{BOTH, FROM, KINDS, PER_MILLE, TO, fine, lay};
use crate::conditions::LinkEffect;
use crate::fault::{Family, Fault};
use crate::knob::{Knob, Takes};
use crate::time::Span;

pub(super) const DUPLICATE: Fault = Fault {
    name: "duplicate",
    title: "Duplicate",
    says: "Messages on these links arrive twice.",
    tells: |_| {
        concat!(
            "{Kinds|All} messages",
            links!(),
            " arrive twice[, {per_mille} of them][, within {within_ms}]."
        )
    },
    ends: |_| concat!("The doubling of {kinds|all} messages", links!(), " ends."),
    family: Family::Omission,
    knobs: &[
        FROM,
        TO,
        BOTH,
        KINDS,
        PER_MILLE,
        Knob::optional(
            "within_ms",
            Takes::Span,
            "How long after the first copy the second one comes at most; 50 if left out.",
        ),
    ],
    lasts: true,
    fits: |_| true,
    check: fine,
    apply: |scope, network| {
        let within = scope.args.span("within_ms").unwrap_or(Span::from_ms(50));
        lay(scope, network, LinkEffect::Duplicate(within));
        None
    },
};
