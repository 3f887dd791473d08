//! The readable form of a link: `?protocol=pbft&n=7&f=2&behaviour=two-faced`.

use crate::json::{self, unknown};
use crate::knob::{Among, Knob, Takes};
use crate::presets;
use crate::problem::Problem;
use crate::protocol::NodeId;
use crate::scenario::Scenario;
use crate::spec::Spec;
use crate::systems;
use serde_json::{Value, json};

/// Changes a document as a parameter says, or says what the value should be.
type Edit<'a> = dyn Fn(&mut Value, &str) -> Result<(), String> + 'a;

/// Parameters in the order in which they are applied.
///
/// | name | means |
/// |---|---|
/// | `preset` | the scenario to start from |
/// | `protocol` | the system; if it is not the preset's, all is as usual there |
/// | `n`, `clients`, `seed`, `quorum` | as in the document |
/// | `latency` | `40`: constant; `20..60`: uniform |
/// | `requests`, `gap`, `until` | as in the document, times in ms |
/// | `timeout` | the first timeout among the system's settings, in ms |
/// | `loss` | per cent of all messages |
/// | `f` | how many nodes are traitors, from the first that can be one |
/// | `behaviour` | what they do; `silent` if left out |
///
/// After these, each knob of the system and of its workload by its own name, such as `batch`.
const PARAMETERS: [(&str, &Edit<'static>); 15] = [
    ("preset", &|to, text| preset(to, text)),
    ("protocol", &|to, text| {
        if read(to)?.spec.name != text {
            *to = json!({ "protocol": text });
        }
        Ok(())
    }),
    ("n", &|to, text| set(to, "/nodes", number(text)?)),
    ("nodes", &|to, text| set(to, "/nodes", number(text)?)),
    ("clients", &|to, text| set(to, "/clients", number(text)?)),
    ("seed", &|to, text| set(to, "/seed", number(text)?)),
    ("quorum", &|to, text| set(to, "/quorum", number(text)?)),
    ("latency", &|to, text| set(to, "/latency", latency(text)?)),
    ("requests", &|to, text| {
        set(to, "/workload/requests", number(text)?)
    }),
    ("gap", &|to, text| {
        set(to, "/workload/gap_ms", number(text)?)
    }),
    ("until", &|to, text| set(to, "/until_ms", number(text)?)),
    ("timeout", &|to, text| timeout(to, number(text)?)),
    ("loss", &|to, text| loss(to, text)),
    ("f", &|to, text| traitors(to, text)),
    ("behaviour", &|to, text| behaviour(to, text)),
];

/// Reads names and values, such as those of an address; names that mean nothing are passed over.
///
/// A bad value leaves things as they were, and a notice names the parameter.
#[must_use]
pub fn read_query(pairs: &[(String, String)]) -> (Scenario, Vec<Problem>) {
    let mut reading = Reading {
        pairs,
        document: json!({}),
        scenario: Scenario::default(),
        notices: Vec::new(),
    };
    for (name, edit) in PARAMETERS {
        reading.apply(name, edit);
    }
    for (object, knob) in knobs(reading.scenario.spec).filter(|(_, knob)| !is_general(knob.name)) {
        reading.apply(knob.name, &|to, text| {
            let pointer = format!("/{object}/{}", knob.name);
            set(to, &pointer, value(knob.takes, text)?)
        });
    }
    (reading.scenario, reading.notices)
}

/// A query as far as it is read.
struct Reading<'a> {
    pairs: &'a [(String, String)],
    /// What was asked for, and nothing else: what follows from it follows.
    document: Value,
    scenario: Scenario,
    notices: Vec<Problem>,
}

impl Reading<'_> {
    /// Makes the change that the last parameter of this name asks for, if there is one.
    fn apply(&mut self, name: &str, edit: &Edit<'_>) {
        let given = |pair: &&(String, String)| pair.0.eq_ignore_ascii_case(name);
        let Some((_, text)) = self.pairs.iter().rfind(given) else {
            return;
        };
        match edited(&self.document, edit, text) {
            Ok(changed) => (self.document, self.scenario) = changed,
            Err(message) => self.notices.push(Problem {
                absent: absent(name, text),
                ..Problem::new(name, message)
            }),
        }
    }
}

/// The system that a parameter may be waiting for.
fn absent(name: &str, text: &str) -> Option<&'static str> {
    let mut absent = systems::absent().into_iter();
    match name {
        "preset" if presets::find(text).is_none() => absent.next(),
        "protocol" => absent.find(|absent| *absent == text),
        _ => None,
    }
}

/// The knobs of a system with the objects of the document that hold them.
fn knobs(spec: &'static Spec) -> impl Iterator<Item = (&'static str, &'static Knob)> {
    let settings = spec.knobs.iter().map(|knob| ("settings", knob));
    settings.chain(spec.workload.iter().map(|knob| ("workload", knob)))
}

/// Whether every system knows a parameter of this name.
fn is_general(name: &str) -> bool {
    let mut known = PARAMETERS.iter().map(|(known, _)| known);
    known.any(|known| known.eq_ignore_ascii_case(name))
}

/// Whether a parameter of this name says something about the run.
#[must_use]
pub fn is_parameter(name: &str) -> bool {
    let systems = systems::known().into_iter();
    let mut knobs = systems.flat_map(knobs);
    is_general(name) || knobs.any(|(_, knob)| knob.name.eq_ignore_ascii_case(name))
}

/// The document with a change, and what it says then.
fn edited(document: &Value, edit: &Edit<'_>, text: &str) -> Result<(Value, Scenario), String> {
    let mut document = document.clone();
    edit(&mut document, text)?;
    let scenario = read(&document)?;
    Ok((document, scenario))
}

fn read(document: &Value) -> Result<Scenario, String> {
    Scenario::from_value(document).map_err(|problem| problem.message)
}

fn set(document: &mut Value, pointer: &str, value: Value) -> Result<(), String> {
    let parts = pointer.split('/').skip(1);
    *parts.fold(document, |within, part| &mut within[part]) = value;
    Ok(())
}

fn number(text: &str) -> Result<Value, String> {
    let refuse = || format!("must be a number, not \"{text}\"");
    let whole = text.parse::<i64>().map(Value::from);
    whole.or_else(|_| {
        let number: f64 = serde_json::from_str(text).map_err(|_| refuse())?;
        serde_json::Number::from_f64(number)
            .map(Value::from)
            .ok_or_else(refuse)
    })
}

/// A setting as its knob takes it.
fn value(takes: Takes, text: &str) -> Result<Value, String> {
    match takes {
        Takes::Span | Takes::Period | Takes::Number { .. } | Takes::Votes => number(text),
        Takes::Numbers { .. } => text.split(',').map(|part| number(part.trim())).collect(),
        Takes::Flag => Ok(text.parse().map_or_else(|_| json!(text), Value::Bool)),
        _ => Ok(json!(text)),
    }
}

fn timeout(document: &mut Value, value: Value) -> Result<(), String> {
    let mut knobs = read(document)?.spec.knobs.iter();
    match knobs.find(|knob| knob.name.ends_with("timeout_ms")) {
        Some(knob) => set(document, &format!("/settings/{}", knob.name), value),
        None => Err("means nothing to this system, which has no timeout".into()),
    }
}

fn latency(text: &str) -> Result<Value, String> {
    match text.split_once("..") {
        None => Ok(json!({ "model": "constant", "ms": number(text)? })),
        Some((min, max)) => {
            Ok(json!({ "model": "uniform", "min_ms": number(min)?, "max_ms": number(max)? }))
        }
    }
}

fn preset(document: &mut Value, text: &str) -> Result<(), String> {
    let names: Vec<&'static str> = presets::known()
        .into_iter()
        .map(|preset| preset.name)
        .collect();
    let preset = presets::find(text).ok_or_else(|| unknown("preset", text, &names))?;
    *document = json::parse(preset.document).map_err(|problem| problem.message)?;
    Ok(())
}

/// Adds an order to the script.
fn order(document: &mut Value, order: Value) {
    let script = &mut document["script"];
    if script.is_null() {
        *script = json!([]);
    }
    if let Some(orders) = script.as_array_mut() {
        orders.push(order);
    }
}

fn loss(document: &mut Value, text: &str) -> Result<(), String> {
    let text = text.trim_end_matches('%');
    let refuse =
        || format!("must be per cent from 0 to 100, with one decimal at most, not \"{text}\"");
    let per_cent: f64 = serde_json::from_str(text).map_err(|_| refuse())?;
    let per_mille = libm::round(per_cent * 10.0);
    if !(0.0..=1000.0).contains(&per_mille) {
        return Err(refuse());
    }
    order(document, json!({ "do": "omit", "per_mille": per_mille }));
    Ok(())
}

/// Those who can be traitors, and what they do if nothing is said.
fn corruptible(document: &Value) -> Result<(Vec<NodeId>, &'static str), String> {
    let scenario = read(document)?;
    let nodes = scenario.cast.those(Among::Serving).collect();
    let spec = scenario.spec;
    let first = spec
        .behaviour("silent")
        .or(spec.behaviours.first().copied());
    let name = first
        .ok_or("means nothing to this system, which has no traitors")?
        .name;
    Ok((nodes, name))
}

fn traitors(document: &mut Value, text: &str) -> Result<(), String> {
    let (nodes, behaviour) = corruptible(document)?;
    let most = nodes.len();
    let traitors = text.parse::<usize>().ok().filter(|count| *count <= most);
    let refuse = || format!("must be a number of traitors from 0 to {most}, not \"{text}\"");
    for node in &nodes[..traitors.ok_or_else(refuse)?] {
        order(
            document,
            json!({ "do": "corrupt", "node": node, "behaviour": behaviour }),
        );
    }
    Ok(())
}

/// Gives the traitors this behaviour; makes one if there is none.
fn behaviour(document: &mut Value, text: &str) -> Result<(), String> {
    let (nodes, _) = corruptible(document)?;
    let traitor = |node: &Value| json!({ "do": "corrupt", "node": node, "behaviour": text });
    let mut found = false;
    let script = document["script"].as_array_mut().into_iter().flatten();
    for entry in script.filter(|entry| entry["do"] == "corrupt") {
        *entry = traitor(&entry["node"]);
        found = true;
    }
    if !found {
        order(document, traitor(&json!(nodes.first())));
    }
    Ok(())
}
