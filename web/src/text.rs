//! Short helpers for text on screen: digests, articles, capital letters.

pub use quorumscope_core::say::capital;

/// A digest as a short name; the null request has none.
#[must_use]
pub fn digest(digest: u64) -> String {
    if digest == 0 {
        return "null".into();
    }
    format!("{:04x}", digest >> 48)
}

/// A length with two decimals at most, which no sheet or font tells from more.
#[must_use]
pub fn decimal(value: f32) -> String {
    let hundredths = (value * 100.0).round() as i64;
    let (whole, rest) = (hundredths / 100, (hundredths % 100).abs());
    match rest {
        0 => whole.to_string(),
        _ => format!("{whole}.{rest:02}"),
    }
}

/// A noun with its article.
#[must_use]
pub fn one(noun: &str) -> String {
    let article = if noun.starts_with(['a', 'e', 'i', 'o', 'u']) {
        "an"
    } else {
        "a"
    };
    format!("{article} {noun}")
}
