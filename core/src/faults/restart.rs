//! Fail-restart: a node comes back with what its disk kept.

use crate::conditions::NodeAction;
use crate::fault::{Family, Fault};
use crate::knob::{Among, Args, Knob, Misfit, Takes};
use crate::protocol::Kept;

/// How many writes are lost where the order does not say.
const LOST_WRITES: u32 = 8;

pub(super) const RESTART: Fault = Fault {
    name: "restart",
    title: "Restart",
    says: "The node starts again with what its disk kept, and must catch up by the protocol.",
    tells,
    ends: |_| "",
    family: Family::Node,
    knobs: &[
        Knob::required(
            "node",
            Takes::Node(Among::Any),
            "The node that starts again; one that runs stops first.",
        ),
        Knob::optional(
            "keeps",
            Takes::Disk,
            "What its disk kept: everything (if left out), all but its last writes, \
             what it kept at some point, such as a checkpoint, or nothing.",
        ),
        Knob::optional(
            "lost_writes",
            Takes::Number {
                min: 1,
                max: 1_000_000,
            },
            "For a stale disk: how many of its last writes are lost; 8 if left out.",
        ),
    ],
    lasts: false,
    fits: |_| true,
    check,
    apply: |scope, _| {
        let lost = scope.args.number("lost_writes").map(|lost| lost as u32);
        let kept = match scope.args.name("keeps") {
            Some("stale") => Kept::AllBut(lost.unwrap_or(LOST_WRITES)),
            Some("nothing") => Kept::Nothing,
            Some("everything") | None => Kept::Everything,
            Some(image) => Kept::Image(image),
        };
        scope
            .args
            .node("node")
            .map(|node| NodeAction::Restart(node, kept))
    },
};

fn tells(args: &Args) -> &'static str {
    match (args.name("keeps"), args.number("lost_writes")) {
        (Some("stale"), Some(_)) => {
            "{Node} restarts without its last {lost_writes:write|# writes}."
        }
        (Some("stale"), None) => "{Node} restarts without its last 8 writes.",
        (Some("nothing"), _) => "{Node} restarts with an empty disk.",
        (Some("everything") | None, _) => "{Node} restarts with all that its disk kept.",
        _ => "{Node} restarts from its last {keeps}.",
    }
}

fn check(args: &Args) -> Result<(), Misfit> {
    if args.number("lost_writes").is_some() && args.name("keeps") != Some("stale") {
        return Err(Misfit::new("lost_writes", "goes with keeps \"stale\" only"));
    }
    Ok(())
}
