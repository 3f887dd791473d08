//! What a form does not offer, or refuses, though a document may say it: it would do nothing, or
//! everything, and nobody who fills in a form means that.

use super::{Draft, knobs, of_a_message};
use quorumscope_core::fault::Fault;
use quorumscope_core::knob::Knob;
use quorumscope_core::spec::Spec;
use serde_json::{Map, Value};

/// Whether a knob has a meaning as the form stands.
pub(super) fn applies(fault: &Fault, knob: &Knob, draft: &Draft) -> bool {
    match knob.name {
        // The choice of a message says which copy it is, and the page what it looks like.
        "to" | "from" | "kinds" | "view" | "sequence" if of_a_message(fault) => false,
        "extra_ms" if fault.knobs.iter().any(|knob| knob.name == "how") => {
            draft.get("how") == "delay"
        }
        "lost_writes" => draft.get("keeps") == "stale",
        "checksum" => draft.get("cause") == "corruption",
        "tail" => !draft.get("spread_ms").trim().is_empty(),
        _ => true,
    }
}

/// The knobs that an entry is made of: those of the form, and the copy that comes with a message.
pub(super) fn said(fault: &'static Fault, draft: &Draft, spec: &Spec) -> Vec<&'static Knob> {
    let mut all = knobs(fault, draft, spec);
    if of_a_message(fault) {
        let copy = fault.knobs.iter().find(|knob| knob.name == "to");
        all.extend(copy);
    }
    all
}

/// Refuses what makes no sense.
pub(super) fn check(
    fault: &Fault,
    entry: &Map<String, Value>,
) -> Result<(), (&'static str, String)> {
    let given = |name: &str| entry.contains_key(name);
    let ends = |names: &[&str]| names.iter().any(|name| given(name));
    let no = |knob, says: &str| Err((knob, says.to_string()));
    let groups = entry.get("groups").and_then(Value::as_array);
    if groups.is_some_and(|groups| groups.len() < 2) {
        return no(
            "groups",
            "Name at least two groups, with a bar between them: R0, R1 | R2, R3.",
        );
    }
    if given("from") && entry.get("from") == entry.get("to") {
        return no("to", "Sender and recipient are the same: choose another.");
    }
    if fault.name == "cut" && !ends(&["from", "to"]) {
        return no(
            "from",
            "Choose at least one end: this would cut every link.",
        );
    }
    let all = [
        "node",
        "peer",
        "kinds",
        "per_mille",
        "capacity",
        "service_ms",
    ];
    if fault.name == "omit" && !ends(&all) {
        return no(
            "node",
            "Choose a node, a kind or a share: this would lose every message there is.",
        );
    }
    if entry.get("how").is_some_and(|how| how == "delay") && !given("extra_ms") {
        return no("extra_ms", "Type how much later it comes, in milliseconds.");
    }
    queue(entry)
}

/// A queue that is full loses by load, and needs both of its numbers.
fn queue(entry: &Map<String, Value>) -> Result<(), (&'static str, String)> {
    let given = |name: &str| entry.contains_key(name);
    let no = |knob, says: &str| Err((knob, says.to_string()));
    match (given("capacity"), given("service_ms")) {
        (false, false) => return Ok(()),
        (false, true) => return no("capacity", "Type how many messages the queue holds."),
        (true, false) => return no("service_ms", "Type how long each message takes to leave."),
        (true, true) => {}
    }
    for knob in ["per_mille", "peer", "kinds"] {
        if given(knob) {
            return no(knob, "Leave this out: a queue that is full loses by load.");
        }
    }
    let receives = entry.get("direction").is_some_and(|way| way == "receive");
    let fitting = if receives {
        "receive-buffer-overflow"
    } else {
        "router-queue-overflow"
    };
    if entry.get("cause").is_some_and(|cause| cause != fitting) {
        return no(
            "cause",
            "Leave this as it is by default: a full queue is the cause.",
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::{Draft, begin, entry, knobs};
    use quorumscope_core::faults;
    use quorumscope_core::scenario::{Scenario, order_from_value};
    use quorumscope_core::time::Time;

    /// The knob at which a form is refused, with this typed into it.
    fn refused(fault: &str, typed: &[(&'static str, &str)]) -> Option<&'static str> {
        let fault = faults::find(fault).expect("a fault");
        let mut draft = begin(fault, None, &Scenario::default());
        for (knob, text) in typed {
            draft.set(knob, (*text).into());
        }
        match entry(fault, &draft, quorumscope_core::systems::first(), Time(5)) {
            Err((knob, _)) => Some(knob),
            Ok(entry) => {
                let read = order_from_value(&entry, &Scenario::default(), "");
                read.map(|_| None)
                    .unwrap_or_else(|problem| panic!("{problem}"))
            }
        }
    }

    #[test]
    fn what_does_nothing_or_everything_is_refused() {
        assert_eq!(refused("partition", &[("groups", "0, 1")]), Some("groups"));
        assert_eq!(
            refused("duplicate", &[("from", "1"), ("to", "1")]),
            Some("to")
        );
        assert_eq!(refused("duplicate", &[]), None);
        assert_eq!(refused("cut", &[]), Some("from"));
        assert_eq!(refused("cut", &[("to", "1")]), None);
        assert_eq!(refused("omit", &[]), Some("node"));
        assert_eq!(refused("omit", &[("per_mille", "50")]), None);
        let delay = [("message", "3"), ("to", "1"), ("how", "delay")];
        assert_eq!(refused("tamper", &delay), Some("extra_ms"));
        assert_eq!(refused("tamper", &[]), Some("message"));
    }

    #[test]
    fn a_queue_needs_both_of_its_numbers_and_nothing_beside_them() {
        let queue = [("node", "1"), ("capacity", "3"), ("service_ms", "2")];
        assert_eq!(refused("omit", &queue), None);
        assert_eq!(refused("omit", &queue[..2]), Some("service_ms"));
        let with = |more| [queue[0], queue[1], queue[2], more];
        assert_eq!(
            refused("omit", &with(("per_mille", "5"))),
            Some("per_mille")
        );
        assert_eq!(
            refused("omit", &with(("cause", "corruption"))),
            Some("cause")
        );
    }

    #[test]
    fn a_form_shows_what_has_a_meaning_and_leaves_out_the_rest() {
        let fault = faults::find("restart").unwrap();
        let mut draft = begin(fault, None, &Scenario::default());
        let shown = |draft: &Draft| {
            knobs(fault, draft, quorumscope_core::systems::first())
                .iter()
                .any(|knob| knob.name == "lost_writes")
        };
        draft.set("node", "1".into());
        draft.set("keeps", "stale".into());
        draft.set("lost_writes", "3".into());
        assert!(shown(&draft));
        draft.set("keeps", "nothing".into());
        assert!(!shown(&draft));
        let entry = entry(
            fault,
            &draft,
            quorumscope_core::systems::first(),
            Time::ZERO,
        )
        .unwrap();
        assert_eq!(entry.get("lost_writes"), None);
    }
}
