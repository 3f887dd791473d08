//! Reads a scenario document, version 1.

use super::knob::read_value;
use super::order::{Setting, read_order};
use super::{Scenario, VERSION, Workload, latency};
use crate::cast::Cast;
use crate::fault::Order;
use crate::json::{Field, MAX_WHOLE, Object};
use crate::knob::{Args, Misfit};
use crate::problem::Problem;
use crate::spec::Spec;
use crate::systems;
use crate::time::Time;
use serde_json::Value;

const FIELDS: [&str; 12] = [
    "version", "protocol", "cast", "nodes", "clients", "seed", "quorum", "latency", "workload",
    "settings", "script", "until_ms",
];
/// The one setting that stands beside the others' object, since version 1 put it there.
pub(super) const AT_TOP: &str = "quorum";
const MOST_REQUESTS: i64 = 1_000_000;
const MOST_ORDERS: usize = 10_000;

pub(super) fn scenario(document: &Value) -> Result<Scenario, Problem> {
    let from = Field::new(document, "").object()?;
    version(&from)?;
    from.only(&FIELDS)?;
    let spec = from.or("protocol", systems::first(), |f| system(&f))?;
    let usual = Scenario::of(spec);
    let setting = Setting {
        cast: cast(&from, spec)?,
        spec,
    };
    let nodes = setting.cast.total();
    Ok(Scenario {
        spec,
        cast: setting.cast,
        seed: from.or("seed", usual.seed, |f| {
            f.whole(0, MAX_WHOLE).map(i64::unsigned_abs)
        })?,
        settings: settings(&from, &setting)?,
        latency: from.or("latency", usual.latency, |f| latency::read(f, nodes))?,
        workload: from.or("workload", usual.workload, workload)?,
        script: from.or("script", Vec::new(), |f| script(f, &setting))?,
        until: from.or("until_ms", usual.until, |f| Ok(Time::ZERO + f.span()?))?,
        #[cfg(feature = "flaws")]
        flaw: None,
    })
}

fn system(field: &Field<'_>) -> Result<&'static Spec, Problem> {
    let known = systems::known();
    let name = field.name("protocol", known.iter().map(|spec| spec.name))?;
    systems::find(name).ok_or_else(|| field.refuse("is not known"))
}

/// How many nodes play each role: by the roles' plurals, or by the two short forms.
fn cast(from: &Object<'_>, spec: &'static Spec) -> Result<Cast, Problem> {
    let counts = from.get("cast").map(Field::object).transpose()?;
    if let Some(counts) = &counts {
        let plurals: Vec<&'static str> = spec.roles.iter().map(|role| role.plural).collect();
        counts.only(&plurals)?;
    }
    let mut cast = Cast::usual(spec.roles);
    for (index, role) in spec.roles.iter().enumerate() {
        let long = counts.as_ref().and_then(|counts| counts.get(role.plural));
        let short = short_form(spec, index).and_then(|name| from.get(name));
        let field = match (long, short) {
            (Some(_), Some(short)) => return Err(short.refuse("is said in cast already")),
            (long, short) => long.or(short),
        };
        if let Some(field) = field {
            let (least, most) = role.bounds;
            cast = cast.with(index, field.whole(least.into(), most.into())? as u16);
        }
    }
    let foreign = |name: &&&str| (0..spec.roles.len()).all(|i| short_form(spec, i) != Some(**name));
    match ["nodes", "clients"]
        .iter()
        .filter(foreign)
        .find_map(|name| from.get(name))
    {
        Some(field) => Err(field.refuse(format!(
            "does not go with \"{}\": say it in cast",
            spec.name
        ))),
        None => Ok(cast),
    }
}

/// The field at the top of the document that counts a role, where it has one.
pub(super) fn short_form(spec: &Spec, index: usize) -> Option<&'static str> {
    let role = spec.roles.get(index)?;
    let servers = spec.roles.iter().filter(|role| role.serves).count();
    match role.serves {
        true => (servers == 1).then_some("nodes"),
        false => (role.plural == "clients").then_some("clients"),
    }
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

fn settings(from: &Object<'_>, setting: &Setting) -> Result<Args, Problem> {
    let knobs = setting.spec.knobs;
    let given = from.get("settings").map(Field::object).transpose()?;
    if let Some(given) = &given {
        let names = knobs
            .iter()
            .map(|knob| knob.name)
            .filter(|name| *name != AT_TOP);
        given.only(&names.collect::<Vec<_>>())?;
    }
    let at_top = from.get(AT_TOP);
    if let Some(field) = &at_top
        && !knobs.iter().any(|knob| knob.name == AT_TOP)
    {
        return Err(field.refuse(format!("does not go with \"{}\"", setting.spec.name)));
    }
    let mut args = Args::default();
    for knob in knobs {
        let field = match knob.name {
            AT_TOP => at_top.clone(),
            name => given.as_ref().and_then(|given| given.get(name)),
        };
        match field.filter(|field| !field.is_null()) {
            Some(field) => {
                let value = read_value(field, knob.takes, setting)?;
                args.0.insert(knob.name, value);
            }
            None => args.fill(knob),
        }
    }
    let path = |name: &str| match (name, &given) {
        (AT_TOP, _) => from.path_to(name),
        (_, Some(given)) => given.path_to(name),
        (_, None) => from.path_to("settings"),
    };
    let misfit = |misfit: Misfit| Problem::new(path(misfit.knob), misfit.message);
    (setting.spec.check)(&args, &setting.cast).map_err(misfit)?;
    Ok(args)
}

fn script(field: Field<'_>, setting: &Setting) -> Result<Vec<Order>, Problem> {
    let entries = field.list(MOST_ORDERS)?;
    entries
        .into_iter()
        .map(|entry| read_order(entry, setting))
        .collect()
}
