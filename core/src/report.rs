//! What a run came to, as the JSON object that other programs rely on.

use crate::cast::Role;
use crate::chronicle::{Asked, Executed};
use crate::promise::{Promise, Standing, Witness};
use crate::protocol::{NodeId, value_name};
use crate::trace::DropReason;
use crate::world::World;
use serde_json::{Map, Value, json};

/// The report on a run so far.
#[must_use]
pub fn report(world: &dyn World) -> Value {
    let scenario = world.scenario();
    let mut report = json!({
        "scenario": scenario.to_value(),
        "ended_at_ms": world.now().ms(),
        "events": world.stats().events(),
        "trace_hash": trace_hash(world),
        "messages": messages(world),
        "metrics": metrics(world),
        "properties": world.promises().iter().map(property).collect::<Vec<_>>(),
    });
    for (role, nodes) in scenario.cast.parts() {
        let nodes = nodes.map(|id| node(world, NodeId(id), role));
        report[role.plural] = nodes.collect();
    }
    report
}

/// The trace hash as reports and links print it: 16 hexadecimal digits.
#[must_use]
pub fn trace_hash(world: &dyn World) -> String {
    format!("{:016x}", world.trace_hash())
}

/// What the system measures: a number for each name, `null` where there is nothing to measure.
fn metrics(world: &dyn World) -> Value {
    let all = world.scenario().spec.metrics.iter();
    let named = all.map(|metric| (metric.name.to_owned(), number((metric.measure)(world))));
    Value::Object(named.collect())
}

/// A whole number is written as one.
pub(crate) fn number(value: Option<f64>) -> Value {
    match value {
        Some(value) if value == libm::trunc(value) && value.abs() < 1e15 => json!(value as i64),
        value => json!(value),
    }
}

fn messages(world: &dyn World) -> Value {
    let stats = world.stats();
    let kinds = world.kinds().iter().zip(&stats.sent);
    let sent: Map<String, Value> = kinds
        .filter(|(_, count)| **count > 0)
        .map(|(kind, count)| (kind.name.to_owned(), (*count).into()))
        .collect();
    let reasons = DropReason::ALL.iter().zip(&stats.dropped);
    let dropped: Map<String, Value> = reasons
        .filter(|(_, count)| **count > 0)
        .map(|(reason, count)| (reason.name().to_owned(), (*count).into()))
        .collect();
    json!({ "sent": sent, "total": stats.total_sent(), "dropped": dropped })
}

/// What became of a node: what one that serves has executed, what one that asks was answered.
fn node(world: &dyn World, id: NodeId, role: &Role) -> Value {
    let mut node = json!({ "id": id });
    if role.serves {
        server(world, id, &mut node);
    }
    if role.asks {
        node["requests"] = requests(world, id);
    }
    node
}

fn server(world: &dyn World, id: NodeId, node: &mut Value) {
    let condition = world.condition(id);
    node["honest"] = condition.honest.into();
    node["up"] = condition.up.into();
    node["view"] = world.sketch(id).round.into();
    let reported = world.scenario().spec.reported;
    let portrait = (!reported.is_empty()).then(|| world.portrait(id));
    for name in reported {
        let fact = portrait.as_ref().and_then(|portrait| portrait.fact(name));
        let fact = fact.and_then(|fact| fact.parse::<u64>().ok());
        node[name.replace(' ', "_")] = fact.into();
    }
    let list = world.executed(id).into_iter();
    node["executed"] = list.map(executed).collect();
}

fn executed(entry: &Executed) -> Value {
    let value = (!entry.ops.is_empty()).then(|| value_name(&entry.ops));
    json!({ "sequence": entry.sequence, "value": value, "view": entry.view,
        "at_ms": entry.at.ms() })
}

fn requests(world: &dyn World, id: NodeId) -> Value {
    let list = &world.chronicle().asked[id.index()][..world.asked(id)];
    let asked = |asked: &Asked| {
        let answer = asked.answered.filter(|(at, _)| *at <= world.now());
        json!({
            "number": asked.op.number,
            "sent_at_ms": asked.at.ms(),
            "result": answer.map(|(_, result)| format!("{result:016x}")),
            "accepted_at_ms": answer.map(|(at, _)| at.ms()),
            "latency_ms": answer.map(|(at, _)| at.since(asked.at).ms()),
        })
    };
    list.iter().map(asked).collect()
}

fn property(standing: &Standing) -> Value {
    let promise = standing.promise;
    let first = standing.witnesses.first();
    json!({ "name": promise.name, "holds": standing.holds(), "judged": standing.judged,
        "witness": first.map(|witness| self::witness(witness, promise)) })
}

fn witness(witness: &Witness, promise: &Promise) -> Value {
    json!({ "at_ms": witness.at.ms(), "nodes": witness.nodes, "sequence": witness.sequence,
        "values": witness.values, "says": witness.says, "source": promise.source })
}
