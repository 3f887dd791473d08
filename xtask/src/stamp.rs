//! Gives the files of a build one mark in their names, so that a browser may
//! keep them for ever and never mixes those of two builds.

use crate::project;
use crate::shell::Result;
use sha2::{Digest, Sha256};
use std::fs;
use std::path::Path;

/// Files that others name, or that must always be asked for anew.
const PLAIN: [&str; 3] = ["index.html", "embed.js", "sw.js"];
/// So many hexadecimal digits of the digest.
const DIGITS: usize = 16;

/// A file by its name.
pub(crate) type Built = (String, Vec<u8>);

/// Renames the scripts, modules and styles of the built page, and what refers to them.
pub(crate) fn stamp() -> Result {
    let folder = project::dist();
    let mut files = built()?;
    let mark = mark(&files);
    let names: Vec<String> = files.iter().map(|(name, _)| name.clone()).collect();
    let renamed: Vec<(&String, String)> = names
        .iter()
        .filter(|name| is_marked(name))
        .map(|name| (name, marked(name, &mark)))
        .collect();
    for (name, bytes) in &mut files {
        if let Ok(text) = std::str::from_utf8(bytes) {
            *bytes = refer(text, &renamed).into_bytes();
        }
        let old = folder.join(&*name);
        if is_marked(name) {
            fs::remove_file(&old).map_err(|error| format!("{}: {error}", old.display()))?;
            *name = marked(name, &mark);
        }
        let new = folder.join(&*name);
        fs::write(&new, bytes).map_err(|error| format!("{}: {error}", new.display()))?;
    }
    Ok(())
}

/// The build's own files, in order of their names.
pub(crate) fn built() -> Result<Vec<Built>> {
    let entries = fs::read_dir(project::dist()).map_err(|error| format!("dist/: {error}"))?;
    let files = entries.flatten().filter(|entry| entry.path().is_file());
    let read = files.map(|entry| {
        let name = entry.file_name().to_string_lossy().into_owned();
        let bytes = fs::read(entry.path()).map_err(|error| format!("dist/{name}: {error}"))?;
        Ok((name, bytes))
    });
    let mut files = read.collect::<Result<Vec<Built>>>()?;
    files.sort();
    Ok(files)
}

fn is_marked(name: &str) -> bool {
    let ending = Path::new(name).extension();
    let ours = ending.is_some_and(|ending| ["js", "wasm", "css"].iter().any(|e| ending == *e));
    ours && !PLAIN.contains(&name)
}

/// Follows all that is in the files.
pub(crate) fn mark(files: &[Built]) -> String {
    let mut digest = Sha256::new();
    for (name, bytes) in files {
        digest.update(name);
        digest.update((bytes.len() as u64).to_be_bytes());
        digest.update(bytes);
    }
    let hex = digest.finalize();
    let hex: String = hex.iter().map(|byte| format!("{byte:02x}")).collect();
    hex[..DIGITS].into()
}

/// `page.css` becomes `page-0123456789abcdef.css`.
fn marked(name: &str, mark: &str) -> String {
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    format!("{stem}-{mark}.{ending}")
}

/// Names stand behind a slash, or alone between quotes; by a key, a module asks for
/// what it imports, under the name that it was built with.
fn refer(text: &str, renamed: &[(&String, String)]) -> String {
    let mut text = text.to_owned();
    for (old, new) in renamed {
        for before in ['/', '\'', '"'] {
            text = text.replace(&format!("{before}{old}"), &format!("{before}{new}"));
        }
        text = text.replace(&format!("{new}\":"), &format!("{old}\":"));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_marked_wherever_they_stand() {
        let names = ["a.js".to_string(), "a_bg.wasm".into()];
        let renamed: Vec<_> = names
            .iter()
            .map(|name| (name, marked(name, "0f")))
            .collect();
        let text = "import x from './a.js'; new URL('a_bg.wasm'); \"https://host/data.js\"; { \"./a.js\": x }";
        let expected = "import x from './a-0f.js'; new URL('a_bg-0f.wasm'); \"https://host/data.js\"; { \"./a.js\": x }";
        assert_eq!(refer(text, &renamed), expected);
    }

    #[test]
    fn a_change_anywhere_changes_the_mark() {
        let file = |name: &str, text: &str| (name.to_string(), text.as_bytes().to_vec());
        let one = mark(&[file("a", "1"), file("b", "2")]);
        assert_eq!(one.len(), DIGITS);
        assert_ne!(one, mark(&[file("a", "1"), file("b", "3")]));
        assert!(is_marked("later.wasm") && !is_marked("embed.js") && !is_marked("icon.png"));
    }
}
