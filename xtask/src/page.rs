//! Builds the page into `dist/` and weighs it.

use crate::module::{self, Glue};
use crate::shell::{Result, cargo, program, run};
use crate::{offline, patience, policy, project, split, stamp, tools};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// Bytes are time: the wasm that the first picture needs must stay below this, gzipped.
pub(crate) const LIMIT: usize = 250_000;

/// What the page is made of.
const SOURCES: [&str; 9] = [
    "index.html",
    "Trunk.toml",
    "Cargo.toml",
    "Cargo.lock",
    "core",
    "web",
    "files",
    "static",
    "package-lock.json",
];

/// Builds the page for release and prints what it weighs.
pub(crate) fn build() -> Result {
    tools::for_build()?;
    // Trunk works offline, so that it never fetches tools of its own.
    run(cargo().args(["fetch", "--locked", "--quiet"]))?;
    run(program("trunk")
        .args(["build", "--release", "--offline", "--locked"])
        .args(["--filehash", "false", "--features", "split"])
        .env_remove("NO_COLOR"))
    .map_err(|error| format!("the page did not build: {error}"))?;
    split::split()?;
    module::bind(&module::files()?, Glue::Module, "files", &project::dist())?;
    rewrite(patience::teach)?;
    stamp::stamp()?;
    rewrite(policy::seal)?;
    offline::list()?;
    println!(
        "dist/ is ready for any static host; the first picture needs {} kB of wasm gzipped, the rest {} kB",
        weight(split::PAGE)? / 1000,
        weight("later")? / 1000
    );
    Ok(())
}

/// Makes another page of the built one.
fn rewrite(how: fn(&str) -> Result<String>) -> Result {
    let index = project::dist().join("index.html");
    let fault = |error| format!("dist/index.html: {error}");
    let html = fs::read_to_string(&index).map_err(fault)?;
    fs::write(&index, how(&html)?).map_err(fault)
}

/// Builds the core for Node into `tests/wasm/pkg/`, and the program it is compared with.
pub(crate) fn core_for_node() -> Result {
    tools::for_build()?;
    let wasm = ["--package", "quorumscope-in-wasm", "--target", tools::WASM];
    run(cargo().args(["build", "--release", "--locked"]).args(wasm))?;
    run(cargo().args(["build", "--release", "--locked", "--package", "quorumscope"]))?;
    let built = project::target()
        .join(tools::WASM)
        .join("release/quorumscope_in_wasm.wasm");
    let bindgen = [
        "--target",
        "web",
        "--no-typescript",
        "--out-dir",
        "tests/wasm/pkg",
    ];
    run(program("wasm-bindgen").args(bindgen).arg(built))
}

/// Builds the page unless `dist/` is newer than all its sources.
pub(crate) fn fresh() -> Result {
    let built = fs::metadata(project::dist().join("index.html")).and_then(|data| data.modified());
    match (
        built,
        newest(&SOURCES.map(|name| project::root().join(name))),
    ) {
        (Ok(built), Some(changed)) if built > changed => Ok(()),
        _ => build(),
    }
}

fn newest(files: &[PathBuf]) -> Option<SystemTime> {
    files.iter().filter_map(|file| age(file)).max()
}

/// When a file, or anything below a folder, last changed; a folder also changes when a file leaves.
fn age(file: &Path) -> Option<SystemTime> {
    let own = fs::metadata(file).and_then(|data| data.modified()).ok();
    let below = fs::read_dir(file)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path());
    own.max(newest(&below.collect::<Vec<_>>()))
}

/// The gzipped size in bytes of the module whose name begins so.
pub(crate) fn weight(name: &str) -> Result<usize> {
    let files = fs::read_dir(project::dist()).map_err(|error| format!("dist/: {error}"))?;
    let mut files = files.flatten().map(|entry| entry.path());
    let own = |file: &PathBuf| {
        let full = file.file_name().unwrap_or_default().to_string_lossy();
        full.starts_with(name) && full.ends_with(".wasm")
    };
    let bytes = files.find(own).and_then(|file| fs::read(file).ok());
    bytes
        .map(|bytes| gzipped(&bytes))
        .ok_or_else(|| format!("dist/ holds no {name} wasm"))
}

/// A gzip file is a deflate stream between a header of ten bytes and a trailer of eight.
fn gzipped(bytes: &[u8]) -> usize {
    miniz_oxide::deflate::compress_to_vec(bytes, 9).len() + 18
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repetition_weighs_little() {
        assert!(gzipped(&[0; 100_000]) < 500);
        assert!(gzipped(b"abc") > 18);
    }

    #[test]
    fn a_folder_is_as_young_as_its_youngest_file() {
        let source = project::root().join("xtask/src/page.rs");
        assert!(age(&project::root().join("xtask")) >= age(&source));
        assert_eq!(age(Path::new("there-is-no-such-file")), None);
    }
}
