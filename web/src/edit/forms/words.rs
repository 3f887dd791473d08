//! The words of a form: names of fields and of choices, and what stands where nothing is chosen.

use super::LASTS;
use crate::text::one;
use quorumscope_core::knob::{Among, Knob, Takes};
use quorumscope_core::spec::Spec;

/// What a field is called.
#[must_use]
pub fn label(knob: &Knob) -> String {
    let name = match knob.name {
        LASTS => "Lasts".into(),
        "per_mille" => "How many of a thousand".into(),
        "ppm" => "Too fast by, ppm".into(),
        name => crate::text::capital(name.trim_end_matches("_ms")).replace('_', " "),
    };
    let unit = if matches!(knob.takes, Takes::Span | Takes::Period) {
        ", ms"
    } else {
        ""
    };
    format!("{name}{unit}")
}

/// A choice in words.
#[must_use]
pub fn title<'a>(choice: &'a str, spec: &Spec) -> &'a str {
    match choice {
        "router-queue-overflow" => "The router's queue is full",
        "receive-buffer-overflow" => "The recipient's buffer is full",
        "corruption" => "Damage on the way",
        "send" => "What it sends",
        "receive" => "What it should receive",
        "even" => "Evenly",
        "exponential" => "Memoryless",
        "pareto" => "With a heavy tail",
        "everything" => "Everything",
        "stale" => "All but its last writes",
        "nothing" => "Nothing",
        "drop" => "It is lost",
        "delay" => "It comes later",
        "duplicate" => "It comes twice",
        other => spec.title_of(other).unwrap_or(other),
    }
}

/// The choices of a list of names, without the one that is meant where nothing is chosen.
#[must_use]
pub fn choices(knob: &Knob, spec: &Spec) -> Vec<(String, String)> {
    let names = match knob.takes {
        Takes::Kinds | Takes::Behaviour => Vec::new(),
        takes => spec.names(takes),
    };
    let names = names.into_iter();
    let offered = names.filter(|name| knob.must() || meant(knob) != *name);
    offered
        .map(|name| (name.into(), title(name, spec).into()))
        .collect()
}

/// The name that is meant where nothing is chosen.
fn meant(knob: &Knob) -> &'static str {
    match knob.name {
        "keeps" => "everything",
        "direction" => "send",
        "tail" => "even",
        "state" => "wrong-state",
        _ => "",
    }
}

/// Yes and no; what is meant where nothing is chosen comes first.
#[must_use]
pub fn flag(knob: &Knob) -> [(&'static str, &'static str); 2] {
    if knob.name == "checksum" {
        return [("", "Yes (default)"), ("false", "No")];
    }
    [("", "No (default)"), ("true", "Yes")]
}

/// What stands where nothing is chosen.
#[must_use]
pub fn usual(knob: &Knob, spec: &Spec) -> String {
    match (knob.takes, knob.name) {
        (Takes::NodeOrAll | Takes::Kinds, _) => "All".into(),
        (_, "cause") => "A full queue (default)".into(),
        (Takes::Node(Among::Asking), _) if !knob.must() => "The first (default)".into(),
        (Takes::Choice(_) | Takes::Disk, _) if !knob.must() => {
            format!("{} (default)", title(meant(knob), spec))
        }
        _ if !knob.must() => "As usual".into(),
        _ => "Choose…".into(),
    }
}

/// What is said of a field that has to be filled in and is not.
#[must_use]
pub fn needs(knob: &Knob, spec: &Spec) -> String {
    match (knob.takes, knob.name) {
        (_, "message" | "to") => "Choose a message that is under way.".into(),
        (Takes::Node(Among::Corruptible), _) => {
            let mut roles = spec.roles.iter().filter(|role| role.corruptible);
            let only = roles.next().filter(|_| roles.next().is_none());
            format!("Choose {}.", one(only.map_or("node", |role| role.name)))
        }
        (Takes::Node(_) | Takes::NodeOrAll, _) => "Choose a node.".into(),
        (Takes::Span | Takes::Period, _) => "Type a number of milliseconds.".into(),
        (Takes::Number { .. }, _) => "Type a whole number.".into(),
        (Takes::Groups, _) => {
            let letter = spec.roles.first().map_or('N', |role| role.letter);
            let [a, b, c, d] = [0, 1, 2, 3].map(|node| format!("{letter}{node}"));
            format!("Name at least two groups, with a bar between them: {a}, {b} | {c}, {d}.")
        }
        _ => "Choose one.".into(),
    }
}

/// A refusal of the reader of documents, as a form says it.
#[must_use]
pub fn refusal(message: &str) -> String {
    format!("This {}.", message.trim_end_matches('.'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use quorumscope_core::{faults, systems};

    #[test]
    fn every_choice_has_words_and_every_list_says_what_is_usual() {
        let spec = systems::first();
        let knobs = faults::ALL.iter().flat_map(|fault| fault.knobs);
        let more = spec.behaviours.iter().flat_map(|behaviour| behaviour.knobs);
        for knob in knobs.chain(more) {
            for (name, title) in choices(knob, spec) {
                assert!(!title.contains('-') && title != name, "{name}: {title}");
            }
            assert!(!usual(knob, spec).starts_with(' '), "{}", knob.name);
            assert!(!label(knob).contains('_'));
        }
    }

    #[test]
    fn what_is_usual_is_offered_once() {
        let restart = faults::find("restart").unwrap();
        let keeps = restart.knobs.iter().find(|knob| knob.name == "keeps");
        let keeps = keeps.unwrap();
        let spec = systems::first();
        assert_eq!(usual(keeps, spec), "Everything (default)");
        assert!(
            choices(keeps, spec)
                .iter()
                .all(|(name, _)| name != "everything")
        );
    }
}
