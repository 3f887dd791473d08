//! What can be done to what is selected: faults that fit it, by their own descriptions.
//!
//! A fault fits a node if it has a knob for one, a link if it has knobs for both
//! ends, a message if it has a knob for that. A new fault needs no word here.

use crate::edit::forms::{Draft, begin, entry, knobs};
use crate::ui::Target;
use quorumscope_core::fault::{Family, Fault};
use quorumscope_core::faults;
use quorumscope_core::knob::{Among, Knob, Takes};
use quorumscope_core::protocol::NodeId;
use quorumscope_core::scenario::{Scenario, order_from_value};
use quorumscope_core::spec::Spec;
use quorumscope_core::time::Time;

/// A fault that fits, and how it can be done.
#[derive(Clone, Debug)]
pub struct ApplicableFault {
    /// The fault.
    pub fault: &'static Fault,
    /// The form as it stands for what is selected.
    pub draft: Draft,
    /// Ways in which nothing is left to be said, each with its name; none if the form has to be filled in.
    pub ways: Vec<(String, Draft)>,
}

/// All faults that fit what is selected, or those of the whole run if nothing is.
#[must_use]
pub fn applicable(target: Option<Target>, scenario: &Scenario) -> Vec<ApplicableFault> {
    let fitting = faults::ALL
        .iter()
        .filter(|fault| fits(fault, target, scenario));
    fitting.map(|fault| aim(fault, target, scenario)).collect()
}

/// One fault, aimed at what is selected.
#[must_use]
pub fn aim(fault: &'static Fault, target: Option<Target>, scenario: &Scenario) -> ApplicableFault {
    let draft = begin(fault, target, scenario);
    let ways = ways(fault, &draft, target, scenario);
    ApplicableFault { fault, draft, ways }
}

fn has(fault: &Fault, fits: impl Fn(&Knob) -> bool) -> bool {
    fault.knobs.iter().any(fits)
}

fn named(name: &'static str) -> impl Fn(&Knob) -> bool {
    move |knob| knob.name == name
}

/// Whether a fault can be done to what is selected.
#[must_use]
pub fn fits(fault: &Fault, target: Option<Target>, scenario: &Scenario) -> bool {
    let message = has(fault, named("message"));
    let ends = has(fault, named("from")) && has(fault, named("to")) && !message;
    let node = |id: NodeId| {
        has(fault, |knob| match knob.takes {
            Takes::Node(among) => scenario.cast.allows(id, among),
            Takes::NodeOrAll => knob.name == "node",
            _ => false,
        })
    };
    match target {
        // What a traitor that waits to be told is to send has a place of its own.
        Some(Target::Message(..)) => message && fault.family != Family::Byzantine,
        Some(Target::Link(..)) => ends,
        Some(Target::Node(id) | Target::Cell(id, _)) => !message && (ends || node(id)),
        Some(Target::Event(_)) => false,
        None => {
            !message
                && !ends
                && !has(fault, |knob| {
                    matches!(knob.takes, Takes::Node(Among::Corruptible | Among::Any))
                })
        }
    }
}

/// The ways to do a fault at once: one for each choice that it offers, or for each direction of a link.
fn ways(
    fault: &'static Fault,
    draft: &Draft,
    target: Option<Target>,
    scenario: &Scenario,
) -> Vec<(String, Draft)> {
    let variants = match target {
        Some(Target::Link(from, to)) => directions(draft, from, to, scenario),
        _ => choices(fault, draft, scenario.spec),
    };
    let whole = |draft: &Draft| {
        let behaves = has(fault, |knob| knob.takes == Takes::Behaviour);
        let order = entry(fault, draft, scenario.spec, Time::ZERO);
        let sound = |order| order_from_value(&order, scenario, "").is_ok();
        !behaves && order.is_ok_and(sound)
    };
    variants
        .into_iter()
        .filter(|(_, draft)| whole(draft))
        .collect()
}

/// One direction, the other, both.
fn directions(
    draft: &Draft,
    from: NodeId,
    to: NodeId,
    scenario: &Scenario,
) -> Vec<(String, Draft)> {
    let short = |node: NodeId| scenario.cast.short(node);
    let way = |title: String, from: NodeId, to: NodeId, both: &str| {
        let mut aimed = draft.clone();
        aimed.set("from", from.to_string());
        aimed.set("to", to.to_string());
        aimed.set("both", both.into());
        (title, aimed)
    };
    vec![
        way("both ways".into(), from, to, "true"),
        way(format!("{} → {}", short(from), short(to)), from, to, ""),
        way(format!("{} → {}", short(to), short(from)), to, from, ""),
    ]
}

/// One way for each choice, if the fault has one choice to make; else the fault as it is.
fn choices(fault: &'static Fault, draft: &Draft, spec: &Spec) -> Vec<(String, Draft)> {
    let mut offered = knobs(fault, draft, spec)
        .into_iter()
        .filter_map(|knob| match knob.takes {
            Takes::Choice(_) | Takes::Disk => Some((knob.name, spec.names(knob.takes))),
            _ => None,
        });
    let (Some((knob, names)), None) = (offered.next(), offered.next()) else {
        return vec![(String::new(), draft.clone())];
    };
    let way = |name: &'static str| {
        let mut chosen = draft.clone();
        chosen.set(knob, name.into());
        (name.to_string(), chosen)
    };
    names.into_iter().map(way).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use quorumscope_core::trace::MessageId;

    /// Faults and ways for a target in the default run.
    fn offered(target: Option<Target>) -> Vec<(&'static str, Vec<String>)> {
        let name = |(name, _): (String, Draft)| name;
        applicable(target, &Scenario::default())
            .into_iter()
            .map(|offer| (offer.fault.name, offer.ways.into_iter().map(name).collect()))
            .collect()
    }

    fn ways_of(target: Target, fault: &str) -> Vec<String> {
        let all = offered(Some(target));
        let found = all.into_iter().find(|(name, _)| *name == fault);
        found.unwrap_or_else(|| panic!("{fault} does not fit")).1
    }

    #[test]
    fn a_node_can_crash_at_once_and_restart_with_what_survives() {
        let node = Target::Node(NodeId(2));
        assert_eq!(ways_of(node, "crash"), [""]);
        assert_eq!(
            ways_of(node, "restart"),
            ["everything", "stale", "checkpoint", "nothing"]
        );
        assert!(
            ways_of(node, "corrupt").is_empty(),
            "a behaviour is chosen in the form"
        );
        assert!(
            ways_of(node, "slow").is_empty(),
            "how slow is said in the form"
        );
    }

    #[test]
    fn a_link_is_cut_in_one_direction_or_both() {
        let link = Target::Link(NodeId(0), NodeId(2));
        assert_eq!(ways_of(link, "cut"), ["both ways", "R0 → R2", "R2 → R0"]);
        assert!(offered(Some(link)).iter().all(|(name, _)| *name != "crash"));
    }

    #[test]
    fn a_message_is_dropped_or_doubled_at_once() {
        let message = Target::Message(MessageId(3), NodeId(1));
        assert_eq!(
            offered(Some(message)),
            [("tamper", vec!["drop".into(), "duplicate".into()])]
        );
    }

    #[test]
    fn a_client_asks_and_is_no_traitor() {
        let client = Target::Node(NodeId(4));
        assert_eq!(ways_of(client, "request"), [""]);
        assert!(
            offered(Some(client))
                .iter()
                .all(|(name, _)| *name != "corrupt")
        );
    }

    #[test]
    fn every_fault_fits_something() {
        let all = [
            None,
            Some(Target::Node(NodeId(0))),
            Some(Target::Node(NodeId(4))),
            Some(Target::Link(NodeId(0), NodeId(1))),
            Some(Target::Message(MessageId(3), NodeId(1))),
        ];
        for fault in faults::ALL.iter().filter(|fault| fault.name != "dictate") {
            let scenario = Scenario::default();
            assert!(
                all.iter().any(|target| fits(fault, *target, &scenario)),
                "{}",
                fault.name
            );
        }
    }
}
