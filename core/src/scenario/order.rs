//! An entry of the script, read and written by the fault's own description.

use super::Scenario;
use super::knob::{read_value, write_value};
use crate::cast::Cast;
use crate::fault::{Fault, Order};
use crate::faults;
use crate::json::{self, Field, Object};
use crate::knob::{Args, Knob, Misfit, Takes};
use crate::problem::Problem;
use crate::spec::Spec;
use crate::time::Time;
use serde_json::{Map, Value};

/// What orders may name: the nodes that take part, and what the system offers.
#[derive(Clone, Copy, Debug)]
pub(super) struct Setting {
    pub(super) cast: Cast,
    pub(super) spec: &'static Spec,
}

/// Reads an order for a scenario, such as one made by hand on a page.
///
/// # Errors
/// Refuses what the reader of scenarios would refuse; paths begin with `path`.
pub fn order_from_value(value: &Value, of: &Scenario, path: &str) -> Result<Order, Problem> {
    let setting = Setting {
        cast: of.cast,
        spec: of.spec,
    };
    read_order(Field::new(value, path), &setting)
}

pub(super) fn read_order(field: Field<'_>, setting: &Setting) -> Result<Order, Problem> {
    let from = field.object()?;
    let what = from.need("do", "what is done, such as \"crash\"")?;
    let fault = what.name("order", faults::ALL.iter().map(|fault| fault.name))?;
    let fault = faults::find(fault).ok_or_else(|| what.refuse("is not known"))?;
    if !(fault.fits)(setting.spec) {
        let says = format!("\"{}\" does nothing in {}", fault.name, setting.spec.name);
        return Err(what.refuse(says));
    }
    let mut reading = Reading {
        from: &from,
        setting,
        args: Args::default(),
        known: vec!["at_ms", "do"],
    };
    if fault.lasts {
        reading.known.push("until_ms");
    }
    reading.read(fault.knobs)?;
    let Reading { args, known, .. } = reading;
    refuse_strangers(&from, fault, &known)?;
    refuse_who_cannot(&from, &args, setting)?;
    let misfit = |misfit: Misfit| Problem::new(from.path_to(misfit.knob), misfit.message);
    (fault.check)(&args).map_err(misfit)?;
    let at = from.or("at_ms", Time::ZERO, |f| Ok(Time::ZERO + f.span()?))?;
    Ok(Order {
        at,
        until: from.or("until_ms", None, |f| end(&f, at).map(Some))?,
        fault,
        args,
    })
}

/// Refuses a behaviour that the node's role knows nothing of.
fn refuse_who_cannot(from: &Object<'_>, args: &Args, setting: &Setting) -> Result<(), Problem> {
    let named = args.name("behaviour");
    let behaviour = named.and_then(|name| setting.spec.behaviour(name));
    let (Some(behaviour), Some(node)) = (behaviour, args.node("node")) else {
        return Ok(());
    };
    if setting.cast.allows(node, behaviour.by) {
        return Ok(());
    }
    let role = setting.cast.role(node).name;
    let says = format!("\"{}\" is nothing that a {role} can do", behaviour.name);
    Err(Problem::new(from.path_to("behaviour"), says))
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
    setting: &'a Setting,
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
                None if !knob.must() => continue,
                None => self.from.need(knob.name, knob.says)?,
            };
            let value = read_value(field, knob.takes, self.setting)?;
            self.args.0.insert(knob.name, value);
            if knob.takes == Takes::Behaviour {
                let named = self
                    .args
                    .name(knob.name)
                    .and_then(|name| self.setting.spec.behaviour(name));
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
