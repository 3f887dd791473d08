//! The traitor calls for view changes without need.

use crate::conditions::{ByzantineAct, ByzantinePlan, ByzantineRule};
use crate::fault::Behaviour;
use crate::knob::{Among, Knob, Takes};
use crate::time::Span;

pub(super) const FALSE_VIEW_CHANGE: Behaviour = Behaviour {
    name: "false-view-change",
    title: "False view change",
    says: "Accuses primaries that work, again and again, to disturb the others.",
    by: Among::Serving,
    knobs: &[
        Knob::optional(
            "every_ms",
            Takes::Period,
            "How often; every 500 ms if left out.",
        ),
        Knob::optional(
            "ahead",
            Takes::Number {
                min: 1,
                max: 1_000_000,
            },
            "How many views beyond the next one it asks for; none if left out.",
        ),
    ],
    plan: |scope| {
        let far = |ahead: i64| ByzantineRule {
            to: Vec::new(),
            kinds: scope.spec.mask_of(&["view-change"]),
            per_mille: 1000,
            act: ByzantineAct::LieWith("far-view", ahead.unsigned_abs()),
        };
        ByzantinePlan {
            rules: scope.args.number("ahead").map(far).into_iter().collect(),
            provoke: scope.args.span("every_ms").or(Some(Span::from_ms(500))),
            ..ByzantinePlan::default()
        }
    },
};
