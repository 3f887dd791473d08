//! What the service worker keeps: the list of the build's files, and a version that follows their content.

use crate::project;
use crate::shell::Result;
use crate::stamp::{self, Built};
use std::fs;

/// The worker among the files.
const WORKER: &str = "sw.js";
/// What stands in its source in place of the version and of the list.
const VERSION: &str = "const VERSION = 'none';";
const FILES: &str = "const FILES = [];";

/// Tells the worker in `dist/` what lies beside it.
pub(crate) fn list() -> Result {
    let fault = |error: std::io::Error| format!("dist/{WORKER}: {error}");
    let mut files = stamp::built()?;
    files.retain(|(name, _)| name != WORKER && !name.starts_with('.'));
    let worker = project::dist().join(WORKER);
    let source = fs::read_to_string(&worker).map_err(fault)?;
    fs::write(&worker, told(&source, &files)?).map_err(fault)
}

/// The worker that knows these files.
fn told(source: &str, files: &[Built]) -> Result<String> {
    if !source.contains(VERSION) || !source.contains(FILES) {
        return Err("the service worker has no place for its files".into());
    }
    let version = stamp::mark(files);
    let names: Vec<String> = files.iter().map(|(name, _)| format!("{name:?}")).collect();
    let source = source.replace(VERSION, &format!("const VERSION = '{version}';"));
    Ok(source.replace(FILES, &format!("const FILES = [{}];", names.join(", "))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_follows_what_is_in_the_files() {
        let source = format!("{VERSION}\n{FILES}");
        let with = |bytes: &[u8]| told(&source, &[("a.js".into(), bytes.to_vec())]).unwrap();
        assert!(with(b"1").contains("const FILES = [\"a.js\"];"));
        assert_eq!(with(b"1"), with(b"1"));
        assert_ne!(with(b"1"), with(b"2"));
        assert!(told("", &[]).is_err());
    }

    #[test]
    fn the_worker_has_a_place_for_both() {
        let source = fs::read_to_string(project::root().join("static/sw.js")).unwrap();
        assert!(told(&source, &[]).is_ok());
    }
}
