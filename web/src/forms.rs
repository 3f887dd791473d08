//! Forms made from a fault's own description: what was typed, turned into an entry of a script.

use crate::actions::Target;
use quorumscope_core::behaviours;
use quorumscope_core::fault::{Fault, Knob, Takes};
use quorumscope_core::protocol::NodeId;
use quorumscope_core::time::Time;
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

/// The knobs of a fault, and those of the behaviour that is chosen among them.
#[must_use]
pub fn knobs(fault: &'static Fault, draft: &Draft) -> Vec<&'static Knob> {
    let mut all: Vec<&'static Knob> = fault.knobs.iter().collect();
    let chosen = fault
        .knobs
        .iter()
        .find(|knob| knob.takes == Takes::Behaviour);
    if let Some(knob) = chosen {
        let name = draft.get(knob.name);
        all.extend(behaviours::find(name).map_or(&[] as &[Knob], |found| found.knobs));
    }
    all
}

/// What a fresh form holds: what is selected, where it fits, and first choices.
#[must_use]
pub fn begin(fault: &'static Fault, selected: Option<Target>, replicas: u16) -> Draft {
    let mut draft = Draft::default();
    for knob in fault.knobs {
        let text = match (knob.takes, selected) {
            (Takes::Replica, Some(Target::Node(node) | Target::Cell(node, _)))
                if node.0 < replicas =>
            {
                node.to_string()
            }
            (Takes::Client, Some(Target::Node(node))) if node.0 >= replicas => node.to_string(),
            (Takes::Node, Some(Target::Node(node) | Target::Cell(node, _))) => node.to_string(),
            (Takes::NodeOrAll, Some(Target::Node(node))) if knob.name == "from" => node.to_string(),
            (Takes::NodeOrAll, Some(Target::Cell(node, _) | Target::Node(node)))
                if knob.name == "node" =>
            {
                node.to_string()
            }
            (Takes::NodeOrAll, Some(Target::Link(from, _))) if knob.name == "from" => {
                from.to_string()
            }
            (Takes::NodeOrAll, Some(Target::Link(_, to))) if knob.name == "to" => to.to_string(),
            (Takes::Node, Some(Target::Message(_, to))) => to.to_string(),
            (Takes::Number { .. }, Some(Target::Message(message, _))) if knob.name == "message" => {
                message.0.to_string()
            }
            (Takes::Replica | Takes::Node, _) if !knob.optional => "0".into(),
            (Takes::Client, _) if !knob.optional => replicas.to_string(),
            (Takes::Groups, _) if !knob.optional => halves(replicas),
            (Takes::Behaviour, _) => behaviours::ALL[0].name.into(),
            (Takes::Choice(names), _) if !knob.optional => names[0].into(),
            _ => continue,
        };
        draft.set(knob.name, text);
    }
    draft
}

/// Two halves of the replicas, as a form spells groups.
fn halves(replicas: u16) -> String {
    let list = |from: u16, to: u16| {
        let names: Vec<String> = (from..to).map(|id| NodeId(id).to_string()).collect();
        names.join(", ")
    };
    let middle = replicas.div_ceil(2);
    format!("{} | {}", list(0, middle), list(middle, replicas))
}

/// The entry that a form stands for.
///
/// # Errors
/// The knob that cannot be read, and what would be right.
pub fn entry(
    fault: &'static Fault,
    draft: &Draft,
    now: Time,
) -> Result<Value, (&'static str, String)> {
    let mut entry = Map::new();
    entry.insert("do".into(), fault.name.into());
    for knob in knobs(fault, draft) {
        let text = draft.get(knob.name).trim();
        if text.is_empty() {
            if !knob.optional && knob.takes != Takes::NodeOrAll {
                return Err((knob.name, "is needed.".into()));
            }
            continue;
        }
        let value = value(knob.takes, text).map_err(|message| (knob.name, message))?;
        entry.insert(knob.name.into(), value);
    }
    let lasts = draft.get(LASTS).trim();
    if fault.lasts && !lasts.is_empty() {
        let ms = number(lasts).map_err(|message| (LASTS, message))?;
        // The order takes effect a microsecond after the present: see the session.
        let until = now.0 as f64 / 1000.0 + ms + 0.001;
        entry.insert(LASTS.into(), ((until * 1000.0).round() / 1000.0).into());
    }
    Ok(Value::Object(entry))
}

/// One text as the value that a knob takes.
fn value(takes: Takes, text: &str) -> Result<Value, String> {
    Ok(match takes {
        Takes::Replica | Takes::Client | Takes::Node | Takes::NodeOrAll => whole(text)?,
        Takes::Number { .. } => whole(text)?,
        Takes::Nodes => Value::Array(nodes(text)?),
        Takes::Groups => {
            let groups: Result<Vec<Value>, String> = text
                .split('|')
                .map(|group| nodes(group).map(Value::Array))
                .collect();
            Value::Array(groups?)
        }
        Takes::Span | Takes::Period => number(text)?.into(),
        Takes::Choice(_) | Takes::Behaviour => text.into(),
        Takes::Kinds => Value::Array(text.split(',').map(|name| name.trim().into()).collect()),
        Takes::Flag => Value::Bool(text == "true"),
    })
}

fn nodes(text: &str) -> Result<Vec<Value>, String> {
    text.split([',', ' '])
        .filter(|part| !part.is_empty())
        .map(whole)
        .collect()
}

fn whole(text: &str) -> Result<Value, String> {
    let number: i64 = text
        .trim()
        .parse()
        .map_err(|_| format!("\u{201c}{text}\u{201d} is not a whole number."))?;
    Ok(number.into())
}

fn number(text: &str) -> Result<f64, String> {
    crate::number::read(text)
        .ok_or_else(|| format!("\u{201c}{text}\u{201d} is not a number of milliseconds."))
}

#[cfg(test)]
mod tests {
    use super::*;
    use quorumscope_core::faults;
    use quorumscope_core::scenario::{Scenario, order_from_value};

    #[test]
    fn every_fault_makes_a_form_whose_errors_name_a_knob() {
        let scenario = Scenario::default();
        for fault in faults::ALL {
            let draft = begin(fault, Some(Target::Node(NodeId(2))), scenario.nodes);
            match entry(fault, &draft, Time(5)) {
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
        let draft = begin(fault, None, 5);
        let entry = entry(fault, &draft, Time::ZERO).unwrap();
        assert_eq!(entry["groups"], serde_json::json!([[0, 1, 2], [3, 4]]));
    }
}
