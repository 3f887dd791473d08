//! Events as lines of JSON, for programs and for reading.

use crate::protocol::{Claim, Label, value_name};
use crate::spec::Spec;
use crate::trace::{Event, NO_CAUSE, Recipients, Transit, What};
use serde_json::{Value, json};

/// One event as a JSON object.
#[must_use]
pub fn event(event: &Event, spec: &Spec) -> Value {
    let cause = (event.cause != NO_CAUSE).then_some(event.cause);
    let mut line = json!({ "event": event.id, "at_ms": event.at.ms(), "node": event.node,
        "cause": cause });
    if let (Value::Object(line), Value::Object(more)) = (&mut line, what(&event.what, spec)) {
        line.extend(more);
    }
    line
}

fn what(what: &What, spec: &Spec) -> Value {
    match what {
        What::Sent {
            message,
            kind,
            label,
            to,
        } => {
            let to = match to {
                Recipients::One(node) => json!(node),
                Recipients::Role { role, .. } => {
                    json!(spec.roles.get(usize::from(*role)).map(|role| role.plural))
                }
                Recipients::These(nodes) => json!(nodes),
            };
            about(
                "sent",
                *label,
                json!({ "message": message, "to": to,
                "kind": spec.kinds[usize::from(*kind)].name }),
            )
        }
        What::Delivered(transit) => self::transit("delivered", transit, spec),
        What::Dropped(transit, reason) => {
            let mut line = self::transit("dropped", transit, spec);
            line["reason"] = reason.name().into();
            line
        }
        What::TimerSet { timer, until } => {
            json!({ "what": "timer-set", "timer": timer, "until_ms": until.ms() })
        }
        What::TimerCancelled { timer } => json!({ "what": "timer-cancelled", "timer": timer }),
        What::TimerFired { timer } => json!({ "what": "timer-fired", "timer": timer }),
        What::Because(rule, label) => about(
            "because",
            *label,
            json!({ "rule": rule.name, "source": rule.source }),
        ),
        What::Claimed(claim) => self::claim(claim, spec),
        What::WorkBegun { piece, until } => {
            json!({ "what": "work-begun", "piece": piece, "until_ms": until.ms() })
        }
        What::WorkDone { piece } => json!({ "what": "work-done", "piece": piece }),
        What::Happened => json!({ "what": "happened" }),
        What::WornOut => json!({ "what": "worn-out" }),
        What::Repaired => json!({ "what": "repaired" }),
        What::Ordered(index) => json!({ "what": "ordered", "script": index }),
        What::Lifted(index) => json!({ "what": "lifted", "script": index }),
        What::Asked { number } => json!({ "what": "asked", "number": number }),
        What::Broken { promise, witness } => {
            json!({ "what": "broken", "promise": promise, "witness": witness })
        }
    }
}

fn transit(name: &str, transit: &Transit, spec: &Spec) -> Value {
    about(
        name,
        transit.label,
        json!({ "message": transit.message, "from": transit.from,
        "to": transit.to, "kind": spec.kinds[usize::from(transit.kind)].name,
        "sent_at_ms": transit.sent.ms() }),
    )
}

/// A claim; the names of versions that were released never change.
fn claim(claim: &Claim, spec: &Spec) -> Value {
    match claim {
        Claim::Reached { stage, label, .. } => {
            let stage = spec.stages.get(usize::from(*stage));
            about(
                stage.map_or("reached", |stage| stage.name),
                *label,
                json!({}),
            )
        }
        Claim::Applied { label, ops, .. } => {
            let value = (!ops.is_empty()).then(|| value_name(ops));
            about(spec.words.done, *label, json!({ "value": value }))
        }
        Claim::TookOver { label } => about("transferred", *label, json!({})),
        Claim::RolledBack { to } => json!({ "what": "rolled-back", "sequence": to }),
        Claim::GaveUp { round, alone } => {
            json!({ "what": "gave-up", "view": round, "alone": alone })
        }
        Claim::Entered { round, .. } => json!({ "what": "entered", "view": round }),
        Claim::Answered { op, result, .. } => {
            json!({ "what": "answered", "operation": op.to_string(),
                "result": format!("{result:016x}") })
        }
        Claim::Failed { op, degraded } => {
            let what = if *degraded { "degraded" } else { "failed" };
            json!({ "what": what, "operation": op.to_string() })
        }
        Claim::Worked { op } => json!({ "what": "worked", "operation": op.to_string() }),
        Claim::Suspects { node, on } => json!({ "what": "suspects", "suspect": node, "on": on }),
    }
}

fn about(name: &str, label: Label, mut more: Value) -> Value {
    more["what"] = name.into();
    more["view"] = label.view.into();
    more["sequence"] = label.sequence.into();
    more["digest"] = format!("{:016x}", label.digest).into();
    more
}
