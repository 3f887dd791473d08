//! Latency models as scenarios spell them.
//!
//! | `model` | fields | left out |
//! |---|---|---|
//! | `constant` | `ms` | |
//! | `uniform` | `min_ms`, `max_ms` | |
//! | `normal` | `mean_ms`, `sd_ms` | |
//! | `exponential` | `mean_ms`, `min_ms` (comes on top of the mean) | `min_ms` 0 |
//! | `pareto` | `min_ms`, `shape` (up to three decimals), `max_ms` | `max_ms` 100 times `min_ms` |
//! | `regions` | `places`, `of` (each node's place, replicas first), `round_trip_ms`, `jitter_ms` | `of`: places in turn; `round_trip_ms`: the built-in table; `jitter_ms` 0 |

use super::regions::known_round_trips;
use super::{Latency, PLACES, Regions};
use crate::json::{Field, Object, ms};
use crate::problem::Problem;
use crate::time::Span;
use serde_json::{Value, json};
use std::rc::Rc;

/// The names of the models.
pub const MODELS: [&str; 6] = [
    "constant",
    "uniform",
    "normal",
    "exponential",
    "pareto",
    "regions",
];

const MOST_PLACES: usize = 64;

/// Reads a model for a cluster of so many nodes, clients included.
pub(crate) fn read(field: Field<'_>, nodes: u16) -> Result<Latency, Problem> {
    let from = field.object()?;
    let what = "one of constant, uniform, normal, exponential, pareto, regions";
    let model = from.need("model", what)?;
    match model.name("latency model", MODELS.into_iter())? {
        "constant" => {
            from.only(&["model", "ms"])?;
            Ok(Latency::Constant(span(&from, "ms")?))
        }
        "uniform" => {
            from.only(&["model", "min_ms", "max_ms"])?;
            let min = span(&from, "min_ms")?;
            let max = at_least(&from, "max_ms", span(&from, "max_ms")?, min)?;
            Ok(Latency::Uniform { min, max })
        }
        "normal" => {
            from.only(&["model", "mean_ms", "sd_ms"])?;
            let (mean, sd) = (span(&from, "mean_ms")?, span(&from, "sd_ms")?);
            Ok(Latency::Normal { mean, sd })
        }
        "exponential" => {
            from.only(&["model", "mean_ms", "min_ms"])?;
            let mean = span(&from, "mean_ms")?;
            let min = from.or("min_ms", Span::ZERO, |field| field.span())?;
            Ok(Latency::Exponential { min, mean })
        }
        "pareto" => read_pareto(&from),
        _ => read_regions(&from, nodes),
    }
}

fn span(from: &Object<'_>, name: &str) -> Result<Span, Problem> {
    from.need(name, "a number of milliseconds")?.span()
}

fn at_least(from: &Object<'_>, name: &str, span: Span, least: Span) -> Result<Span, Problem> {
    if span >= least {
        return Ok(span);
    }
    let message = format!("must be at least min_ms, which is {least}, not {span}");
    Err(Problem::new(from.path_to(name), message))
}

fn read_pareto(from: &Object<'_>) -> Result<Latency, Problem> {
    from.only(&["model", "min_ms", "shape", "max_ms"])?;
    let min = span(from, "min_ms")?;
    let shape = from.need("shape", "a number above 0, such as 1.5")?;
    let given = shape.value.as_f64().unwrap_or(0.0);
    let thousandths = libm::round(given * 1000.0);
    let exact = thousandths / 1000.0 == given && (1.0..=100_000.0).contains(&thousandths);
    if !exact {
        return Err(shape.refuse("must be a number from 0.001 to 100 with up to three decimals"));
    }
    let max = from.or("max_ms", longest(min), |field| field.span())?;
    Ok(Latency::Pareto {
        min,
        shape: thousandths as u32,
        max: at_least(from, "max_ms", max, min)?,
    })
}

/// The longest span of a heavy tail where the scenario does not say.
fn longest(min: Span) -> Span {
    Span(min.0.saturating_mul(100).min(Span::MAX.0))
}

fn read_regions(from: &Object<'_>, nodes: u16) -> Result<Latency, Problem> {
    from.only(&["model", "places", "of", "round_trip_ms", "jitter_ms"])?;
    let places = read_places(from)?;
    let of = from.or("of", Vec::new(), |field| read_of(field, &places, nodes))?;
    let round_trip = match from.get("round_trip_ms") {
        Some(table) => read_table(table, places.len())?,
        None => known_round_trips(&places).ok_or_else(|| {
            let known = PLACES.join(", ");
            let message = format!("is missing: needed for places other than {known}");
            Problem::new(from.path_to("round_trip_ms"), message)
        })?,
    };
    let jitter = from.or("jitter_ms", Span::ZERO, |field| field.span())?;
    Ok(Latency::Regions(Rc::new(Regions {
        places,
        of,
        round_trip,
        jitter,
    })))
}

fn read_places(from: &Object<'_>) -> Result<Vec<String>, Problem> {
    let field = from.need("places", "a list of names")?;
    let path = field.path.clone();
    let mut places: Vec<String> = Vec::new();
    for entry in field.list(MOST_PLACES)? {
        let name = entry.text()?;
        if name.is_empty() || name.len() > 64 {
            return Err(entry.refuse("must be a name of 1 to 64 letters"));
        }
        if places.iter().any(|place| place == name) {
            return Err(entry.refuse(format!("\"{name}\" is named twice")));
        }
        places.push(name.into());
    }
    if places.is_empty() {
        return Err(Problem::new(path, "must name at least one place"));
    }
    Ok(places)
}

fn read_of(field: Field<'_>, places: &[String], nodes: u16) -> Result<Vec<u16>, Problem> {
    let place = |entry: Field<'_>| {
        let named = entry.value.as_str();
        let at = match named {
            Some(name) => places.iter().position(|place| place == name),
            None => entry
                .whole(0, places.len() as i64 - 1)
                .ok()
                .map(|at| at as usize),
        };
        at.map(|at| at as u16).ok_or_else(|| {
            let names = places.join(", ");
            entry.refuse(format!("must be a place or its index; places are {names}"))
        })
    };
    field.list(nodes.into())?.into_iter().map(place).collect()
}

fn read_table(field: Field<'_>, places: usize) -> Result<Vec<Vec<Span>>, Problem> {
    let row = |field| entries(field, places)?.iter().map(Field::span).collect();
    entries(field, places)?.into_iter().map(row).collect()
}

/// A list with an entry for each place.
fn entries(field: Field<'_>, places: usize) -> Result<Vec<Field<'_>>, Problem> {
    let path = field.path.clone();
    let entries = field.list(MOST_PLACES)?;
    if entries.len() == places {
        return Ok(entries);
    }
    let message = format!("must have an entry for each of the {places} places");
    Err(Problem::new(path, message))
}

/// The model as a scenario spells it; `brief` leaves out what reading puts back.
pub(crate) fn write(latency: &Latency, brief: bool) -> Value {
    match latency {
        Latency::Constant(span) => json!({ "model": "constant", "ms": ms(*span) }),
        Latency::Uniform { min, max } => {
            json!({ "model": "uniform", "min_ms": ms(*min), "max_ms": ms(*max) })
        }
        Latency::Normal { mean, sd } => {
            json!({ "model": "normal", "mean_ms": ms(*mean), "sd_ms": ms(*sd) })
        }
        Latency::Exponential { min, mean } => {
            let mut form = json!({ "model": "exponential", "mean_ms": ms(*mean) });
            put(&mut form, "min_ms", ms(*min), brief && *min == Span::ZERO);
            form
        }
        Latency::Pareto { min, shape, max } => {
            let shape = f64::from(*shape) / 1000.0;
            let mut form = json!({ "model": "pareto", "min_ms": ms(*min), "shape": shape });
            put(
                &mut form,
                "max_ms",
                ms(*max),
                brief && *max == longest(*min),
            );
            form
        }
        Latency::Regions(regions) => write_regions(regions, brief),
    }
}

fn write_regions(regions: &Regions, brief: bool) -> Value {
    let known = known_round_trips(&regions.places).as_ref() == Some(&regions.round_trip);
    let row = |row: &Vec<Span>| row.iter().map(|span| ms(*span)).collect::<Value>();
    let table: Value = regions.round_trip.iter().map(row).collect();
    let no_jitter = regions.jitter == Span::ZERO;
    let mut form = json!({ "model": "regions", "places": regions.places });
    put(
        &mut form,
        "of",
        json!(regions.of),
        brief && regions.of.is_empty(),
    );
    put(&mut form, "round_trip_ms", table, brief && known);
    put(
        &mut form,
        "jitter_ms",
        ms(regions.jitter),
        brief && no_jitter,
    );
    form
}

fn put(form: &mut Value, name: &str, value: Value, left_out: bool) {
    if !left_out {
        form[name] = value;
    }
}
