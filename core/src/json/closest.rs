//! Finds the name that somebody probably meant.

/// The known name nearest to `text`, if one is near enough to be a slip.
pub(crate) fn closest<'a>(text: &str, names: &[&'a str]) -> Option<&'a str> {
    let text: Vec<char> = text.chars().take(64).flat_map(char::to_lowercase).collect();
    let near = |name: &&'a str| {
        let letters: Vec<char> = name.chars().collect();
        let slips = distance(&text, &letters);
        let allowed = 1 + letters.len().min(text.len()) / 4;
        (slips <= allowed).then_some((slips, *name))
    };
    let found = names
        .iter()
        .filter_map(near)
        .min_by_key(|(slips, _)| *slips);
    found.map(|(_, name)| name)
}

/// How many letters must be put in, left out or replaced (Levenshtein's distance).
fn distance(a: &[char], b: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let replaced = diagonal + usize::from(x != y);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_finds_its_name_and_nonsense_none() {
        let names = ["crash", "restart", "partition", "view_timeout_ms"];
        assert_eq!(closest("crahs", &names), Some("crash"));
        assert_eq!(closest("Partitions", &names), Some("partition"));
        assert_eq!(closest("view_timeout", &names), Some("view_timeout_ms"));
        assert_eq!(closest("viewtimeout_ms", &names), Some("view_timeout_ms"));
        assert_eq!(closest("", &names), None);
        assert_eq!(closest("xyzzy", &names), None);
    }
}
