//! The values that orders are given: one way to read and write each.

use super::order::Setting;
use crate::cast::Role;
use crate::conditions::Partition;
use crate::json::{self, Field};
use crate::knob::{Among, Takes, Value};
use crate::problem::Problem;
use crate::protocol::NodeId;
use crate::spec::Spec;
use crate::systems;
use serde_json::json;
use std::ops::Range;

/// Reads what a knob takes.
pub(super) fn read_value(
    field: Field<'_>,
    takes: Takes,
    setting: &Setting,
) -> Result<Value, Problem> {
    let spec = setting.spec;
    let all = i64::from(setting.cast.servers().max(1));
    Ok(match takes {
        Takes::Node(among) => Value::Node(node(&field, setting, among)?),
        Takes::NodeOrAll => Value::Node(node(&field, setting, Among::Any)?),
        Takes::Nodes => Value::Nodes(nodes(field, setting, &mut Vec::new())?),
        Takes::Groups => Value::Groups(groups(field, setting)?),
        Takes::Span => Value::Span(field.span()?),
        Takes::Period => Value::Span(field.period()?),
        Takes::Number { min, max } => Value::Number(field.whole(min, max)?),
        Takes::Numbers { min, max } => Value::Numbers(numbers(field, min, max)?),
        Takes::Votes => Value::Number(field.whole(1, all)?),
        Takes::Choice(names) => Value::Name(field.name("choice", names.iter().copied())?),
        Takes::Answer => {
            let names = spec.choices.iter().map(|choice| choice.name);
            Value::Name(field.name("choice", names)?)
        }
        Takes::Disk => Value::Name(field.name("choice", spec.disk_names())?),
        Takes::Kinds => Value::Names(kinds(field, setting)?),
        Takes::Behaviour => {
            refuse_lies(&field, spec)?;
            let names = spec.behaviours.iter().map(|behaviour| behaviour.name);
            Value::Name(field.name("behaviour", names)?)
        }
        Takes::Flag => Value::Flag(field.flag()?),
    })
}

/// Says why a behaviour is not offered that takes a lie in another system.
fn refuse_lies(field: &Field<'_>, spec: &Spec) -> Result<(), Problem> {
    let name = field.value.as_str().unwrap_or_default();
    let elsewhere = || {
        systems::known()
            .iter()
            .any(|spec| spec.behaviour(name).is_some())
    };
    if spec.no_lies.is_empty() || spec.behaviour(name).is_some() || !elsewhere() {
        return Ok(());
    }
    Err(field.refuse(format!(
        "is \"{name}\", which takes a lie: {}",
        spec.no_lies
    )))
}

/// A node out of those that may be named.
fn node(field: &Field<'_>, setting: &Setting, among: Among) -> Result<NodeId, Problem> {
    let cast = &setting.cast;
    let named = field.whole(0, i64::from(u16::MAX)).ok();
    let node = named.map(|index| NodeId(index as u16));
    if let Some(node) = node.filter(|node| cast.allows(*node, among)) {
        return Ok(node);
    }
    let parts = cast
        .parts()
        .filter(|(role, nodes)| role.allows(among) && !nodes.is_empty());
    let parts: Vec<_> = parts.collect();
    match (among, parts.as_slice()) {
        (Among::Asking, []) => Err(field.refuse("names a client, but there are no clients")),
        (Among::Any, _) => Err(field.must_be(&format!("a node: {}", listed(&parts)))),
        (_, [(role, nodes)]) => {
            let (first, last) = (nodes.start, nodes.end - 1);
            Err(field.must_be(&format!("a {}, from {first} to {last}", role.name)))
        }
        _ => Err(field.must_be(&format!("one of these: {}", listed(&parts)))),
    }
}

/// The roles with the numbers of their nodes: `replicas are 0 to 3; 4 is the client`.
fn listed(parts: &[(&'static Role, Range<u16>)]) -> String {
    let part = |(role, nodes): &(&'static Role, Range<u16>)| match nodes.len() {
        1 => format!("{} is the {}", nodes.start, role.name),
        _ => format!("{} are {} to {}", role.plural, nodes.start, nodes.end - 1),
    };
    parts.iter().map(part).collect::<Vec<_>>().join("; ")
}

/// Different nodes, none of which is `taken` already.
fn nodes(
    field: Field<'_>,
    setting: &Setting,
    taken: &mut Vec<NodeId>,
) -> Result<Vec<NodeId>, Problem> {
    let empty = field.refuse("is empty: it must name at least one node");
    let mut nodes = Vec::new();
    for entry in field.list(setting.cast.total().into())? {
        let node = node(&entry, setting, Among::Any)?;
        if taken.contains(&node) {
            return Err(entry.refuse(format!("names node {node} a second time")));
        }
        taken.push(node);
        nodes.push(node);
    }
    if nodes.is_empty() {
        return Err(empty);
    }
    Ok(nodes)
}

/// The most numbers in a list: one for each node.
const MOST_NUMBERS: usize = 1024;

/// One number, or a list of them.
fn numbers(field: Field<'_>, min: i64, max: i64) -> Result<Vec<i64>, Problem> {
    if !field.value.is_array() {
        return Ok(vec![field.whole(min, max)?]);
    }
    let empty = field.refuse("is empty: it must have at least one number");
    let entries = field.list(MOST_NUMBERS)?.into_iter();
    let numbers: Vec<i64> = entries
        .map(|entry| entry.whole(min, max))
        .collect::<Result<_, _>>()?;
    if numbers.is_empty() {
        return Err(empty);
    }
    Ok(numbers)
}

fn groups(field: Field<'_>, setting: &Setting) -> Result<Vec<Vec<NodeId>>, Problem> {
    let empty = field.refuse("is empty: it must name at least one group");
    let mut taken = Vec::new();
    let read = |group| nodes(group, setting, &mut taken);
    let groups: Result<Vec<_>, _> = field
        .list(Partition::MOST_GROUPS)?
        .into_iter()
        .map(read)
        .collect();
    match groups {
        Ok(groups) if groups.is_empty() => Err(empty),
        groups => groups,
    }
}

fn kinds(field: Field<'_>, setting: &Setting) -> Result<Vec<&'static str>, Problem> {
    let known: Vec<&'static str> = setting.spec.kinds.iter().map(|kind| kind.name).collect();
    let empty = field.refuse("is empty: leave it out for all kinds");
    let mut kinds = Vec::new();
    for entry in field.list(known.len())? {
        kinds.push(entry.name("kind of message", known.iter().copied())?);
    }
    if kinds.is_empty() {
        return Err(empty);
    }
    Ok(kinds)
}

/// Writes a value as scenarios spell it.
#[must_use]
pub fn write_value(value: &Value) -> serde_json::Value {
    match value {
        Value::Node(node) => json!(node),
        Value::Nodes(nodes) => json!(nodes),
        Value::Groups(groups) => json!(groups),
        Value::Span(span) => json::ms(*span),
        Value::Number(number) => json!(number),
        Value::Numbers(numbers) => json!(numbers),
        Value::Name(name) => json!(name),
        Value::Names(names) => json!(names),
        Value::Flag(flag) => json!(flag),
    }
}
