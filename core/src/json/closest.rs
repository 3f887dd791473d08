//! Finds the name that somebody probably meant.

/// The known name nearest to `text`, if one is near enough to be a slip.
pub(crate) fn closest<'a>(text: &str, names: &[&'a str]) -> Option<&'a str> {
    let text: String = text.chars().take(64).flat_map(char::to_lowercase).collect();
    let near = |name: &&'a str| {
        let slips = strsim::levenshtein(&text, name);
        let allowed = 1 + name.len().min(text.len()) / 4;
        (slips <= allowed).then_some((slips, *name))
    };
    let found = names
        .iter()
        .filter_map(near)
        .min_by_key(|(slips, _)| *slips);
    found.map(|(_, name)| name)
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
