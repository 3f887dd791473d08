//! Text to JSON, bounded, and with every name in an object only once.

use crate::problem::Problem;
use serde::de::{self, Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};
use std::fmt;

/// The longest text that is read, in bytes.
pub(super) const MAX_TEXT: usize = 1_000_000;

/// Reads a JSON text.
///
/// # Errors
/// Refuses what is too long, is not JSON, or names a field twice.
pub fn parse(text: &str) -> Result<Value, Problem> {
    if text.len() > MAX_TEXT {
        let message = format!("is longer than {MAX_TEXT} bytes");
        return Err(Problem::new("", message));
    }
    let refuse = |error: serde_json::Error| Problem::new("", format!("not valid JSON: {error}"));
    serde_json::from_str::<Strict>(text)
        .map(|strict| strict.0)
        .map_err(refuse)
}

/// A JSON value none of whose objects names a field twice.
struct Strict(Value);

impl<'de> Deserialize<'de> for Strict {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(Builder).map(Strict)
    }
}

struct Builder;

impl<'de> Visitor<'de> for Builder {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut from: A) -> Result<Value, A::Error> {
        let mut entries = Vec::new();
        while let Some(Strict(entry)) = from.next_element()? {
            entries.push(entry);
        }
        Ok(Value::Array(entries))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut from: A) -> Result<Value, A::Error> {
        let mut fields = Map::new();
        while let Some(name) = from.next_key::<String>()? {
            let Strict(value) = from.next_value()?;
            if fields.contains_key(&name) {
                return Err(de::Error::custom(format!("field {name:?} is given twice")));
            }
            fields.insert(name, value);
        }
        Ok(Value::Object(fields))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_is_read_as_it_stands() {
        let text = r#"{"a":[1,-2,2.5,null,true,"x"],"b":{}}"#;
        assert_eq!(parse(text).unwrap().to_string(), text);
    }

    #[test]
    fn hostile_texts_are_refused() {
        let deep = "[".repeat(100_000);
        let long = " ".repeat(MAX_TEXT + 1);
        let twice = r#"{"seed":1,"seed":2}"#;
        for text in [deep.as_str(), &long, twice, "", "{", "1e999", "{}{}"] {
            assert!(parse(text).is_err());
        }
        assert!(
            parse(twice)
                .unwrap_err()
                .message
                .contains("\"seed\" is given twice")
        );
    }
}
