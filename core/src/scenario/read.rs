//! Reads a scenario document, version 1.

use super::order::{Cast, read_order};
use super::{Scenario, VERSION, Workload, latency};
use crate::fault::Order;
use crate::json::{Field, MAX_WHOLE, Object};
use crate::problem::Problem;
use crate::protocol::Settings;
use crate::systems;
use crate::time::Time;
use serde_json::Value;

const FIELDS: [&str; 11] = [
    "version", "protocol", "nodes", "clients", "seed", "quorum", "latency", "workload", "settings",
    "script", "until_ms",
];
const MOST_NODES: i64 = 1024;
const MOST_CLIENTS: i64 = 64;
const MOST_REQUESTS: i64 = 1_000_000;
const MOST_ORDERS: usize = 10_000;
const MOST_SEQUENCES: i64 = 1_000_000;

pub(super) fn scenario(document: &Value) -> Result<Scenario, Problem> {
    let from = Field::new(document, "").object()?;
    version(&from)?;
    from.only(&FIELDS)?;
    let usual = Scenario::default();
    let count = |field: Field<'_>, min, max| field.whole(min, max).map(|count| count as u16);
    let protocol = from.or("protocol", usual.protocol, |f| {
        f.name("protocol", systems::ALL.iter().map(|known| known.name))
    })?;
    let nodes = from.or("nodes", usual.nodes, |f| count(f, 1, MOST_NODES))?;
    let clients = from.or("clients", usual.clients, |f| count(f, 0, MOST_CLIENTS))?;
    let cast = Cast {
        replicas: nodes,
        nodes: nodes + clients,
        protocol,
    };
    Ok(Scenario {
        protocol,
        nodes,
        clients,
        seed: from.or("seed", usual.seed, |f| {
            f.whole(0, MAX_WHOLE).map(i64::unsigned_abs)
        })?,
        quorum: from.or("quorum", None, |f| quorum(&f, nodes))?,
        latency: from.or("latency", usual.latency, |f| latency::read(f, cast.nodes))?,
        workload: from.or("workload", usual.workload, workload)?,
        settings: from.or("settings", usual.settings, settings)?,
        script: from.or("script", Vec::new(), |f| script(f, &cast))?,
        until: from.or("until_ms", usual.until, |f| Ok(Time::ZERO + f.span()?))?,
    })
}

/// A later document is told from a wrong one.
fn version(from: &Object<'_>) -> Result<(), Problem> {
    let Some(field) = from.get("version") else {
        return Ok(());
    };
    match field.whole(1, MAX_WHOLE)? {
        VERSION => Ok(()),
        newer => Err(field.refuse(format!(
            "is {newer}, but this is Quorumscope for documents up to version {VERSION}: \
             a newer one is needed"
        ))),
    }
}

fn quorum(field: &Field<'_>, nodes: u16) -> Result<Option<u32>, Problem> {
    if field.is_null() {
        return Ok(None);
    }
    let quorum = field.whole(1, nodes.into())?;
    Ok(Some(quorum as u32))
}

fn workload(field: Field<'_>) -> Result<Workload, Problem> {
    let from = field.object()?;
    from.only(&["requests", "gap_ms", "reads_per_mille"])?;
    let usual = Workload::default();
    let count = |field: Field<'_>, max| field.whole(0, max).map(|count| count as u32);
    Ok(Workload {
        requests: from.or("requests", usual.requests, |f| count(f, MOST_REQUESTS))?,
        gap: from.or("gap_ms", usual.gap, |f| f.span())?,
        reads_per_mille: from.or("reads_per_mille", usual.reads_per_mille, |f| count(f, 1000))?,
    })
}

fn settings(field: Field<'_>) -> Result<Settings, Problem> {
    let from = field.object()?;
    from.only(&[
        "view_timeout_ms",
        "client_timeout_ms",
        "checkpoint_interval",
        "window",
        "batch",
        "tentative",
        "read_only",
    ])?;
    let usual = Settings::default();
    let count = |field: Field<'_>| field.whole(1, MOST_SEQUENCES).map(i64::unsigned_abs);
    let interval = from.or("checkpoint_interval", usual.checkpoint_interval, count)?;
    let settings = Settings {
        view_timeout: from.or("view_timeout_ms", usual.view_timeout, |f| f.period())?,
        client_timeout: from.or("client_timeout_ms", usual.client_timeout, |f| f.period())?,
        checkpoint_interval: interval,
        window: from.or("window", window(interval), count)?,
        batch: from.or("batch", usual.batch, |f| count(f).map(|batch| batch as u32))?,
        tentative: from.or("tentative", usual.tentative, |f| f.flag())?,
        read_only: from.or("read_only", usual.read_only, |f| f.flag())?,
        #[cfg(feature = "flaws")]
        flaw: usual.flaw,
    };
    if settings.window < interval {
        let message = format!(
            "must be at least checkpoint_interval, which is {interval}, not {}: \
             no checkpoint would ever fit",
            settings.window
        );
        return Err(Problem::new(from.path_to("window"), message));
    }
    Ok(settings)
}

/// The window that goes with a checkpoint interval: twice as much (section 4.3).
pub(super) const fn window(checkpoint_interval: u64) -> u64 {
    2 * checkpoint_interval
}

fn script(field: Field<'_>, cast: &Cast) -> Result<Vec<Order>, Problem> {
    let entries = field.list(MOST_ORDERS)?;
    entries
        .into_iter()
        .map(|entry| read_order(entry, cast))
        .collect()
}
