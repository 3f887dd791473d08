//! The readable form of a link: `?protocol=pbft&n=7&f=2&behaviour=two-faced`.

use crate::json::unknown;
use crate::presets;
use crate::problem::Problem;
use crate::scenario::Scenario;
use serde_json::{Value, json};

/// Changes a document as a parameter says, or says what the value should be.
type Edit = fn(&mut Value, &str) -> Result<(), String>;

/// Parameters in the order in which they are applied.
///
/// | name | means |
/// |---|---|
/// | `preset` | the scenario to start from |
/// | `protocol`, `n`, `clients`, `seed`, `quorum` | as in the document |
/// | `latency` | `40`: constant; `20..60`: uniform |
/// | `requests`, `gap`, `until`, `timeout`, `batch` | as in the document, times in ms |
/// | `loss` | per cent of all messages |
/// | `f` | how many replicas are traitors, from replica 0 on |
/// | `behaviour` | what they do; `silent` if left out |
const PARAMETERS: [(&str, Edit); 16] = [
    ("preset", |to, text| preset(to, text)),
    ("protocol", |to, text| set(to, "/protocol", json!(text))),
    ("n", |to, text| set(to, "/nodes", number(text)?)),
    ("nodes", |to, text| set(to, "/nodes", number(text)?)),
    ("clients", |to, text| set(to, "/clients", number(text)?)),
    ("seed", |to, text| set(to, "/seed", number(text)?)),
    ("quorum", |to, text| set(to, "/quorum", number(text)?)),
    ("latency", |to, text| set(to, "/latency", latency(text)?)),
    ("requests", |to, text| {
        set(to, "/workload/requests", number(text)?)
    }),
    ("gap", |to, text| set(to, "/workload/gap_ms", number(text)?)),
    ("until", |to, text| set(to, "/until_ms", number(text)?)),
    ("timeout", |to, text| {
        set(to, "/settings/view_timeout_ms", number(text)?)
    }),
    ("batch", |to, text| {
        set(to, "/settings/batch", number(text)?)
    }),
    ("loss", |to, text| loss(to, text)),
    ("f", |to, text| traitors(to, text)),
    ("behaviour", |to, text| behaviour(to, text)),
];

/// Reads names and values, such as those of an address; names that mean nothing are passed over.
///
/// A bad value leaves things as they were, and a notice names the parameter.
#[must_use]
pub fn read_query(pairs: &[(String, String)]) -> (Scenario, Vec<Problem>) {
    let mut scenario = Scenario::default();
    let mut notices = Vec::new();
    for (name, edit) in PARAMETERS {
        let given = pairs.iter().rfind(|pair| pair.0.eq_ignore_ascii_case(name));
        let Some((_, text)) = given else {
            continue;
        };
        match edited(&scenario, edit, text) {
            Ok(changed) => scenario = changed,
            Err(message) => notices.push(Problem::new(name, message)),
        }
    }
    (scenario, notices)
}

/// Whether a parameter of this name says something about the run.
#[must_use]
pub fn is_parameter(name: &str) -> bool {
    PARAMETERS
        .iter()
        .any(|(known, _)| known.eq_ignore_ascii_case(name))
}

fn edited(scenario: &Scenario, edit: Edit, text: &str) -> Result<Scenario, String> {
    let mut document = scenario.to_value();
    edit(&mut document, text)?;
    Scenario::from_value(&document).map_err(|problem| problem.message)
}

fn set(document: &mut Value, pointer: &str, value: Value) -> Result<(), String> {
    if let Some(slot) = document.pointer_mut(pointer) {
        *slot = value;
    }
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

fn latency(text: &str) -> Result<Value, String> {
    match text.split_once("..") {
        None => Ok(json!({ "model": "constant", "ms": number(text)? })),
        Some((min, max)) => {
            Ok(json!({ "model": "uniform", "min_ms": number(min)?, "max_ms": number(max)? }))
        }
    }
}

fn preset(document: &mut Value, text: &str) -> Result<(), String> {
    let names: Vec<&'static str> = presets::ALL.iter().map(|preset| preset.name).collect();
    let preset = presets::find(text).ok_or_else(|| unknown("preset", text, &names))?;
    *document = preset.scenario().to_value();
    Ok(())
}

/// Adds an order to the script.
fn order(document: &mut Value, order: Value) {
    if let Some(script) = document["script"].as_array_mut() {
        script.push(order);
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

fn traitors(document: &mut Value, text: &str) -> Result<(), String> {
    let nodes = document["nodes"].as_u64().unwrap_or(0);
    let traitors = text
        .parse::<u64>()
        .ok()
        .filter(|traitors| *traitors <= nodes);
    let refuse = || format!("must be a number of traitors from 0 to {nodes}, not \"{text}\"");
    for node in 0..traitors.ok_or_else(refuse)? {
        order(
            document,
            json!({ "do": "corrupt", "node": node, "behaviour": "silent" }),
        );
    }
    Ok(())
}

/// Gives the traitors this behaviour; makes one if there is none.
fn behaviour(document: &mut Value, text: &str) -> Result<(), String> {
    let Some(script) = document["script"].as_array_mut() else {
        return Ok(());
    };
    let traitor = |node: &Value| json!({ "do": "corrupt", "node": node, "behaviour": text });
    let mut found = false;
    for entry in script.iter_mut().filter(|entry| entry["do"] == "corrupt") {
        *entry = traitor(&entry["node"]);
        found = true;
    }
    if !found {
        script.push(traitor(&json!(0)));
    }
    Ok(())
}
