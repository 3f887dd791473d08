//! Texts that nobody means well with: links cut short, bits turned, bombs, absurd numbers, noise.

use super::json;
use crate::soak::{Plan, scenario};
use crate::{SeededRng, pick};
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use miniz_oxide::deflate::compress_to_vec;
use quorumscope_core::link::{LinkExtras, MAX_CODE, decode, encode, find_in};
use quorumscope_core::presets::{self, Preset};
use rand::RngExt;

/// Lengths of what bombs inflate to: just over what is read, and far over.
const BOMBS: [usize; 3] = [1_000_001, 4_000_000, 40_000_000];
/// How deep a document may be nested here; a reader that recurses must stop long before.
const DEEPEST: usize = 100_000;
/// Parameters of readable links, and some that are not.
const NAMES: [&str; 20] = [
    "preset",
    "protocol",
    "n",
    "nodes",
    "clients",
    "seed",
    "quorum",
    "latency",
    "requests",
    "gap",
    "until",
    "timeout",
    "batch",
    "loss",
    "f",
    "behaviour",
    "s",
    "embed",
    "t",
    "",
];
const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// What hostile texts are made from.
pub struct Seeds {
    codes: Vec<String>,
    documents: Vec<String>,
    bombs: Vec<String>,
}

impl Seeds {
    /// The presets, random scenarios, and the links in `corpus`, one a line.
    #[must_use]
    pub fn new(corpus: &str) -> Self {
        let kept = corpus.split_whitespace().filter_map(find_in);
        let mut codes: Vec<String> = kept.map(String::from).collect();
        let drawn = (0..32).map(|seed| scenario(Plan::Safety, &[], seed));
        let known = presets::known().into_iter().map(Preset::scenario);
        codes.extend(
            known
                .chain(drawn)
                .map(|s| encode(&s, &LinkExtras::default())),
        );
        let read = codes.iter().filter_map(|code| decode(code).ok());
        let documents = read.map(|(scenario, _)| scenario.to_value().to_string());
        Self {
            documents: documents.collect(),
            codes,
            bombs: BOMBS.map(bomb).to_vec(),
        }
    }
}

/// A link that inflates to so many bytes.
fn bomb(length: usize) -> String {
    packed(&format!("{{\"view\":\"{}\"}}", " ".repeat(length)))
}

/// A link around any text.
fn packed(text: &str) -> String {
    let bytes = compress_to_vec(text.as_bytes(), 1);
    format!("1.{}", BASE64_URL_SAFE_NO_PAD.encode(bytes))
}

/// One hostile text, as somebody might paste it.
pub(super) fn text(seeds: &Seeds, rng: &mut SeededRng) -> String {
    let code = || seeds.codes.iter();
    let one = |rng: &mut SeededRng| code().nth(rng.random_range(0..seeds.codes.len()));
    let base = one(rng).cloned().unwrap_or_default();
    let code = match rng.random_range(0..1_000) {
        0 => seeds.bombs[rng.random_range(0..seeds.bombs.len())].clone(),
        1..=2 => deep(rng),
        3..=5 => oversized(&base, rng),
        6..=250 => cut(&base, rng),
        251..=500 => turned(base, rng),
        501..=800 => {
            let at = rng.random_range(0..seeds.documents.len());
            packed(&json::twisted(&seeds.documents[at], rng))
        }
        801..=960 => return query(rng),
        961..=980 => flipped(&base, rng),
        _ => return noise(rng, 200),
    };
    match rng.random_range(0..4) {
        0 => code,
        1 => format!("https://quorumscope.example/?embed=1#s={code}"),
        2 => format!("?s={code}&t=1"),
        _ => format!("#s={code}"),
    }
}

fn cut(code: &str, rng: &mut SeededRng) -> String {
    let mut rest = code.to_owned();
    rest.truncate(rng.random_range(0..=code.len()));
    if rng.random_ratio(1, 3) {
        rest.push_str(&code[code.len() - rng.random_range(0..=code.len())..]);
    }
    rest
}

/// Some letters become others.
fn turned(code: String, rng: &mut SeededRng) -> String {
    let mut bytes = code.into_bytes();
    for _ in 0..rng.random_range(1..=8) {
        let at = rng.random_range(0..bytes.len());
        bytes[at] = if rng.random_ratio(1, 20) {
            rng.random_range(0..128)
        } else {
            pick(rng, LETTERS)
        };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Single bits of what is packed are turned.
fn flipped(code: &str, rng: &mut SeededRng) -> String {
    let packed = code.strip_prefix("1.").unwrap_or(code);
    let mut bytes = BASE64_URL_SAFE_NO_PAD.decode(packed).unwrap_or_default();
    for _ in 0..rng.random_range(1..=4) {
        if bytes.is_empty() {
            break;
        }
        let at = rng.random_range(0..bytes.len());
        bytes[at] ^= 1 << rng.random_range(0..8);
    }
    format!("1.{}", BASE64_URL_SAFE_NO_PAD.encode(bytes))
}

/// About as long as what is read, or longer.
fn oversized(code: &str, rng: &mut SeededRng) -> String {
    let times = (MAX_CODE + rng.random_range(0..MAX_CODE)) / code.len().max(1);
    code.repeat(times)
}

fn deep(rng: &mut SeededRng) -> String {
    let depth = rng.random_range(100..=DEEPEST);
    let (open, shut) = pick(
        rng,
        &[("[", "]"), ("{\"a\":", "}"), ("{\"script\":[", "]}")],
    );
    let mut text = format!("{{\"script\":{}", open.repeat(depth));
    if rng.random_ratio(1, 2) {
        text.push('1');
        text.push_str(&shut.repeat(depth));
        text.push('}');
    }
    packed(&text)
}

/// A link by hand, with anything for values.
fn query(rng: &mut SeededRng) -> String {
    let mut text = String::from("https://quorumscope.example/?");
    let known = presets::known();
    for _ in 0..rng.random_range(0..8) {
        let value = match rng.random_range(0..6) {
            0 => known[rng.random_range(0..known.len())].name.into(),
            1 => json::number(rng),
            2 => format!("{}..{}", json::number(rng), json::number(rng)),
            3 => rng.random_range(0..20).to_string(),
            4 => pick(
                rng,
                &["two-faced", "silent", "puppet", "pbft", "2.5%", "%zz%4"],
            )
            .into(),
            _ => noise(rng, 20),
        };
        text.push_str(&format!("{}={value}&", pick(rng, &NAMES)));
    }
    text
}

/// Any signs at all.
fn noise(rng: &mut SeededRng, most: u64) -> String {
    let length = rng.random_range(0..most);
    let sign = |rng: &mut SeededRng| match rng.random_range(0..4) {
        0 => char::from(rng.random_range(0..128)),
        1 => pick(rng, &['#', '?', '=', '&', '%', '.', '1', 's', '{', '"']),
        _ => char::from_u32(rng.random_range(0..0x11_0000)).unwrap_or('\u{fffd}'),
    };
    (0..length).map(|_| sign(rng)).collect()
}
