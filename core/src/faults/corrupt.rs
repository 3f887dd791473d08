//! Byzantine failure: a node turns traitor.

use super::{fine, required};
use crate::behaviours;
use crate::conditions::Deed;
use crate::fault::{Family, Fault, Takes};

pub(super) const CORRUPT: Fault = Fault {
    name: "corrupt",
    title: "Turn traitor",
    says: "From now on the replica is a traitor. Traitors know and help one another, but cannot \
           forge the signature of an honest node.",
    family: Family::Byzantine,
    knobs: &[
        required("node", Takes::Replica, "The replica that turns traitor."),
        required(
            "behaviour",
            Takes::Behaviour,
            "What it does; the behaviour's own settings stand beside it.",
        ),
    ],
    lasts: false,
    check: fine,
    apply: |scope, _| {
        let behaviour = behaviours::find(scope.args.name("behaviour")?)?;
        Some(Deed::Corrupt(
            scope.args.node("node")?,
            (behaviour.plan)(scope),
        ))
    },
};
