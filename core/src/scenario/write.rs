//! Writes a scenario document, version 1.

use super::knob::write_value;
use super::read::{AT_TOP, short_form};
use super::{Scenario, VERSION, latency, order_to_value};
use crate::fault::Order;
use crate::json::ms;
use crate::knob::{self, Args, Knob};
use crate::systems;
use crate::time::Time;
use serde_json::{Map, Value, json};

/// An object that may leave out what is as usual.
struct Writer {
    brief: bool,
    fields: Map<String, Value>,
}

impl Writer {
    fn new(brief: bool) -> Self {
        Self {
            brief,
            fields: Map::new(),
        }
    }

    /// Writes a field, unless it is as usual and the writer is brief.
    fn put(&mut self, name: &str, value: impl Into<Value>, usual: impl Into<Value>) {
        let value = value.into();
        if !self.brief || value != usual.into() {
            self.fields.insert(name.into(), value);
        }
    }

    fn done(self) -> Value {
        Value::Object(self.fields)
    }
}

pub(super) fn scenario(of: &Scenario, brief: bool) -> Value {
    let usual = Scenario::of(of.spec);
    let until = |time: Time| ms(time.since(Time::ZERO));
    let script: Vec<Value> = of.script.iter().map(|order| entry(order, brief)).collect();
    let usual_latency = latency::write(&usual.latency, brief);
    let empty = || json!({});
    let mut to = Writer::new(brief);
    to.fields.insert("version".into(), VERSION.into());
    to.put("protocol", of.spec.name, systems::first().name);
    cast(of, &mut to);
    to.put("seed", of.seed, usual.seed);
    if of.spec.knobs.iter().any(|knob| knob.name == AT_TOP) {
        to.put(AT_TOP, of.settings.number(AT_TOP), Value::Null);
    }
    to.put("latency", latency::write(&of.latency, brief), usual_latency);
    to.put(
        "workload",
        knobs(of.spec.workload, &of.workload, brief),
        empty(),
    );
    to.put(
        "settings",
        knobs(of.spec.knobs, &of.settings, brief),
        empty(),
    );
    to.put("script", script, Vec::<Value>::new());
    to.put("until_ms", until(of.until), until(usual.until));
    to.done()
}

/// An order; a brief one leaves out what reading puts back.
fn entry(of: &Order, brief: bool) -> Value {
    let mut entry = order_to_value(of);
    if let Some(fields) = entry.as_object_mut()
        && brief
    {
        let at_start = |name: &str, value: &Value| name == "at_ms" && *value == json!(0);
        fields.retain(|name, value| !value.is_null() && !at_start(name, value));
    }
    entry
}

/// The values of knobs, but for the one that stands elsewhere.
fn knobs(knobs: &[Knob], args: &Args, brief: bool) -> Value {
    let mut to = Writer::new(brief);
    for knob in knobs.iter().filter(|knob| knob.name != AT_TOP) {
        let value = |value: Option<&knob::Value>| value.map_or(Value::Null, write_value);
        let (is, usual) = (args.0.get(knob.name), knob.default(args));
        // What makes another protocol is said only where it is so.
        if !knob.breaks.is_empty() && is == usual.as_ref() {
            continue;
        }
        to.put(knob.name, value(is), value(usual.as_ref()));
    }
    to.done()
}

/// The counts of roles: in short where that says it all.
fn cast(of: &Scenario, to: &mut Writer) {
    let mut long = Writer::new(to.brief);
    for (index, role) in of.spec.roles.iter().enumerate() {
        let count = of.cast.count(index);
        match short_form(of.spec, index) {
            Some(name) => to.put(name, count, role.usual),
            None => long.put(role.plural, count, role.usual),
        }
    }
    if !long.fields.is_empty() {
        to.fields.insert("cast".into(), long.done());
    }
}
