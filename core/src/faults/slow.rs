//! Timing: messages take too long.

use super::{BOTH, FROM, KINDS, PER_MILLE, TO, lay};
use crate::conditions::{LinkEffect, Tail};
use crate::fault::{Family, Fault};
use crate::knob::{Args, Knob, Misfit, Takes};
use crate::time::Span;

pub(super) const SLOW: Fault = Fault {
    name: "slow",
    title: "Slow",
    says: "Messages take longer: all that a node sends, those on a link, or everything.",
    tells: |args| match args.name("tail") {
        Some("exponential") => concat!(
            "{Kinds|All} messages",
            links!(),
            " take {extra_ms} longer, and {spread_ms} more on average[, {per_mille} of them]."
        ),
        Some("pareto") => concat!(
            "{Kinds|All} messages",
            links!(),
            " take {extra_ms} longer, and more with a heavy tail of scale {spread_ms}[, {per_mille} of them]."
        ),
        _ => concat!(
            "{Kinds|All} messages",
            links!(),
            " take {extra_ms} longer[, and up to {spread_ms} on top][, {per_mille} of them]."
        ),
    },
    ends: |_| concat!("The delay of {kinds|all} messages", links!(), " ends."),
    family: Family::Timing,
    knobs: &[
        FROM,
        TO,
        BOTH,
        KINDS,
        PER_MILLE,
        Knob::required(
            "extra_ms",
            Takes::Span,
            "How much later each message comes, at least.",
        ),
        Knob::optional(
            "spread_ms",
            Takes::Span,
            "How much may come on top of that, drawn for each message; nothing if left out.",
        ),
        Knob::optional(
            "tail",
            Takes::Choice(&["even", "exponential", "pareto"]),
            "How the spread is drawn: evenly up to it (if left out), memoryless with it as \
             the mean, or with a heavy tail.",
        ),
    ],
    lasts: true,
    fits: |_| true,
    check,
    apply: |scope, network| {
        let tail = match scope.args.name("tail") {
            Some("exponential") => Tail::Exponential,
            Some("pareto") => Tail::Pareto,
            _ => Tail::Even,
        };
        let effect = LinkEffect::Delay {
            extra: scope.args.span("extra_ms").unwrap_or_default(),
            spread: scope.args.span("spread_ms").unwrap_or(Span::ZERO),
            tail,
        };
        lay(scope, network, effect);
        None
    },
};

fn check(args: &Args) -> Result<(), Misfit> {
    if args.name("tail").is_some() && args.span("spread_ms").is_none() {
        return Err(Misfit::new("spread_ms", "is missing: a tail needs it"));
    }
    Ok(())
}
