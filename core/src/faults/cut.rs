//! Partition in small: one link, one direction, or a node's every link is cut.

use super::{BOTH, FROM, KINDS, TO, fine, lay};
use crate::conditions::LinkEffect;
use crate::fault::{Family, Fault};
use crate::knob::{Knob, Takes};

pub(super) const CUT: Fault = Fault {
    name: "cut",
    title: "Cut a link",
    says: "Messages from one node to another are cut off, in one direction or both.",
    tells: |args| match args.flag("hold") {
        true => concat!("{Kinds|All} messages", links!(), " wait."),
        false => concat!("{Kinds|All} messages", links!(), " are cut off."),
    },
    ends: |_| concat!("The cut of {kinds|all} messages", links!(), " ends."),
    family: Family::Partition,
    knobs: &[
        FROM,
        TO,
        BOTH,
        KINDS,
        Knob::optional(
            "hold",
            Takes::Flag,
            "Messages wait until the link is whole again, instead of being lost.",
        ),
    ],
    lasts: true,
    fits: |_| true,
    check: fine,
    apply: |scope, network| {
        let hold = scope.args.flag("hold");
        lay(scope, network, LinkEffect::Cut { hold });
        None
    },
};
