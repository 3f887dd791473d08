//! Reads one version out of `Cargo.lock`.

/// The version of `package`, if the lock names exactly one.
pub(crate) fn version<'a>(lock: &'a str, package: &str) -> Option<&'a str> {
    let mut found = lock
        .split("[[package]]")
        .filter(|entry| value(entry, "name") == Some(package))
        .filter_map(|entry| value(entry, "version"));
    match (found.next(), found.next()) {
        (Some(version), None) => Some(version),
        _ => None,
    }
}

fn value<'a>(entry: &'a str, key: &str) -> Option<&'a str> {
    entry.lines().find_map(|line| {
        let (name, value) = line.split_once(" = ")?;
        (name == key).then(|| value.trim().trim_matches('"'))
    })
}

#[cfg(test)]
mod tests {
    use super::version;

    const LOCK: &str = "version = 4\n\n\
        [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\n\n\
        [[package]]\nname = \"wasm-bindgen-macro\"\nversion = \"9.9.9\"\n\n\
        [[package]]\nname = \"syn\"\nversion = \"2.0.1\"\n\n\
        [[package]]\nname = \"syn\"\nversion = \"3.0.1\"\n";

    #[test]
    fn finds_the_package_of_exactly_that_name() {
        assert_eq!(version(LOCK, "wasm-bindgen"), Some("0.2.130"));
    }

    #[test]
    fn reads_windows_line_ends() {
        assert_eq!(
            version(&LOCK.replace('\n', "\r\n"), "wasm-bindgen"),
            Some("0.2.130")
        );
    }

    #[test]
    fn says_nothing_of_what_is_absent_or_there_twice() {
        assert_eq!(version(LOCK, "yew"), None);
        assert_eq!(version(LOCK, "syn"), None);
    }
}
