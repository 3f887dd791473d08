//! Forms made from a fault's own description: what was typed, turned into an entry of a script.

mod sense;

pub mod words;

use crate::edit::number::typed;
use crate::ui::Target;
use quorumscope_core::cast::Cast;
use quorumscope_core::fault::Fault;
use quorumscope_core::knob::{Knob, Takes};
use quorumscope_core::protocol::NodeId;
use quorumscope_core::scenario::Scenario;
use quorumscope_core::spec::Spec;
use quorumscope_core::time::{MAX_MS, Time};
use serde_json::{Map, Value};

/// The field of a lasting fault that says how long.
pub const LASTS: &str = "until_ms";

/// What was typed or chosen, by knob; nothing typed is left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft(Vec<(&'static str, String)>);

impl Draft {
    /// What is typed under a name.
    #[must_use]
    pub fn get(&self, name: &str) -> &str {
        let found = self.0.iter().find(|(knob, _)| *knob == name);
        found.map_or("", |(_, text)| text)
    }

    /// Types something under a name.
    pub fn set(&mut self, name: &'static str, text: String) {
        match self.0.iter_mut().find(|(knob, _)| *knob == name) {
            Some((_, old)) => *old = text,
            None => self.0.push((name, text)),
        }
    }
}

/// The knobs that a form shows: those of the fault, those of the behaviour that is chosen among
/// them, and of all of them those that have a meaning as it stands.
#[must_use]
pub fn knobs(fault: &'static Fault, draft: &Draft, spec: &Spec) -> Vec<&'static Knob> {
    let mut all: Vec<&'static Knob> = fault.knobs.iter().collect();
    let chosen = fault
        .knobs
        .iter()
        .find(|knob| knob.takes == Takes::Behaviour);
    if let Some(knob) = chosen {
        let found = spec.behaviour(draft.get(knob.name));
        all.extend(found.map_or(&[] as &[Knob], |found| found.knobs));
    }
    all.retain(|knob| sense::applies(fault, knob, draft));
    all
}

/// What a fresh form holds: what is selected, where it fits, and first choices.
///
/// Which node it is about is never chosen beforehand: nobody crashes one without having named it.
#[must_use]
pub fn begin(fault: &'static Fault, selected: Option<Target>, scenario: &Scenario) -> Draft {
    let mut draft = Draft::default();
    let first = scenario.spec.behaviours.first();
    for knob in fault.knobs {
        let text = match knob.takes {
            Takes::Groups if knob.must() => halves(&scenario.cast),
            Takes::Behaviour => first.map_or("", |behaviour| behaviour.name).into(),
            Takes::Choice(names) if knob.must() => names[0].into(),
            Takes::Answer => scenario
                .spec
                .choices
                .first()
                .map_or("", |choice| choice.name)
                .into(),
            _ => continue,
        };
        draft.set(knob.name, text);
    }
    if let Some(target) = selected {
        aim(fault, &mut draft, target, &scenario.cast);
    }
    draft
}

/// Fills in what is pointed at, where it fits, and leaves the rest as it is.
pub fn aim(fault: &'static Fault, draft: &mut Draft, target: Target, cast: &Cast) {
    let of_a_message = of_a_message(fault);
    for knob in fault.knobs {
        if of_a_message != matches!(target, Target::Message(..)) {
            continue;
        }
        if let Some(text) = aimed(knob, target, cast) {
            draft.set(knob.name, text);
        }
    }
}

/// Whether a fault is about one message.
#[must_use]
pub fn of_a_message(fault: &Fault) -> bool {
    fault.knobs.iter().any(|knob| knob.name == "message")
}

/// What a knob gets of what is pointed at.
fn aimed(knob: &Knob, target: Target, cast: &Cast) -> Option<String> {
    let text = match (knob.takes, knob.name, target) {
        (_, "message", Target::Message(message, _)) => message.0.to_string(),
        (Takes::Node(_), "to", Target::Message(_, to)) => to.to_string(),
        (Takes::NodeOrAll, "from", Target::Link(from, _)) => from.to_string(),
        (Takes::NodeOrAll, "to", Target::Link(_, to)) => to.to_string(),
        (Takes::NodeOrAll, "from", Target::Node(node)) => node.to_string(),
        (Takes::NodeOrAll, "node", Target::Node(node) | Target::Cell(node, _)) => node.to_string(),
        (Takes::Node(among), _, Target::Node(node) | Target::Cell(node, _))
            if cast.allows(node, among) =>
        {
            node.to_string()
        }
        _ => return None,
    };
    Some(text)
}

/// Two halves of the nodes that serve, as a form spells groups.
fn halves(cast: &Cast) -> String {
    let list = |from: u16, to: u16| {
        let names: Vec<String> = (from..to).map(|id| cast.short(NodeId(id))).collect();
        names.join(", ")
    };
    let middle = cast.servers().div_ceil(2);
    format!("{} | {}", list(0, middle), list(middle, cast.servers()))
}

/// The entry that a form stands for.
///
/// # Errors
/// The knob that cannot be read, and what would be right.
pub fn entry(
    fault: &'static Fault,
    draft: &Draft,
    spec: &Spec,
    now: Time,
) -> Result<Value, (&'static str, String)> {
    let mut entry = Map::new();
    entry.insert("do".into(), fault.name.into());
    for knob in sense::said(fault, draft, spec) {
        let text = draft.get(knob.name).trim();
        if text.is_empty() {
            if knob.must() && knob.takes != Takes::NodeOrAll {
                return Err((knob.name, words::needs(knob, spec)));
            }
            continue;
        }
        let value = value(knob.takes, text).map_err(|message| (knob.name, message))?;
        entry.insert(knob.name.into(), value);
    }
    sense::check(fault, &entry)?;
    let lasts = draft.get(LASTS).trim();
    if fault.lasts && !lasts.is_empty() {
        let until = until(lasts, now).map_err(|message| (LASTS, message))?;
        entry.insert(LASTS.into(), until.into());
    }
    Ok(Value::Object(entry))
}

/// When something ends that begins now and lasts for this duration.
fn until(lasts: &str, now: Time) -> Result<f64, String> {
    let ms = span(lasts)?;
    if ms <= 0.0 {
        return Err("It has to last longer than 0 ms, or leave this empty: for ever.".into());
    }
    // The order takes effect a microsecond after the present: see the session.
    let until = ((now.0 as f64 / 1000.0 + ms + 0.001) * 1000.0).round() / 1000.0;
    if until > MAX_MS {
        return Err(format!("No run is longer than {MAX_MS} ms."));
    }
    Ok(until)
}

/// One text as the value that a knob takes.
fn value(takes: Takes, text: &str) -> Result<Value, String> {
    Ok(match takes {
        Takes::Node(_) | Takes::NodeOrAll => node(text)?,
        Takes::Votes => whole(text, 1, i64::from(u16::MAX))?,
        Takes::Number { min, max } => whole(text, min, max)?,
        Takes::Numbers { min, max } => text
            .split(',')
            .map(|part| whole(part.trim(), min, max))
            .collect::<Result<_, _>>()?,
        Takes::Nodes => Value::Array(nodes(text)?),
        Takes::Groups => {
            let groups: Result<Vec<Value>, String> = text
                .split('|')
                .map(|group| nodes(group).map(Value::Array))
                .collect();
            Value::Array(groups?)
        }
        Takes::Span => span(text)?.into(),
        Takes::Period => match span(text)? {
            0.0 => return Err("Type more than 0 ms.".into()),
            ms => ms.into(),
        },
        Takes::Choice(_) | Takes::Answer | Takes::Disk | Takes::Behaviour => text.into(),
        Takes::Kinds => Value::Array(text.split(',').map(|name| name.trim().into()).collect()),
        Takes::Flag => Value::Bool(text == "true"),
    })
}

fn nodes(text: &str) -> Result<Vec<Value>, String> {
    text.split([',', ';', ' '])
        .filter(|part| !part.is_empty())
        .map(node)
        .collect()
}

/// A node: by its number, or as the pictures name it.
fn node(text: &str) -> Result<Value, String> {
    let text = text.trim();
    let digits = text.trim_start_matches(|letter: char| letter.is_ascii_alphabetic());
    let number: Option<u16> = digits
        .parse()
        .ok()
        .filter(|_| text.len() <= digits.len() + 1);
    number.map(Value::from).ok_or_else(|| {
        format!("\u{201c}{text}\u{201d} is no node: type its number, or its name in the pictures.")
    })
}

fn whole(text: &str, min: i64, max: i64) -> Result<Value, String> {
    let number = typed(text)?;
    if number.fract() == 0.0 && (min as f64..=max as f64).contains(&number) {
        return Ok((number as i64).into());
    }
    Err(format!("Type a whole number from {min} to {max}."))
}

fn span(text: &str) -> Result<f64, String> {
    let ms = typed(text)?;
    if !(0.0..=MAX_MS).contains(&ms) {
        return Err(format!("Type milliseconds from 0 to {MAX_MS}."));
    }
    if (ms * 1000.0).round() / 1000.0 != ms {
        return Err("Type milliseconds with at most three decimals.".into());
    }
    Ok(ms)
}

#[cfg(test)]
mod tests {
    use super::*;
    use quorumscope_core::faults;
    use quorumscope_core::protocol::NodeId;
    use quorumscope_core::scenario::{Scenario, order_from_value};
    use quorumscope_core::trace::MessageId;

    /// The form of a fault with this typed into it.
    fn filled(
        fault: &str,
        typed: &[(&'static str, &str)],
    ) -> Result<Value, (&'static str, String)> {
        let fault = faults::find(fault).expect("a fault");
        let mut draft = begin(fault, None, &Scenario::default());
        for (knob, text) in typed {
            draft.set(knob, (*text).into());
        }
        entry(fault, &draft, quorumscope_core::systems::first(), Time(5))
    }

    fn refused(fault: &str, typed: &[(&'static str, &str)]) -> (&'static str, String) {
        filled(fault, typed).expect_err("it makes no sense")
    }

    #[test]
    fn every_fault_makes_a_form_whose_errors_name_a_knob() {
        let scenario = Scenario::default();
        for fault in faults::ALL {
            let draft = begin(fault, Some(Target::Node(NodeId(2))), &scenario);
            match entry(fault, &draft, quorumscope_core::systems::first(), Time(5)) {
                Ok(entry) => {
                    if let Err(problem) = order_from_value(&entry, &scenario, "") {
                        assert!(!problem.path.is_empty(), "{}: {problem}", fault.name);
                    }
                }
                Err((knob, _)) => assert!(fault.knobs.iter().any(|k| k.name == knob)),
            }
        }
    }

    #[test]
    fn groups_are_written_with_bars() {
        let fault = faults::find("partition").unwrap();
        let draft = begin(
            fault,
            None,
            &Scenario {
                cast: Scenario::default().cast.with(0, 5),
                ..Scenario::default()
            },
        );
        assert_eq!(draft.get("groups"), "R0, R1, R2 | R3, R4");
        let entry = entry(
            fault,
            &draft,
            quorumscope_core::systems::first(),
            Time::ZERO,
        )
        .unwrap();
        assert_eq!(entry["groups"], serde_json::json!([[0, 1, 2], [3, 4]]));
        let mixed = filled("partition", &[("groups", "0 r1 | 2;C4")]).unwrap();
        assert_eq!(mixed["groups"], serde_json::json!([[0, 1], [2, 4]]));
    }

    #[test]
    fn nothing_happens_to_a_node_that_nobody_named() {
        for fault in ["crash", "restart", "silence", "corrupt"] {
            assert_eq!(refused(fault, &[]).0, "node", "{fault}");
        }
        assert!(filled("crash", &[("node", "2")]).is_ok());
    }

    #[test]
    fn pointing_fills_in_what_fits_and_keeps_the_rest() {
        let fault = faults::find("slow").unwrap();
        let mut draft = begin(fault, None, &Scenario::default());
        draft.set("extra_ms", "123".into());
        aim(
            fault,
            &mut draft,
            Target::Node(NodeId(2)),
            &Scenario::default().cast,
        );
        assert_eq!((draft.get("from"), draft.get("extra_ms")), ("2", "123"));
        aim(
            fault,
            &mut draft,
            Target::Link(NodeId(1), NodeId(3)),
            &Scenario::default().cast,
        );
        assert_eq!((draft.get("from"), draft.get("to")), ("1", "3"));
        let fault = faults::find("tamper").unwrap();
        let mut draft = begin(fault, Some(Target::Node(NodeId(2))), &Scenario::default());
        assert_eq!(draft.get("to"), "", "a node is no message");
        aim(
            fault,
            &mut draft,
            Target::Message(MessageId(9), NodeId(1)),
            &Scenario::default().cast,
        );
        assert_eq!((draft.get("message"), draft.get("to")), ("9", "1"));
    }

    #[test]
    fn numbers_are_read_as_in_the_set_up() {
        let slow = filled("slow", &[("extra_ms", "1,5")]).unwrap();
        assert_eq!(slow["extra_ms"], 1.5);
        let lasts = filled("slow", &[("extra_ms", "1 000"), (LASTS, "2,5")]).unwrap();
        assert_eq!(
            (&lasts["extra_ms"], &lasts[LASTS]),
            (&1000.0.into(), &2.506.into())
        );
        for (text, says) in [
            ("-5", "from 0 to"),
            ("0", "longer than 0"),
            ("100000000000", "from 0 to"),
            ("soon", "is not a number"),
        ] {
            let (knob, message) = refused("silence", &[("node", "1"), (LASTS, text)]);
            assert_eq!(knob, LASTS);
            assert!(message.contains(says), "{text}: {message}");
        }
    }
}
