//! An entry of the script, read and written by the fault's own description.

use super::Scenario;
use super::knob::{read_value, write_value};
use crate::behaviours;
use crate::fault::{Args, Fault, Knob, Order, Takes};
use crate::faults;
use crate::json::{self, Field, Object};
use crate::problem::Problem;
use crate::time::Time;
use serde_json::{Map, Value};

/// Who takes part: what orders may name.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cast {
    pub(super) replicas: u16,
    /// Replicas and clients.
    pub(super) nodes: u16,
    pub(super) protocol: &'static str,
}

/// Reads an order for a scenario, such as one made by hand on a page.
///
/// # Errors
/// Refuses what the reader of scenarios would refuse; paths begin with `path`.
pub fn order_from_value(value: &Value, of: &Scenario, path: &str) -> Result<Order, Problem> {
    let cast = Cast {
        replicas: of.nodes,
        nodes: of.total_nodes(),
        protocol: of.protocol,
    };
    read_order(Field::new(value, path), &cast)
}

pub(super) fn read_order(field: Field<'_>, cast: &Cast) -> Result<Order, Problem> {
    let from = field.object()?;
    let what = from.need("do", "what is done, such as \"crash\"")?;
    let fault = what.name("order", faults::ALL.iter().map(|fault| fault.name))?;
    let fault = faults::find(fault).ok_or_else(|| what.refuse("is not known"))?;
    let mut reading = Reading {
        from: &from,
        cast,
        args: Args::default(),
        known: vec!["at_ms", "do"],
    };
    if fault.lasts {
        reading.known.push("until_ms");
    }
    reading.read(fault.knobs)?;
    let Reading { args, known, .. } = reading;
    refuse_strangers(&from, fault, &known)?;
    let misfit =
        |misfit: crate::fault::Misfit| Problem::new(from.path_to(misfit.knob), misfit.message);
    (fault.check)(&args).map_err(misfit)?;
    let at = from.or("at_ms", Time::ZERO, |f| Ok(Time::ZERO + f.span()?))?;
    Ok(Order {
        at,
        until: from.or("until_ms", None, |f| end(&f, at).map(Some))?,
        fault,
        args,
    })
}

fn refuse_strangers(
    from: &Object<'_>,
    fault: &Fault,
    known: &[&'static str],
) -> Result<(), Problem> {
    if let Some(until) = from.get("until_ms")
        && !fault.lasts
    {
        let message = format!("does not go with \"{}\", which does not last", fault.name);
        return Err(until.refuse(message));
    }
    from.only(known)
}

fn end(field: &Field<'_>, at: Time) -> Result<Time, Problem> {
    let until = Time::ZERO + field.span()?;
    if until > at {
        return Ok(until);
    }
    Err(field.refuse(format!("must be later than at_ms, which is {at}")))
}

/// The values of an order as they come together.
struct Reading<'a> {
    from: &'a Object<'a>,
    cast: &'a Cast,
    args: Args,
    /// The fields that belong to this order.
    known: Vec<&'static str>,
}

impl Reading<'_> {
    /// Reads these knobs, and those of the behaviour that one of them names.
    fn read(&mut self, knobs: &[Knob]) -> Result<(), Problem> {
        for knob in knobs {
            self.known.push(knob.name);
            let given = self.from.get(knob.name);
            let all = |field: &Field<'_>| knob.takes == Takes::NodeOrAll && field.is_null();
            let field = match given.filter(|field| !all(field)) {
                Some(field) => field,
                None if knob.optional => continue,
                None => self.from.need(knob.name, knob.says)?,
            };
            let value = read_value(field, knob.takes, self.cast)?;
            self.args.0.insert(knob.name, value);
            if knob.takes == Takes::Behaviour {
                let named = self.args.name(knob.name).and_then(behaviours::find);
                self.read(named.map_or(&[], |behaviour| behaviour.knobs))?;
            }
        }
        Ok(())
    }
}

/// An order as a script spells it.
#[must_use]
pub fn order_to_value(order: &Order) -> Value {
    let mut entry = Map::new();
    entry.insert("at_ms".into(), json::ms(order.at.since(Time::ZERO)));
    entry.insert("do".into(), order.fault.name.into());
    if let Some(until) = order.until {
        entry.insert("until_ms".into(), json::ms(until.since(Time::ZERO)));
    }
    let everyone = order.fault.knobs.iter();
    for knob in everyone.filter(|knob| knob.takes == Takes::NodeOrAll) {
        entry.insert(knob.name.into(), Value::Null);
    }
    for (name, value) in &order.args.0 {
        entry.insert((*name).into(), write_value(value));
    }
    Value::Object(entry)
}
