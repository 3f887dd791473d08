//! Texts that nobody means well with: links cut short, bits turned, bombs, absurd numbers, noise.

use super::json;
use crate::soak::dice::Dice;
use crate::soak::{Plan, scenario};
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use miniz_oxide::deflate::compress_to_vec;
use quorumscope_core::link::{LinkExtras, MAX_CODE, decode, encode, find_in};
use quorumscope_core::presets;

/// Lengths of what bombs inflate to: just over what is read, and far over.
const BOMBS: [usize; 3] = [1_000_001, 4_000_000, 40_000_000];
/// How deep a document may be nested here; a reader that recurses must stop long before.
const DEEPEST: u64 = 100_000;
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
        let drawn = (0..32).map(|seed| scenario(Plan::Safety, seed));
        let known = presets::ALL.iter().map(|preset| preset.scenario());
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
pub(super) fn text(seeds: &Seeds, dice: &mut Dice) -> String {
    let code = || seeds.codes.iter();
    let one = |dice: &mut Dice| code().nth(dice.below(seeds.codes.len() as u64) as usize);
    let base = one(dice).cloned().unwrap_or_default();
    let code = match dice.below(1_000) {
        0 => seeds.bombs[dice.below(seeds.bombs.len() as u64) as usize].clone(),
        1..=2 => deep(dice),
        3..=5 => oversized(&base, dice),
        6..=250 => cut(&base, dice),
        251..=500 => turned(base, dice),
        501..=800 => {
            let at = dice.below(seeds.documents.len() as u64) as usize;
            packed(&json::twisted(&seeds.documents[at], dice))
        }
        801..=960 => return query(dice),
        961..=980 => flipped(&base, dice),
        _ => return noise(dice, 200),
    };
    match dice.below(4) {
        0 => code,
        1 => format!("https://quorumscope.example/?embed=1#s={code}"),
        2 => format!("?s={code}&t=1"),
        _ => format!("#s={code}"),
    }
}

fn cut(code: &str, dice: &mut Dice) -> String {
    let mut rest = code.to_owned();
    rest.truncate(dice.below(code.len() as u64 + 1) as usize);
    if dice.once_in(3) {
        rest.push_str(&code[code.len() - dice.below(code.len() as u64 + 1) as usize..]);
    }
    rest
}

/// Some letters become others.
fn turned(code: String, dice: &mut Dice) -> String {
    let mut bytes = code.into_bytes();
    for _ in 0..dice.between(1, 8) {
        let at = dice.below(bytes.len() as u64) as usize;
        bytes[at] = if dice.once_in(20) {
            dice.below(128) as u8
        } else {
            dice.pick(LETTERS)
        };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Single bits of what is packed are turned.
fn flipped(code: &str, dice: &mut Dice) -> String {
    let packed = code.strip_prefix("1.").unwrap_or(code);
    let mut bytes = BASE64_URL_SAFE_NO_PAD.decode(packed).unwrap_or_default();
    for _ in 0..dice.between(1, 4) {
        if bytes.is_empty() {
            break;
        }
        let at = dice.below(bytes.len() as u64) as usize;
        bytes[at] ^= 1 << dice.below(8);
    }
    format!("1.{}", BASE64_URL_SAFE_NO_PAD.encode(bytes))
}

/// About as long as what is read, or longer.
fn oversized(code: &str, dice: &mut Dice) -> String {
    let times = (MAX_CODE as u64 + dice.below(MAX_CODE as u64)) / code.len().max(1) as u64;
    code.repeat(times as usize)
}

fn deep(dice: &mut Dice) -> String {
    let depth = dice.between(100, DEEPEST) as usize;
    let (open, shut) = dice.pick(&[("[", "]"), ("{\"a\":", "}"), ("{\"script\":[", "]}")]);
    let mut text = format!("{{\"script\":{}", open.repeat(depth));
    if dice.once_in(2) {
        text.push('1');
        text.push_str(&shut.repeat(depth));
        text.push('}');
    }
    packed(&text)
}

/// A link by hand, with anything for values.
fn query(dice: &mut Dice) -> String {
    let mut text = String::from("https://quorumscope.example/?");
    for _ in 0..dice.below(8) {
        let value = match dice.below(6) {
            0 => presets::ALL[dice.below(presets::ALL.len() as u64) as usize]
                .name
                .into(),
            1 => json::number(dice),
            2 => format!("{}..{}", json::number(dice), json::number(dice)),
            3 => dice.below(20).to_string(),
            4 => dice
                .pick(&["two-faced", "silent", "puppet", "pbft", "2.5%", "%zz%4"])
                .into(),
            _ => noise(dice, 20),
        };
        text.push_str(&format!("{}={value}&", dice.pick(&NAMES)));
    }
    text
}

/// Any signs at all.
fn noise(dice: &mut Dice, most: u64) -> String {
    let length = dice.below(most);
    let sign = |dice: &mut Dice| match dice.below(4) {
        0 => char::from(dice.below(128) as u8),
        1 => dice.pick(&['#', '?', '=', '&', '%', '.', '1', 's', '{', '"']),
        _ => char::from_u32(dice.below(0x11_0000) as u32).unwrap_or('\u{fffd}'),
    };
    (0..length).map(|_| sign(dice)).collect()
}
