//! The traitor calls for view changes without need.

use crate::conditions::ByzantinePlan;
use crate::fault::Behaviour;
use crate::knob::{Knob, Takes};
use crate::time::Span;

pub(super) const FALSE_VIEW_CHANGE: Behaviour = Behaviour {
    name: "false-view-change",
    title: "False view change",
    says: "Accuses primaries that work, again and again, to disturb the others.",
    knobs: &[Knob::optional(
        "every_ms",
        Takes::Period,
        "How often; every 500 ms if left out.",
    )],
    plan: |scope| ByzantinePlan {
        provoke: scope.args.span("every_ms").or(Some(Span::from_ms(500))),
        ..ByzantinePlan::default()
    },
};
