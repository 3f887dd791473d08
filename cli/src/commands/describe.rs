//! `quorumscope describe`: what a system says about itself, for people or for programs.

use super::{Outcome, print};
use quorumscope_core::knob::{self, Knob, Takes, filled};
use quorumscope_core::scenario::write_value;
use quorumscope_core::spec::Spec;
use quorumscope_core::systems;
use quorumscope_core::time::Span;
use serde_json::{Value, json};
use std::process::ExitCode;

#[derive(clap::Args)]
pub(crate) struct Args {
    /// The system; all are listed if left out
    #[arg(value_name = "SYSTEM")]
    system: Option<String>,
    /// Print JSON: one object for each system
    #[arg(long)]
    json: bool,
}

impl Args {
    pub(super) fn perform(self) -> Outcome {
        let known = systems::known();
        let Some(name) = &self.system else {
            print(|out| {
                known.iter().try_for_each(|spec| match self.json {
                    true => writeln!(out, "{}", as_json(spec)),
                    false => writeln!(out, "{}  {}", spec.name, spec.title),
                })
            })?;
            return Ok(ExitCode::SUCCESS);
        };
        let names: Vec<&str> = known.iter().map(|spec| spec.name).collect();
        let unknown = || format!("no system \"{name}\"; known are {}", names.join(", "));
        let spec = systems::find(name).ok_or_else(unknown)?;
        print(|out| match self.json {
            true => writeln!(out, "{:#}", as_json(spec)),
            false => write!(out, "{}", as_text(spec)),
        })?;
        Ok(ExitCode::SUCCESS)
    }
}

/// Everything by its name, with what is said of it.
fn as_json(spec: &'static Spec) -> Value {
    let roles = spec.roles.iter().map(|role| {
        json!({ "name": role.name, "plural": role.plural, "least": role.bounds.0,
            "most": role.bounds.1, "usual": role.usual, "asks": role.asks, "serves": role.serves,
            "corruptible": role.corruptible })
    });
    let behaviours = spec.behaviours.iter().map(|one| {
        let by = spec.roles.iter().filter(|role| role.allows(one.by));
        json!({ "name": one.name, "says": one.says, "knobs": knobs(spec, one.knobs),
                "by": by.map(|role| role.name).collect::<Value>() })
    });
    let stages = spec.stages.iter();
    let promises = spec.promises.iter();
    let metrics = spec.metrics.iter();
    json!({
        "name": spec.name, "title": spec.title, "says": spec.says, "source": spec.source,
        "roles": roles.collect::<Value>(),
        "settings": knobs(spec, spec.knobs),
        "workload": knobs(spec, spec.workload),
        "kinds": spec.kinds.iter().map(|kind| json!({ "name": kind.name, "says": kind.story }))
            .collect::<Value>(),
        "rules": spec.rules.iter().map(|rule| json!(rule)).collect::<Value>(),
        "stages": stages.map(|one| json!({ "name": one.name, "says": one.says, "firm": one.firm }))
            .collect::<Value>(),
        "promises": promises
            .map(|one| json!({ "name": one.name, "says": one.says, "source": one.source }))
            .collect::<Value>(),
        "behaviours": behaviours.collect::<Value>(),
        "disks": spec.disk_names().collect::<Value>(),
        "metrics": metrics.map(|one| json!({ "name": one.name, "says": one.says }))
            .collect::<Value>(),
    })
}

fn knobs(spec: &'static Spec, knobs: &[Knob]) -> Value {
    let entry = |knob: &Knob| {
        let mut entry = json!({ "name": knob.name, "says": knob.says, "takes": takes(spec, knob) });
        if let Some(usual) = usual(knob, knobs) {
            entry["usual"] = usual;
        }
        if !knob.breaks.is_empty() {
            entry["breaks"] = knob.breaks.into();
        }
        let from = follows(knob, knobs);
        if !from.is_empty() {
            entry["follows"] = json!(from);
        }
        entry
    };
    knobs.iter().map(entry).collect()
}

/// What a knob takes, in words.
fn takes(spec: &Spec, knob: &Knob) -> String {
    match knob.takes {
        Takes::Node(_) => "a node".into(),
        Takes::NodeOrAll => "a node, or null for all".into(),
        Takes::Nodes => "a list of nodes".into(),
        Takes::Groups => "lists of nodes".into(),
        Takes::Span => "milliseconds".into(),
        Takes::Period => "milliseconds, more than 0".into(),
        Takes::Number { min, max } => format!("{min} to {max}"),
        Takes::Numbers { min, max } => format!("{min} to {max}, or a list of such"),
        Takes::Votes => "1 to the number of nodes that serve".into(),
        Takes::Kinds => "a list of kinds of message".into(),
        Takes::Flag => "true or false".into(),
        takes => spec.names(takes).join(", "),
    }
}

/// What holds where all of these are left out, as documents spell it.
fn usual(knob: &Knob, knobs: &[Knob]) -> Option<Value> {
    knob.default(&filled(knobs))
        .map(|usual| write_value(&usual))
}

/// Which of the others a knob follows from where it is left out: those that change it.
fn follows(knob: &Knob, knobs: &[Knob]) -> Vec<&'static str> {
    let usual = filled(knobs);
    let changes = |other: &&Knob| {
        let mut changed = usual.clone();
        let value = usual.0.get(other.name).and_then(another);
        changed.0.extend(value.map(|value| (other.name, value)));
        knob.default(&changed) != knob.default(&usual)
    };
    let those = knobs.iter().filter(changes);
    those.map(|other| other.name).collect()
}

/// A value unlike this one.
fn another(value: &knob::Value) -> Option<knob::Value> {
    Some(match value {
        knob::Value::Number(number) => knob::Value::Number(number + 1),
        knob::Value::Span(span) => knob::Value::Span(Span(span.0 + 1)),
        knob::Value::Flag(flag) => knob::Value::Flag(!flag),
        _ => return None,
    })
}

/// The same for people: a line for each name.
fn as_text(spec: &'static Spec) -> String {
    let described = as_json(spec);
    let mut text = format!("{}: {}\n{}\n", spec.title, spec.says, spec.source);
    for (part, entries) in described.as_object().into_iter().flatten() {
        let entries = entries.as_array().filter(|entries| !entries.is_empty());
        let Some(entries) = entries else {
            continue;
        };
        text += &format!("\n{part}\n");
        text.extend(entries.iter().map(|entry| format!("  {}\n", line(entry))));
    }
    text
}

/// A name, and what can be said of it in a line.
fn line(entry: &Value) -> String {
    let text = |field: &str| entry[field].as_str();
    let Some(name) = text("name") else {
        return entry.as_str().unwrap_or_default().to_owned();
    };
    let from = entry["follows"].as_array().map(|from| {
        let from = from.iter().filter_map(Value::as_str);
        format!(
            ", which follows from {}",
            from.collect::<Vec<_>>().join(", ")
        )
    });
    let from = from.unwrap_or_default();
    let given = match (text("takes"), &entry["usual"], &entry["least"]) {
        (Some(takes), Value::Null, _) => format!(" ({takes})"),
        (Some(takes), usual, _) => format!(" ({takes}; {usual} if left out{from})"),
        (None, usual, Value::Number(least)) => {
            format!(" ({least} to {}; {usual} if left out)", entry["most"])
        }
        _ => String::new(),
    };
    let says = text("says").map(|says| format!(": {says}"));
    format!("{name}{given}{}", says.unwrap_or_default())
}
