//! Documents with something wrong in them: a value, a name, a place.

use crate::{SeededRng, pick};
use rand::RngExt;
use serde_json::Value;

/// Numbers that somebody's arithmetic does not expect.
const NUMBERS: [&str; 22] = [
    "0",
    "-0",
    "-1",
    "1",
    "0.5",
    "0.0005",
    "1e-400",
    "1e308",
    "-1e308",
    "1e999",
    "1023",
    "1024",
    "1025",
    "65535",
    "65536",
    "4294967296",
    "9007199254740991",
    "9007199254740993",
    "9223372036854775807",
    "18446744073709551615",
    "18446744073709551616",
    "123456789012345678901234567890",
];
const WORDS: [&str; 12] = [
    "\"\"",
    "null",
    "true",
    "[]",
    "{}",
    "\"crash\"",
    "\"corrupt\"",
    "\"two-faced\"",
    "\"pbft\"",
    "\"uniform\"",
    "[[0,1],[2,3]]",
    "{\"do\":\"heal\"}",
];

/// A number as text, mostly an absurd one.
pub(super) fn number(rng: &mut SeededRng) -> String {
    match rng.random_range(0..3) {
        0 => rng.random_range(0..2_000).to_string(),
        1 => rng.random_range(0..12).to_string(),
        _ => pick(rng, &NUMBERS).into(),
    }
}

/// A document with some of its values or names replaced, as text.
pub(super) fn twisted(document: &str, rng: &mut SeededRng) -> String {
    let mut value: Value = serde_json::from_str(document).unwrap_or_default();
    for _ in 0..rng.random_range(0..2) {
        drop_or_double(&mut value, rng);
    }
    let mut text = value.to_string();
    for _ in 0..pick(rng, &[0, 1, 1, 1, 2, 3]) {
        replace_one(&mut text, rng);
    }
    text
}

/// An entry of the script leaves, or comes many times.
fn drop_or_double(value: &mut Value, rng: &mut SeededRng) {
    let Some(script) = value["script"]
        .as_array_mut()
        .filter(|list| !list.is_empty())
    else {
        return;
    };
    let at = rng.random_range(0..script.len());
    let entry = script.remove(at);
    // Seldom more than a script may have: such documents are slow to read.
    let times = match rng.random_range(0..40) {
        0 => 3_000,
        some => some % 5,
    };
    if script.len() < 4_000 {
        script.extend(std::iter::repeat_n(entry, times));
    }
}

/// What stands between two signs of the text becomes something else.
fn replace_one(text: &mut String, rng: &mut SeededRng) {
    let marks = |c: char| matches!(c, ':' | ',' | '[' | '{' | ']' | '}');
    let places: Vec<usize> = text.match_indices(marks).map(|(at, _)| at).collect();
    // Mostly a value, and now and then what holds the document together.
    let anywhere = rng.random_ratio(1, 8);
    let fits = |at: &usize| anywhere || text.as_bytes()[*at] == b':';
    let starts: Vec<usize> = places.iter().copied().filter(fits).collect();
    let Some(&start) = starts.get(rng.random_range(0..starts.len().max(1))) else {
        return;
    };
    let end = places
        .iter()
        .copied()
        .find(|at| *at > start)
        .unwrap_or(text.len());
    let with = match rng.random_range(0..8) {
        0..=3 => number(rng),
        4..=5 => pick(rng, &WORDS).into(),
        6 => format!("\"{}\"", "x".repeat(rng.random_range(0..2_000))),
        _ => String::new(),
    };
    text.replace_range(start + 1..end, &with);
}
