//! The built page as files. `index.html` names what it is made of, in lines that Trunk reads, too.
//!
//! What the build makes goes into a folder whose name follows its content, so
//! that a browser may keep it for ever and never mixes two builds. Files there
//! name each other without the folder, so none of them has to be rewritten.

use crate::split::Needs;
use crate::{policy, project, weight};
use anyhow::{Context, Result, ensure};
use sha2::{Digest, Sha256};
use std::fs;
use std::path::Path;

/// So many hexadecimal digits of the digest.
const DIGITS: usize = 16;
/// Where `index.html` says in which folder the program's parts are.
const PARTS: &str = "quorumscopeParts = \"./\"";
/// Where it says which files each of them consists of.
const NEEDS: &str = "quorumscopeNeeds = {}";
/// What the service worker says in its source of the version and of the list of files.
const VERSION: &str = "const VERSION = 'none';";
const FILES: &str = "const FILES = [];";

/// A file by its path from the top of the site.
pub(crate) type File = (String, Vec<u8>);

/// What a line of `index.html` stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Asset<'a> {
    /// A style sheet.
    Style(&'a str),
    /// A file that others know by its name.
    Copied(&'a str),
    /// The program, which the page itself starts.
    Program,
}

/// Puts the page into `dist/`, with the parts of the program that lie in `parts`.
pub(crate) fn write(parts: &Path, needs: &Needs) -> Result<()> {
    let source = source()?;
    let mut inner = Vec::new();
    for entry in fs::read_dir(parts)? {
        inner.push(read(&entry?.path())?);
    }
    let mut files = Vec::new();
    for asset in source.lines().filter_map(asset) {
        match asset {
            Asset::Style(path) => inner.push(read(&project::root().join(path))?),
            Asset::Copied(path) => files.push(read(&project::root().join(path))?),
            Asset::Program => {}
        }
    }
    inner.sort();
    let folder = digest(&inner);
    files.push((
        "index.html".into(),
        policy::seal(&page(&source, &folder, needs)?)?.into(),
    ));
    files.extend(
        inner
            .into_iter()
            .map(|(name, bytes)| (format!("{folder}/{name}"), bytes)),
    );
    files.sort();
    let worker = files.iter().position(|(name, _)| name == "sw.js");
    let (_, worker) = files.swap_remove(worker.context("index.html copies no sw.js")?);
    let usual = weight::usual(needs);
    let first = |(name, _): &&File| {
        !name.ends_with(".wasm") || usual.iter().any(|file| name.ends_with(file.as_str()))
    };
    let first: Vec<File> = files.iter().filter(first).cloned().collect();
    let worker = informed(&String::from_utf8(worker)?, &first)?;
    files.push(("sw.js".into(), worker.into()));
    let dist = project::dist();
    let _ = fs::remove_dir_all(&dist);
    fs::create_dir_all(dist.join(folder))?;
    for (name, bytes) in files {
        fs::write(dist.join(name), bytes)?;
    }
    Ok(())
}

/// `index.html` as it stands in the project.
pub(crate) fn source() -> Result<String> {
    fs::read_to_string(project::root().join("index.html")).context("index.html")
}

/// What a line of `index.html` stands for, if not for itself.
pub(crate) fn asset(line: &str) -> Option<Asset<'_>> {
    let value = |name: &str| line.split(name).nth(1)?.split('"').next();
    let (kind, path) = (value("data-trunk rel=\"")?, value("href=\"")?);
    match kind {
        "css" => Some(Asset::Style(path)),
        "copy-file" => Some(Asset::Copied(path)),
        _ => Some(Asset::Program),
    }
}

/// Reads a file, which is known by its name from then on.
pub(crate) fn read(path: &Path) -> Result<File> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let bytes = fs::read(path).with_context(|| path.display().to_string())?;
    Ok((name.into_owned(), bytes))
}

/// The page with its parts in `folder`.
fn page(source: &str, folder: &str, needs: &Needs) -> Result<String> {
    ensure!(
        source.contains(PARTS) && source.contains(NEEDS),
        "index.html does not say where its parts are"
    );
    let mut html = String::new();
    for line in source.lines() {
        match asset(line) {
            None => html += line,
            Some(Asset::Style(path)) => {
                let name = path.rsplit('/').next().unwrap_or(path);
                html += &format!("<link rel=\"stylesheet\" href=\"./{folder}/{name}\" />");
            }
            Some(_) => continue,
        }
        html += "\n";
    }
    let needs = NEEDS.replace("{}", &format!("{needs:?}"));
    let html = html.replace(NEEDS, &needs);
    Ok(html.replace(PARTS, &PARTS.replace("./", &format!("./{folder}/"))))
}

/// The service worker that knows these files.
fn informed(source: &str, files: &[File]) -> Result<String> {
    let fits = source.contains(VERSION) && source.contains(FILES);
    ensure!(fits, "the service worker has no place for its files");
    let names: Vec<&String> = files.iter().map(|(name, _)| name).collect();
    let version = VERSION.replace("none", &digest(files));
    let source = source.replace(VERSION, &version);
    Ok(source.replace(FILES, &format!("const FILES = {names:?};")))
}

/// Follows all that is in the files.
fn digest(files: &[File]) -> String {
    let mut digest = Sha256::new();
    for (name, bytes) in files {
        digest.update(name);
        digest.update((bytes.len() as u64).to_be_bytes());
        digest.update(bytes);
    }
    let bytes = digest.finalize();
    let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    hex[..DIGITS].into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_names_its_parts_where_they_are() {
        let needs = Needs::from([("later".into(), vec!["a.wasm".into()])]);
        let html = page(&source().unwrap(), "0f", &needs).unwrap();
        assert!(html.contains(r#"quorumscopeNeeds = {"later": ["a.wasm"]}"#));
        assert!(html.contains("quorumscopeParts = \"./0f/\""));
        assert!(html.contains("href=\"./0f/page.css\""));
        assert!(!html.contains("data-trunk"));
        assert!(page("<head></head>", "0f", &needs).is_err());
    }

    #[test]
    fn a_line_stands_for_what_it_names() {
        let copied = asset(r#"  <link data-trunk rel="copy-file" href="static/sw.js" />"#);
        assert_eq!(copied, Some(Asset::Copied("static/sw.js")));
        assert_eq!(asset(r#"<link rel="icon" href="icon.svg" />"#), None);
        let all = source().unwrap();
        let styles = all.lines().filter_map(asset);
        assert_eq!(
            styles
                .filter(|asset| matches!(asset, Asset::Style(_)))
                .count(),
            1
        );
    }

    #[test]
    fn the_worker_knows_the_files_and_its_version_follows_what_is_in_them() {
        let (_, worker) = read(&project::root().join("static/sw.js")).unwrap();
        let worker = String::from_utf8(worker).unwrap();
        let with = |bytes: &[u8]| informed(&worker, &[("a.js".into(), bytes.to_vec())]).unwrap();
        assert!(with(b"1").contains("const FILES = [\"a.js\"];"));
        assert_eq!(with(b"1"), with(b"1"));
        assert_ne!(with(b"1"), with(b"2"));
        assert!(informed("", &[]).is_err());
    }
}
