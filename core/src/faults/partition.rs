//! Partition: groups of nodes that do not reach one another.

use super::fine;
use crate::conditions::Partition;
use crate::fault::{Family, Fault};
use crate::knob::{Knob, Takes};

pub(super) const PARTITION: Fault = Fault {
    name: "partition",
    title: "Partition",
    says: "Messages between groups of nodes are cut off. A node in no group reaches everyone.",
    tells: |_| {
        "The network falls apart: {groups}[{?one_way}; towards the later sides messages pass]\
         [{?hold}; messages across wait]."
    },
    ends: |_| "The partition ends: {groups}.",
    family: Family::Partition,
    knobs: &[
        Knob::required(
            "groups",
            Takes::Groups,
            "The groups; clients may be named too.",
        ),
        Knob::optional(
            "one_way",
            Takes::Flag,
            "Messages from an earlier group to a later one still pass.",
        ),
        Knob::optional(
            "hold",
            Takes::Flag,
            "Messages across wait until the partition ends, instead of being lost.",
        ),
    ],
    lasts: true,
    fits: |_| true,
    check: fine,
    apply: |scope, network| {
        let (one_way, hold) = (scope.args.flag("one_way"), scope.args.flag("hold"));
        let groups = scope.args.groups("groups");
        network.part(Partition::new(
            scope.order,
            scope.cast.total(),
            groups,
            one_way,
            hold,
        ));
        None
    },
};
