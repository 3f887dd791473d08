//! The project's own files, for the tests that read them.

use std::fs;
use std::path::{Path, PathBuf};

/// The top of the project.
#[must_use]
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// What a file says, by its path from the top.
///
/// # Panics
/// If there is none.
#[must_use]
pub fn read(file: &str) -> String {
    fs::read_to_string(root().join(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
}

/// Every file at or below these places, by its path from the top, with `/` on every system.
#[must_use]
pub fn files(places: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    let mut open: Vec<String> = places.iter().map(ToString::to_string).collect();
    while let Some(path) = open.pop() {
        match fs::read_dir(root().join(&path)) {
            Ok(entries) => open.extend(entries.flatten().map(|entry| {
                let name = entry.file_name().to_string_lossy().into_owned();
                format!("{}/{name}", path.trim_end_matches('/'))
            })),
            Err(_) => found.push(path),
        }
    }
    found.sort();
    found
}

/// A source file: where it is, and what it says.
pub struct Source {
    /// Its path from the top.
    pub path: String,
    /// All of it.
    pub text: String,
}

impl Source {
    /// The lines that are compiled into the program: no comments, and no tests.
    pub fn code(&self) -> impl Iterator<Item = &str> {
        let whole = if self.is_test() { "" } else { &self.text };
        let lines = whole
            .lines()
            .take_while(|line| !line.starts_with("#[cfg(test)]"));
        lines.filter(|line| !line.trim_start().starts_with("//"))
    }

    /// The name of its module.
    #[must_use]
    pub fn name(&self) -> &str {
        let file = self.path.rsplit('/').next().unwrap_or_default();
        file.trim_end_matches(".rs")
    }

    /// Whether all of it is tests.
    #[must_use]
    pub fn is_test(&self) -> bool {
        self.path.ends_with("/tests.rs") || self.path.contains("/tests/")
    }
}

/// Every Rust file at or below these places.
///
/// # Panics
/// If there is none: then the places are wrong.
#[must_use]
pub fn sources(places: &[&str]) -> Vec<Source> {
    let mut paths = files(places);
    paths.retain(|path| path.ends_with(".rs"));
    assert!(!paths.is_empty(), "no Rust at {places:?}");
    let source = |path: String| Source {
        text: read(&path),
        path,
    };
    paths.into_iter().map(source).collect()
}
