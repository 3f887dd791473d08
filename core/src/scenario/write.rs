//! Writes a scenario document, version 1.

use super::read::window;
use super::{Scenario, VERSION, Workload, latency, order_to_value};
use crate::fault::Order;
use crate::json::ms;
use crate::protocol::Settings;
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
    let usual = Scenario::default();
    let until = |time: Time| ms(time.since(Time::ZERO));
    let script: Vec<Value> = of.script.iter().map(|order| entry(order, brief)).collect();
    let usual_latency = latency::write(&usual.latency, brief);
    let empty = || json!({});
    let mut to = Writer::new(brief);
    to.fields.insert("version".into(), VERSION.into());
    to.put("protocol", of.protocol, usual.protocol);
    to.put("nodes", of.nodes, usual.nodes);
    to.put("clients", of.clients, usual.clients);
    to.put("seed", of.seed, usual.seed);
    to.put("quorum", of.quorum, Value::Null);
    to.put("latency", latency::write(&of.latency, brief), usual_latency);
    to.put("workload", workload(&of.workload, brief), empty());
    to.put("settings", settings(&of.settings, brief), empty());
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

fn workload(of: &Workload, brief: bool) -> Value {
    let usual = Workload::default();
    let mut to = Writer::new(brief);
    to.put("requests", of.requests, usual.requests);
    to.put("gap_ms", ms(of.gap), ms(usual.gap));
    to.put("reads_per_mille", of.reads_per_mille, usual.reads_per_mille);
    to.done()
}

fn settings(of: &Settings, brief: bool) -> Value {
    let usual = Settings::default();
    let usual_window = window(of.checkpoint_interval);
    let mut to = Writer::new(brief);
    to.put(
        "view_timeout_ms",
        ms(of.view_timeout),
        ms(usual.view_timeout),
    );
    to.put(
        "client_timeout_ms",
        ms(of.client_timeout),
        ms(usual.client_timeout),
    );
    to.put(
        "checkpoint_interval",
        of.checkpoint_interval,
        usual.checkpoint_interval,
    );
    to.put("window", of.window, usual_window);
    to.put("batch", of.batch, usual.batch);
    to.put("tentative", of.tentative, usual.tentative);
    to.put("read_only", of.read_only, usual.read_only);
    to.done()
}
