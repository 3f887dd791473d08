//! Reads a scenario document, version 1.

use super::knob::read_value;
use super::order::{Setting, read_order};
use super::{Scenario, VERSION, latency};
use crate::cast::Cast;
use crate::fault::Order;
use crate::json::{Field, MAX_WHOLE, Object};
use crate::knob::{Args, Knob, Misfit};
use crate::problem::Problem;
use crate::spec::Spec;
use crate::systems;
use crate::time::Time;
use crate::workload;
use serde_json::Value;

const FIELDS: [&str; 12] = [
    "version", "protocol", "cast", "nodes", "clients", "seed", "quorum", "latency", "workload",
    "settings", "script", "until_ms",
];
/// The one setting that stands beside the others' object, since version 1 put it there.
pub(super) const AT_TOP: &str = "quorum";
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
        workload: workload(&from, &setting)?,
        script: from.or("script", Vec::new(), |f| script(f, &setting))?,
        until: from.or("until_ms", usual.until, |f| Ok(Time::ZERO + f.span()?))?,
        #[cfg(feature = "flaws")]
        flaw: None,
    })
}

fn system(field: &Field<'_>) -> Result<&'static Spec, Problem> {
    let names = systems::names();
    let name = field.name("protocol", names.iter().copied())?;
    systems::find(name).ok_or_else(|| Problem {
        absent: systems::absent().into_iter().find(|absent| *absent == name),
        ..field.refuse("is a system that is not here yet")
    })
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

fn workload(from: &Object<'_>, setting: &Setting) -> Result<Args, Problem> {
    let given = from.get("workload").map(Field::object).transpose()?;
    let args = knobs(given.as_ref(), setting.spec.workload, None, setting)?;
    workload::check(&args).map_err(|misfit| refuse(from, "workload", given.as_ref(), &misfit))?;
    Ok(args)
}

/// The values of an object's knobs, with their defaults filled in; `apart` stands elsewhere.
fn knobs(
    given: Option<&Object<'_>>,
    knobs: &[Knob],
    apart: Option<(&'static str, Option<&Field<'_>>)>,
    setting: &Setting,
) -> Result<Args, Problem> {
    let elsewhere = apart.map(|(name, _)| name);
    if let Some(given) = given {
        let names = knobs.iter().map(|knob| knob.name);
        let names: Vec<_> = names.filter(|name| Some(*name) != elsewhere).collect();
        given.only(&names)?;
    }
    let mut args = Args::default();
    for knob in knobs {
        let field = match apart {
            Some((name, field)) if name == knob.name => field.cloned(),
            _ => given.and_then(|given| given.get(knob.name)),
        };
        match field.filter(|field| !field.is_null()) {
            Some(field) => {
                let value = read_value(field, knob.takes, setting)?;
                args.0.insert(knob.name, value);
            }
            None => args.fill(knob),
        }
    }
    Ok(args)
}

/// A misfit of an object's knobs, by its path.
fn refuse(from: &Object<'_>, name: &str, given: Option<&Object<'_>>, misfit: &Misfit) -> Problem {
    let path = match given {
        _ if misfit.knob == AT_TOP => from.path_to(AT_TOP),
        _ if misfit.knob.starts_with("cast.") => from.path_to(misfit.knob),
        Some(given) => given.path_to(misfit.knob),
        None => from.path_to(name),
    };
    Problem::new(path, misfit.message.clone())
}

fn settings(from: &Object<'_>, setting: &Setting) -> Result<Args, Problem> {
    let spec = setting.spec;
    let given = from.get("settings").map(Field::object).transpose()?;
    let at_top = from.get(AT_TOP);
    if let Some(field) = &at_top
        && !spec.knobs.iter().any(|knob| knob.name == AT_TOP)
    {
        return Err(field.refuse(format!("does not go with \"{}\"", spec.name)));
    }
    let args = knobs(
        given.as_ref(),
        spec.knobs,
        Some((AT_TOP, at_top.as_ref())),
        setting,
    )?;
    (spec.check)(&args, &setting.cast)
        .map_err(|misfit| refuse(from, "settings", given.as_ref(), &misfit))?;
    Ok(args)
}

fn script(field: Field<'_>, setting: &Setting) -> Result<Vec<Order>, Problem> {
    let entries = field.list(MOST_ORDERS)?;
    entries
        .into_iter()
        .map(|entry| read_order(entry, setting))
        .collect()
}
