//! An order of the script in a sentence, made from its fault's own template.
//!
//! The fields of the template are the order's values, by the names of their knobs.
//! Beside them are `{kind}`, one message of the first kind that it names; `{about}`, the numbers
//! that a message of it has; and `{settings}`, what is set of a behaviour. Where the
//! message that an order means is known, its sender and its numbers are told too,
//! and its `{message}` number is not.

use super::Order;
use crate::knob::Value;
use crate::protocol::{About, Kind, Label, NodeId};
use crate::say::{Arg, Fields, Said, list, say};
use crate::scenario::Scenario;

/// A message that was sent, as far as sentences tell of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sending {
    /// Who sent it.
    pub from: NodeId,
    /// Index of its kind.
    pub kind: u8,
    /// What it is about.
    pub label: Label,
}

/// An order of a scenario in a sentence, or that it is over; `sending` is the message that it
/// names by its number, if that is known.
#[must_use]
pub fn sentence(order: &Order, scenario: &Scenario, sending: Option<Sending>, over: bool) -> Said {
    let template = if over {
        (order.fault.ends)(&order.args)
    } else {
        (order.fault.tells)(&order.args)
    };
    say(template, &fields(order, scenario, sending))
}

fn fields<'a>(order: &Order, scenario: &'a Scenario, sending: Option<Sending>) -> Fields<'a> {
    let (spec, args) = (scenario.spec, &order.args);
    let known = |name: &str| order.fault.knobs.iter().any(|knob| knob.name == name);
    let mut fields = Fields::new(&scenario.cast);
    let mut settings = Vec::new();
    for (name, value) in &args.0 {
        match arg(name, value, scenario) {
            Some(arg) if known(name) => fields = fields.with(name, arg),
            Some(arg) => settings.push(format!("{} {}", plain(name), arg.text(&scenario.cast))),
            None => {}
        }
    }
    let named = |name: &&'static str| spec.kinds.iter().find(|kind| kind.name == *name);
    let kind = args.names("kinds").first().and_then(named);
    let found = sending.map(|sending| (sending.from, sending.kind, sending.label));
    let kind = kind.or_else(|| spec.kinds.get(usize::from(found?.1)));
    if let Some((from, ..)) = found {
        fields = fields.node("from", from);
    }
    let label = found.map(|(.., label)| label).or_else(|| looks(order));
    let about = kind
        .zip(label)
        .map(|(kind, label)| about(scenario, kind, label));
    let about = about.filter(|about| !about.is_empty());
    let settings = Some(list(&settings)).filter(|all| !all.is_empty());
    let fields = fields.maybe("about", about).maybe("settings", settings);
    match kind {
        Some(kind) => fields.without("message").text("kind", kind.one),
        None => fields,
    }
}

/// The numbers by which an order of one message knows it.
fn looks(order: &Order) -> Option<Label> {
    let number = |name| order.args.number(name).map(i64::unsigned_abs);
    Some(Label {
        view: u32::try_from(number("view")?).ok()?,
        sequence: number("sequence")?,
        digest: 0,
    })
}

/// What a message of a kind is about, if it can be said without its client.
fn about(scenario: &Scenario, kind: &Kind, label: Label) -> String {
    match kind.about {
        About::Request => String::new(),
        about => {
            let fields = Fields::new(&scenario.cast).label(about, label);
            say(scenario.spec.sentences.about(about), &fields).text
        }
    }
}

/// The value of a knob in a sentence; a flag that is not set has none.
fn arg(knob: &str, value: &Value, scenario: &Scenario) -> Option<Arg> {
    let spec = scenario.spec;
    let title = |name: &str| {
        let kind = spec.kinds.iter().find(|kind| kind.name == name);
        kind.map_or(name, |kind| kind.title).to_string()
    };
    Some(match value {
        Value::Node(node) => Arg::Nodes(vec![*node]),
        Value::Nodes(nodes) => Arg::Nodes(nodes.clone()),
        Value::Groups(groups) => Arg::Sides(groups.clone()),
        Value::Span(span) => Arg::Text(span.to_string()),
        Value::Number(number) => match knob {
            "per_mille" => Arg::Text(format!("{} %", *number as f64 / 10.0)),
            "ppm" => Arg::Text(format!("{} %", number.unsigned_abs() as f64 / 1e4)),
            _ => Arg::Number(number.unsigned_abs()),
        },
        Value::Numbers(numbers) => {
            let numbers: Vec<String> = numbers.iter().map(ToString::to_string).collect();
            Arg::Text(list(&numbers))
        }
        Value::Name(name) => Arg::Text(match knob {
            "behaviour" => spec.behaviour(name).map_or(*name, |one| one.title).into(),
            "choice" => spec.title_of(name).unwrap_or(name).into(),
            _ => plain(name),
        }),
        Value::Names(names) => {
            let titles: Vec<String> = names.iter().map(|name| title(name)).collect();
            Arg::Text(list(&titles))
        }
        Value::Flag(true) => Arg::Text("yes".into()),
        Value::Flag(false) => return None,
    })
}

/// A name of a document in plain words.
fn plain(name: &str) -> String {
    name.trim_end_matches("_ms").replace(['_', '-'], " ")
}

#[cfg(test)]
mod tests;
