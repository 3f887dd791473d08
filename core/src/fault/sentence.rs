//! An order of the script in a sentence, made from its fault's own words.
//!
//! In these words a field stands for the value of a knob: `{node}`. `{node|each
//! node}` says what stands there if it was left out. Of `[ to {peer}]` nothing is
//! left if a value in it was left out. `{?both}` asks that a flag is set, and
//! `{-how}` that a value is told already; both say nothing. Values that are not
//! told follow in brackets, so that none is lost.

use super::Order;
use crate::knob::Value;
use std::collections::BTreeSet;

/// An order in a sentence, without its capital and its full stop; `word` says a knob's value.
#[must_use]
pub fn sentence(order: &Order, word: &dyn Fn(&'static str, &Value) -> String) -> String {
    let mut telling = Telling {
        order,
        word,
        told: BTreeSet::new(),
    };
    let mut says = String::new();
    let mut rest = (order.fault.tells)(&order.args);
    while let Some((before, optional)) = rest.split_once('[') {
        let (part, after) = optional.split_once(']').unwrap_or((optional, ""));
        says.push_str(&telling.fill(before).unwrap_or_default());
        says.push_str(&telling.fill(part).unwrap_or_default());
        rest = after;
    }
    says.push_str(&telling.fill(rest).unwrap_or_default());
    telling.add_the_rest(&mut says);
    says
}

struct Telling<'a> {
    order: &'a Order,
    word: &'a dyn Fn(&'static str, &Value) -> String,
    told: BTreeSet<&'a str>,
}

impl Telling<'_> {
    /// Fills in the fields; nothing if a value was left out that has no word for that.
    fn fill(&mut self, mut words: &'static str) -> Option<String> {
        let mut says = String::new();
        while let Some((before, field)) = words.split_once('{') {
            let (field, after) = field.split_once('}')?;
            says.push_str(before);
            says.push_str(&self.field(field)?);
            words = after;
        }
        says.push_str(words);
        Some(says)
    }

    fn field(&mut self, field: &'static str) -> Option<String> {
        let (name, otherwise) = match field.split_once('|') {
            Some((name, otherwise)) => (name, Some(otherwise)),
            None => (field, None),
        };
        let knob = name.trim_start_matches(['?', '-']);
        self.told.insert(knob);
        if name.starts_with('-') {
            return Some(String::new());
        }
        if name.starts_with('?') {
            return self.order.args.flag(knob).then(String::new);
        }
        let mut args = self.order.args.0.iter();
        match args.find(|(name, _)| **name == knob) {
            Some((name, value)) => Some((self.word)(name, value)),
            None => otherwise.map(str::to_string),
        }
    }

    fn add_the_rest(&self, says: &mut String) {
        let args = self.order.args.0.iter();
        let left = args.filter(|(name, _)| !self.told.contains(**name));
        let told: Vec<String> = left
            .map(|(name, value)| {
                let knob = name.trim_end_matches("_ms").replace('_', " ");
                format!("{knob} {}", (self.word)(name, value))
            })
            .collect();
        if !told.is_empty() {
            says.push_str(&format!(" ({})", told.join(", ")));
        }
    }
}

#[cfg(test)]
mod tests;
