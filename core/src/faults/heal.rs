//! Not a failure: the end of failures.

use super::fine;
use crate::conditions::NodeAction;
use crate::fault::{Family, Fault};

pub(super) const HEAL: Fault = Fault {
    name: "heal",
    title: "Heal",
    says: "Ends everything that lasts: partitions, cuts, omissions, slowness, silence, drift. \
           Crashes and treason remain.",
    tells: |_| "All that lasts is healed; crashes and treason remain.",
    ends: |_| "",
    family: Family::Control,
    knobs: &[],
    lasts: false,
    fits: |_| true,
    check: fine,
    apply: |_, _| Some(NodeAction::Heal),
};
