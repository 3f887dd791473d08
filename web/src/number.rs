//! Numbers that people type, and short lists put in order, without the weight of the general case.

/// So many digits are exact in a float, whatever they are.
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

/// Puts a short list in order of `key`; equal ones stay as they are.
pub fn arrange<T, K: PartialOrd>(list: &mut [T], key: impl Fn(&T) -> K) {
    for end in 1..list.len() {
        let mut at = end;
        while at > 0 && key(&list[at]) < key(&list[at - 1]) {
            list.swap(at, at - 1);
            at -= 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{arrange, read};

    #[test]
    fn arranging_keeps_equal_ones_as_they_are() {
        let mut list = [(3, 'a'), (1, 'b'), (3, 'c'), (2, 'd')];
        arrange(&mut list, |(number, _)| *number);
        assert_eq!(list, [(1, 'b'), (2, 'd'), (3, 'a'), (3, 'c')]);
    }

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
