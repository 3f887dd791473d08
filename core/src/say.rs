//! One way to make a sentence: a whole template, filled in with values.
//!
//! A template is the whole sentence, so that it can be put into another language as
//! a whole; no code adds endings, articles or full stops to it. In it
//!
//! - `{who}` is the value of a field, and `{Who}` the same at the start of a sentence;
//! - `{node|each node}` says what stands there if the field has no value;
//! - `{votes:one replica agrees|# replicas agree}` chooses a form by the count of a field,
//!   and `#` is the number. [`form`] is the rule of the language;
//! - `[ to {peer}]` is left out if a field in it has no value, and `{?both}` in it asks
//!   for a value and says nothing.
//!
//! What is told comes back beside the text, so that it can be held against what happened.

use crate::cast::Cast;
use crate::protocol::{About, Label, NodeId};

/// More pieces of a list of nodes than this are told by their count.
const MOST_PIECES: usize = 6;

/// A value in a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Arg {
    /// Nodes, by what they are called; counted by how many they are.
    Nodes(Vec<NodeId>),
    /// Groups of nodes.
    Sides(Vec<Vec<NodeId>>),
    /// A whole number.
    Number(u64),
    /// A name, or a quantity with its unit.
    Text(String),
}

/// The values of a sentence's fields.
#[derive(Clone, Debug)]
pub struct Fields<'a> {
    cast: &'a Cast,
    values: Vec<(&'static str, Arg)>,
}

/// A sentence, and the values that it tells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// The sentence.
    pub text: String,
    /// The fields that stand in it, in order, with their values.
    pub told: Vec<(&'static str, Arg)>,
}

impl<'a> Fields<'a> {
    /// No values yet; `cast` knows what nodes are called.
    #[must_use]
    pub const fn new(cast: &'a Cast) -> Self {
        let values = Vec::new();
        Self { cast, values }
    }

    /// The same with one more value; the first of a name counts.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: Arg) -> Self {
        self.values.push((name, value));
        self
    }

    /// With a node.
    #[must_use]
    pub fn node(self, name: &'static str, node: NodeId) -> Self {
        self.with(name, Arg::Nodes(vec![node]))
    }

    /// With nodes, if there are any.
    #[must_use]
    pub fn nodes(self, name: &'static str, nodes: &[NodeId]) -> Self {
        match nodes {
            [] => self,
            some => self.with(name, Arg::Nodes(some.to_vec())),
        }
    }

    /// With a number.
    #[must_use]
    pub fn number(self, name: &'static str, number: impl Into<u64>) -> Self {
        self.with(name, Arg::Number(number.into()))
    }

    /// With a text.
    #[must_use]
    pub fn text(self, name: &'static str, text: impl Into<String>) -> Self {
        self.with(name, Arg::Text(text.into()))
    }

    /// With a text, if there is one.
    #[must_use]
    pub fn maybe(self, name: &'static str, text: Option<impl Into<String>>) -> Self {
        match text {
            Some(text) => self.text(name, text),
            None => self,
        }
    }

    /// With the numbers of a label: `slot` and `round`, or the `number` of a request whose `op` is
    /// not known. A state before the first slot has none.
    #[must_use]
    pub fn label(self, about: About, label: Label) -> Self {
        let Label { view, sequence, .. } = label;
        match about {
            About::Number => self.number("slot", sequence).number("round", view),
            About::View => self.number("round", view),
            About::State if sequence > 0 => self.number("slot", sequence),
            About::Request if self.get("op").is_none() => self.number("number", sequence),
            About::State | About::Request => self,
        }
    }

    /// Without the value of a field.
    #[must_use]
    pub fn without(mut self, name: &str) -> Self {
        self.values.retain(|(known, _)| *known != name);
        self
    }

    /// The value of a field, whose first letter may be a capital.
    fn get(&self, name: &str) -> Option<&(&'static str, Arg)> {
        let mut all = self.values.iter();
        all.find(|(known, _)| known.eq_ignore_ascii_case(name))
    }
}

/// Fills in a template.
#[must_use]
pub fn say(template: &str, fields: &Fields<'_>) -> Said {
    let mut said = Said::default();
    let mut rest = template;
    while let Some((before, optional)) = rest.split_once('[') {
        let (part, after) = optional.split_once(']').unwrap_or((optional, ""));
        said.add(before, fields);
        let mut whole = Said::default();
        if whole.add(part, fields) {
            said.text.push_str(&whole.text);
            said.told.append(&mut whole.told);
        }
        rest = after;
    }
    said.add(rest, fields);
    said
}

impl Said {
    /// Adds a part without optional ones: whether all its fields have values.
    fn add(&mut self, mut part: &str, fields: &Fields<'_>) -> bool {
        let mut complete = true;
        while let Some((before, field)) = part.split_once('{') {
            let (field, after) = field.split_once('}').unwrap_or((field, ""));
            self.text.push_str(before);
            complete &= self.fill(field, fields);
            part = after;
        }
        self.text.push_str(part);
        complete
    }

    /// Adds a field: whether it has a value, or a text in place of one.
    fn fill(&mut self, field: &str, fields: &Fields<'_>) -> bool {
        let end = field.find([':', '|']).unwrap_or(field.len());
        let (name, more) = field.split_at(end);
        let found = fields.get(name.trim_start_matches('?'));
        let Some((known, value)) = found else {
            self.text.push_str(more.strip_prefix('|').unwrap_or(""));
            return more.starts_with('|');
        };
        if name.starts_with('?') {
            return true;
        }
        match more.strip_prefix(':') {
            Some(forms) => {
                let count = value.count();
                let chosen = forms.split('|').nth(form(count)).unwrap_or(forms);
                if chosen.contains('#') {
                    self.told.push((known, value.clone()));
                }
                self.text.push_str(&chosen.replace('#', &count.to_string()));
            }
            None => {
                let text = value.text(fields.cast);
                let starts = name.starts_with(|letter: char| letter.is_ascii_uppercase());
                self.text
                    .push_str(&if starts { capital(&text) } else { text });
                self.told.push((known, value.clone()));
            }
        }
        true
    }
}

impl Arg {
    fn count(&self) -> u64 {
        match self {
            Self::Nodes(nodes) => nodes.len() as u64,
            Self::Sides(sides) => sides.len() as u64,
            Self::Number(number) => *number,
            Self::Text(_) => 1,
        }
    }

    /// How it stands in a sentence.
    #[must_use]
    pub fn text(&self, cast: &Cast) -> String {
        match self {
            Self::Nodes(nodes) => names(nodes, cast),
            Self::Sides(sides) => {
                let sides = sides.iter().map(|side| names(side, cast));
                sides.collect::<Vec<_>>().join(" | ")
            }
            Self::Number(number) => number.to_string(),
            Self::Text(text) => text.clone(),
        }
    }
}

/// Which form of a word goes with a count: the first for one, the second for others.
///
/// A language with more forms has its own rule, and so many forms in each choice.
#[must_use]
pub const fn form(count: u64) -> usize {
    (count != 1) as usize
}

/// The same with a capital letter.
#[must_use]
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).collect()
}

/// Things in a row: `a, b and c`.
#[must_use]
pub fn list(things: &[String]) -> String {
    match things {
        [] => String::new(),
        [one] => one.clone(),
        [some @ .., last] => format!("{} and {last}", some.join(", ")),
    }
}

/// What nodes are called together: `replica 1`, `replicas 0 and 1 and client 4`.
#[must_use]
pub fn names(nodes: &[NodeId], cast: &Cast) -> String {
    let alike = |one: &NodeId, other: &NodeId| cast.role_index(*one) == cast.role_index(*other);
    let groups = nodes.chunk_by(alike);
    let named: Vec<String> = groups
        .map(|group| match group {
            [one] => cast.name(*one),
            some => format!("{} {}", cast.role(some[0]).plural, numbers(some)),
        })
        .collect();
    list(&named)
}

/// The numbers of several nodes: `0, 1 and 3`, or `0 to 6 and 9`, or `0, 2, 4, 6, 8 and 7 others`.
fn numbers(nodes: &[NodeId]) -> String {
    let all: Vec<String> = nodes.iter().map(ToString::to_string).collect();
    if all.len() <= MOST_PIECES {
        return list(&all);
    }
    let mut runs: Vec<&[NodeId]> = Vec::new();
    for run in nodes.chunk_by(|one, other| one.0 + 1 == other.0) {
        match run.len() {
            ..=2 => runs.extend(run.chunks(1)),
            _ => runs.push(run),
        }
    }
    let piece = |run: &&[NodeId]| match run {
        [first, .., last] => format!("{first} to {last}"),
        _ => run.first().map(ToString::to_string).unwrap_or_default(),
    };
    if runs.len() <= MOST_PIECES {
        return list(&runs.iter().map(piece).collect::<Vec<_>>());
    }
    let shown = &runs[..MOST_PIECES - 1];
    let left = nodes.len() - shown.iter().map(|run| run.len()).sum::<usize>();
    let mut pieces: Vec<String> = shown.iter().map(piece).collect();
    pieces.push(format!("{left} others"));
    list(&pieces)
}

#[cfg(test)]
mod tests;
