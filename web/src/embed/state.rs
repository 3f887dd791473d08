//! Where a run stands, as host pages are told.

use crate::page::view::View;
use crate::run::present::Actor;
use quorumscope_core::time::Time;
use serde_json::{Value, json};

/// The state of the run.
#[must_use]
pub fn state(view: &View) -> Value {
    let present = &view.present;
    let promises = present.promises.iter();
    let nodes = present.actors.iter();
    json!({
        "now_ms": present.now.ms(),
        "horizon_ms": view.clock.horizon.ms(),
        "complete": view.clock.complete,
        "playing": view.clock.playing,
        "busy": view.clock.busy,
        "ended": present.ended,
        "events": present.events,
        "trace_hash": format!("{:016x}", present.hash),
        "nodes": nodes.map(node).collect::<Vec<_>>(),
        "properties": promises
            .map(|promise| json!({ "name": promise.promise.name, "holds": promise.holds(),
                "judged": promise.judged }))
            .collect::<Vec<_>>(),
    })
}

fn node(actor: &Actor) -> Value {
    json!({
        "id": actor.id.0,
        "client": actor.client,
        "up": actor.condition.up,
        "honest": actor.condition.honest,
        "view": actor.sketch.round,
        "phase": actor.sketch.phase,
        "executed": actor.sketch.done,
    })
}

/// How long the run is: up to its end where that is known, else up to where it ends at the latest.
#[must_use]
pub fn duration(view: &View) -> Time {
    if view.clock.complete {
        view.clock.horizon
    } else {
        view.scenario.until
    }
}

/// Seconds of the run, as players count them.
#[must_use]
pub fn seconds(at: Time) -> f64 {
    at.ms() / 1000.0
}
