//! Numbers that people type, without the weight of the general case.

/// The most decimal digits that a float keeps exactly.
const EXACT: usize = 15;

/// A decimal such as `12`, `-3` or `0.125`; nothing else.
#[must_use]
pub fn read(text: &str) -> Option<f64> {
    let text = text.trim();
    let (sign, digits) = match text.strip_prefix('-') {
        Some(rest) => (-1.0, rest),
        None => (1.0, text),
    };
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let count = whole.len() + part.len();
    if count == 0 || count > EXACT {
        return None;
    }
    let all: Option<u64> = whole.bytes().chain(part.bytes()).try_fold(0, |sum, byte| {
        let digit = byte.is_ascii_digit().then(|| u64::from(byte - b'0'))?;
        Some(sum * 10 + digit)
    });
    let scale: u64 = (0..part.len()).fold(1, |scale, _| scale * 10);
    // Both are exact, so their quotient is the nearest float there is.
    Some(sign * all? as f64 / scale as f64)
}

/// A number as people type it: `1,5`, `1 000` and `1e3` as well.
///
/// # Errors
/// Says why it is none, or what it could be beside.
pub fn typed(text: &str) -> Result<f64, String> {
    let plain: String = text
        .chars()
        .filter(|letter| !letter.is_whitespace() && !matches!(letter, '\'' | '\u{2019}' | '_'))
        .collect();
    let (digits, power) = match plain.split_once(['e', 'E']) {
        Some((digits, power)) => (digits, power.parse().ok().filter(|power| *power <= 9)),
        None => (plain.as_str(), Some(0u32)),
    };
    let refuse = || format!("\u{201c}{}\u{201d} is not a number.", text.trim());
    let scale = f64::from(10u32.pow(power.ok_or_else(refuse)?));
    if let Some((whole, part)) = digits.split_once(',') {
        let both = format!("{whole}{part}");
        if part.len() == 3 && whole != "0" && read(&both).is_some() {
            return Err(format!(
                "\u{201c}{digits}\u{201d} may be {both} or {whole}.{part}: type the one that you mean."
            ));
        }
    }
    let number = read(&digits.replacen(',', ".", 1)).ok_or_else(refuse)?;
    Ok(number * scale)
}

#[cfg(test)]
mod tests {
    use super::{read, typed};

    #[test]
    fn decimals_are_read_as_the_standard_library_reads_them() {
        for text in [
            "0",
            "7",
            "-3",
            "0.125",
            ".5",
            "5.",
            "20.001",
            "123456.789",
            "999999999999999",
        ] {
            assert_eq!(read(text), text.parse().ok(), "{text}");
        }
    }

    #[test]
    fn what_people_type_is_read_or_answered() {
        for (text, number) in [
            (" 12 ", 12.0),
            ("1,5", 1.5),
            ("0,125", 0.125),
            ("1 000", 1000.0),
            ("1\u{a0}000,5", 1000.5),
            ("1'000", 1000.0),
            ("1e3", 1000.0),
            ("2.5E1", 25.0),
            ("-3", -3.0),
        ] {
            assert_eq!(typed(text), Ok(number), "{text}");
        }
        let says = |text| typed(text).expect_err(text);
        assert!(says("1,000").contains("may be 1000 or 1.000"));
        for text in ["", "e3", "1e99", "1e-3", "twelve", "1,2,3", "NaN"] {
            assert!(says(text).contains("is not a number"), "{text}");
        }
    }

    #[test]
    fn what_is_no_decimal_is_refused() {
        for text in [
            "",
            ".",
            "-",
            "1e9",
            "NaN",
            "1.2.3",
            "twelve",
            "1234567890123456",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
