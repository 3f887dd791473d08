//! JSON by field: a refusal can say where, and what would be right.

use crate::problem::Problem;
use crate::time::Span;
use serde_json::{Map, Value};

mod closest;
mod strict;

pub(crate) use closest::closest;
pub use strict::parse;

/// The largest whole number that every reader of JSON keeps: 2^53 - 1.
pub const MAX_WHOLE: i64 = 9_007_199_254_740_991;

/// A value in a document, and the way to it.
#[derive(Clone, Debug)]
pub struct Field<'a> {
    /// The value.
    pub value: &'a Value,
    /// Where it stands, such as `script[2].node`.
    pub path: String,
}

/// An object in a document, and the way to it.
#[derive(Clone, Debug)]
pub struct Object<'a> {
    fields: &'a Map<String, Value>,
    path: String,
}

impl<'a> Field<'a> {
    /// The value at `path`.
    pub fn new(value: &'a Value, path: impl Into<String>) -> Self {
        Self {
            value,
            path: path.into(),
        }
    }

    /// A refusal of this value.
    pub fn refuse(&self, message: impl Into<String>) -> Problem {
        Problem::new(&self.path, message)
    }

    /// A refusal that says what this value must be, and what it is.
    pub fn must_be(&self, what: &str) -> Problem {
        self.refuse(format!("must be {what}, not {}", shown(self.value)))
    }

    /// Whether it is `null`.
    pub fn is_null(&self) -> bool {
        self.value.is_null()
    }

    /// An object with its fields.
    pub fn object(self) -> Result<Object<'a>, Problem> {
        match self.value.as_object() {
            Some(fields) => Ok(Object {
                fields,
                path: self.path,
            }),
            None => Err(self.must_be("an object")),
        }
    }

    /// A list of at most `most` entries.
    pub fn list(self, most: usize) -> Result<Vec<Field<'a>>, Problem> {
        let Some(entries) = self.value.as_array() else {
            return Err(self.must_be("a list"));
        };
        if entries.len() > most {
            return Err(self.refuse(format!(
                "has {} entries; at most {most} are allowed",
                entries.len()
            )));
        }
        let entry = |(at, value)| Field::new(value, format!("{}[{at}]", self.path));
        Ok(entries.iter().enumerate().map(entry).collect())
    }

    /// A whole number within bounds.
    pub fn whole(&self, min: i64, max: i64) -> Result<i64, Problem> {
        self.number()
            .filter(|number| (min..=max).contains(number))
            .ok_or_else(|| self.must_be(&format!("a whole number from {min} to {max}")))
    }

    /// A whole number that may be written with a decimal point.
    fn number(&self) -> Option<i64> {
        let exact = |float: &f64| *float == libm::trunc(*float) && float.abs() <= MAX_WHOLE as f64;
        let written = self.value.as_f64().filter(exact).map(|float| float as i64);
        self.value.as_i64().or(written)
    }

    /// Milliseconds with up to three decimals.
    pub fn span(&self) -> Result<Span, Problem> {
        let ms = self.value.as_f64();
        let ms = ms.ok_or_else(|| self.must_be("a number of milliseconds"))?;
        Span::try_from_ms(ms).map_err(|message| self.refuse(message))
    }

    /// Milliseconds with up to three decimals, more than none.
    pub fn period(&self) -> Result<Span, Problem> {
        match self.span()? {
            Span::ZERO => Err(self.refuse("must be more than 0 ms")),
            span => Ok(span),
        }
    }

    /// True or false.
    pub fn flag(&self) -> Result<bool, Problem> {
        self.value
            .as_bool()
            .ok_or_else(|| self.must_be("true or false"))
    }

    /// Any text.
    pub fn text(&self) -> Result<&'a str, Problem> {
        self.value.as_str().ok_or_else(|| self.must_be("text"))
    }

    /// One of these names; `what` says what they are names of.
    pub fn name(
        &self,
        what: &str,
        names: impl Iterator<Item = &'static str>,
    ) -> Result<&'static str, Problem> {
        let names: Vec<&'static str> = names.collect();
        let Some(text) = self.value.as_str() else {
            return Err(self.must_be(&format!("{what}: {}", listed(&names))));
        };
        let known = names.iter().copied().find(|name| *name == text);
        known.ok_or_else(|| self.refuse(unknown(what, text, &names)))
    }
}

impl<'a> Object<'a> {
    /// Refuses fields that are not among `names`.
    pub fn only(&self, names: &[&'static str]) -> Result<(), Problem> {
        let stranger = self.fields.keys().find(|key| !names.contains(&&***key));
        match stranger {
            None => Ok(()),
            Some(key) => {
                let message = unknown("field", &clipped(key), names);
                Err(Problem::new(self.path_to(&clipped(key)), message))
            }
        }
    }

    /// The field of this name, if it is there.
    pub fn get(&self, name: &str) -> Option<Field<'a>> {
        let value = self.fields.get(name)?;
        Some(Field::new(value, self.path_to(name)))
    }

    /// The field of this name; `what` says what belongs there.
    pub fn need(&self, name: &str, what: &str) -> Result<Field<'a>, Problem> {
        let missing = || Problem::new(self.path_to(name), format!("is missing: {what}"));
        self.get(name).ok_or_else(missing)
    }

    /// What `read` makes of the field of this name, or `default` where it is absent.
    pub fn or<T>(
        &self,
        name: &str,
        default: T,
        read: impl FnOnce(Field<'a>) -> Result<T, Problem>,
    ) -> Result<T, Problem> {
        self.get(name).map_or(Ok(default), read)
    }

    /// The path of the field of this name.
    pub fn path_to(&self, name: &str) -> String {
        if self.path.is_empty() {
            return name.into();
        }
        format!("{}.{name}", self.path)
    }
}

/// A length of time as documents have it: milliseconds, whole where they are.
pub(crate) fn ms(span: Span) -> Value {
    if span.0.is_multiple_of(1000) {
        return (span.0 / 1000).into();
    }
    span.ms().into()
}

/// A sentence that refuses a name and offers others.
pub(crate) fn unknown(what: &str, text: &str, names: &[&'static str]) -> String {
    match closest(text, names) {
        Some(name) => format!(
            "unknown {what} \"{}\"; did you mean \"{name}\"?",
            clipped(text)
        ),
        None => format!(
            "unknown {what} \"{}\"; known are {}",
            clipped(text),
            listed(names)
        ),
    }
}

/// Names in a row, for a sentence.
pub(crate) fn listed(names: &[&'static str]) -> String {
    names.join(", ")
}

/// A value as a refusal quotes it.
fn shown(value: &Value) -> String {
    match value {
        Value::Array(_) => "a list".into(),
        Value::Object(_) => "an object".into(),
        Value::String(text) => format!("\"{}\"", clipped(text)),
        plain => plain.to_string(),
    }
}

/// The beginning of a text that may be very long.
fn clipped(text: &str) -> String {
    let mut rest = text.chars();
    let start: String = rest.by_ref().take(40).collect();
    if rest.next().is_some() {
        return start + "…";
    }
    start
}
