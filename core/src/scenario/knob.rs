//! The values that orders are given: one way to read and write each.

use super::order::Cast;
use crate::behaviours;
use crate::conditions::Partition;
use crate::fault::{Takes, Value};
use crate::json::{self, Field};
use crate::problem::Problem;
use crate::protocol::NodeId;
use crate::systems;
use serde_json::json;

/// Reads what a knob takes.
pub(super) fn read_value(field: Field<'_>, takes: Takes, cast: &Cast) -> Result<Value, Problem> {
    Ok(match takes {
        Takes::Replica => Value::Node(replica(&field, cast)?),
        Takes::Client => Value::Node(client(&field, cast)?),
        Takes::Node | Takes::NodeOrAll => Value::Node(node(&field, cast)?),
        Takes::Nodes => Value::Nodes(nodes(field, cast, &mut Vec::new())?),
        Takes::Groups => Value::Groups(groups(field, cast)?),
        Takes::Span => Value::Span(field.span()?),
        Takes::Period => Value::Span(field.period()?),
        Takes::Number { min, max } => Value::Number(field.whole(min, max)?),
        Takes::Choice(names) => Value::Name(field.name("choice", names.iter().copied())?),
        Takes::Kinds => Value::Names(kinds(field, cast)?),
        Takes::Behaviour => {
            let names = behaviours::ALL.iter().map(|behaviour| behaviour.name);
            Value::Name(field.name("behaviour", names)?)
        }
        Takes::Flag => Value::Flag(field.flag()?),
    })
}

fn replica(field: &Field<'_>, cast: &Cast) -> Result<NodeId, Problem> {
    let last = cast.replicas - 1;
    let index = field.whole(0, last.into());
    index
        .map(|index| NodeId(index as u16))
        .map_err(|_| field.must_be(&format!("a replica, from 0 to {last}")))
}

fn client(field: &Field<'_>, cast: &Cast) -> Result<NodeId, Problem> {
    if cast.nodes == cast.replicas {
        return Err(field.refuse("names a client, but there are no clients"));
    }
    let (first, last) = (cast.replicas, cast.nodes - 1);
    let index = field.whole(first.into(), last.into());
    index
        .map(|index| NodeId(index as u16))
        .map_err(|_| field.must_be(&format!("a client, from {first} to {last}")))
}

fn node(field: &Field<'_>, cast: &Cast) -> Result<NodeId, Problem> {
    let (replicas, last) = (cast.replicas - 1, cast.nodes - 1);
    let clients = match cast.nodes - cast.replicas {
        0 => String::new(),
        1 => format!("; {last} is the client"),
        _ => format!("; clients are {} to {last}", cast.replicas),
    };
    let index = field.whole(0, last.into());
    index
        .map(|index| NodeId(index as u16))
        .map_err(|_| field.must_be(&format!("a node: replicas are 0 to {replicas}{clients}")))
}

/// Different nodes, none of which is `taken` already.
fn nodes(field: Field<'_>, cast: &Cast, taken: &mut Vec<NodeId>) -> Result<Vec<NodeId>, Problem> {
    let empty = field.refuse("is empty: it must name at least one node");
    let mut nodes = Vec::new();
    for entry in field.list(cast.nodes.into())? {
        let node = node(&entry, cast)?;
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

fn groups(field: Field<'_>, cast: &Cast) -> Result<Vec<Vec<NodeId>>, Problem> {
    let empty = field.refuse("is empty: it must name at least one group");
    let mut taken = Vec::new();
    let read = |group| nodes(group, cast, &mut taken);
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

fn kinds(field: Field<'_>, cast: &Cast) -> Result<Vec<&'static str>, Problem> {
    let known = kinds_of(cast.protocol);
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

/// The kinds of message of a protocol, by name.
fn kinds_of(protocol: &str) -> Vec<&'static str> {
    let kinds = systems::find(protocol).map_or(&[][..], |protocol| protocol.kinds);
    kinds.iter().map(|kind| kind.name).collect()
}

/// Writes a value as scenarios spell it.
pub(super) fn write_value(value: &Value) -> serde_json::Value {
    match value {
        Value::Node(node) => json!(node),
        Value::Nodes(nodes) => json!(nodes),
        Value::Groups(groups) => json!(groups),
        Value::Span(span) => json::ms(*span),
        Value::Number(number) => json!(number),
        Value::Name(name) => json!(name),
        Value::Names(names) => json!(names),
        Value::Flag(flag) => json!(flag),
    }
}
