//! Byzantine failure: a node turns traitor.

use crate::conditions::NodeAction;
use crate::fault::{Family, Fault};
use crate::knob::{Among, Args, Knob, Misfit, Takes};

pub(super) const CORRUPT: Fault = Fault {
    name: "corrupt",
    title: "Turn traitor",
    says: "From now on the node is a traitor. Traitors know and help one another, but cannot \
           forge the signature of an honest node.",
    tells: |_| "{Node} becomes a traitor: {behaviour}[ ({settings})].",
    ends: |_| "",
    family: Family::Byzantine,
    knobs: &[
        Knob::required(
            "node",
            Takes::Node(Among::Corruptible),
            "The node that turns traitor.",
        ),
        Knob::required(
            "behaviour",
            Takes::Behaviour,
            "What it does; the behaviour's own settings stand beside it.",
        ),
    ],
    lasts: false,
    fits: |spec| !spec.behaviours.is_empty(),
    check,
    apply: |scope, _| {
        let behaviour = scope.spec.behaviour(scope.args.name("behaviour")?)?;
        Some(NodeAction::Corrupt(
            scope.args.node("node")?,
            (behaviour.plan)(scope),
        ))
    },
};

/// A traitor keeps a whole state for each face, so faces are few.
const MOST_CAMPS: usize = 16;

fn check(args: &Args) -> Result<(), Misfit> {
    let camps = args.groups("camps").len();
    if camps <= MOST_CAMPS {
        return Ok(());
    }
    let message = format!("must be at most {MOST_CAMPS} camps, not {camps}");
    Err(Misfit::new("camps", message))
}
