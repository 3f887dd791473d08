//! Builds the page into `dist/`.

use crate::module::{self, Glue};
use crate::{project, site, split, tools, weight};
use anyhow::Result;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;
use xshell::cmd;

/// What the page is made of.
const SOURCES: [&str; 9] = [
    "index.html",
    "Cargo.toml",
    "Cargo.lock",
    "core",
    "web",
    "files",
    "static",
    "xtask",
    "package-lock.json",
];

/// Builds the page for release and says what it weighs.
pub(crate) fn build() -> Result<()> {
    tools::for_build()?;
    let parts = project::target().join("parts");
    // A part of an earlier build has no place in this one.
    let _ = fs::remove_dir_all(&parts);
    fs::create_dir_all(&parts)?;
    let needs = split::split(&parts)?;
    module::bind(&module::files()?, Glue::Module, "files", &parts)?;
    site::write(&parts, &needs)?;
    println!("dist/ is ready for any static host");
    weight::print(&weight::weigh(&needs)?);
    Ok(())
}

/// Builds the core for Node into `tests/wasm/pkg/`, and the programs it is compared with.
pub(crate) fn core_for_node() -> Result<()> {
    tools::for_build()?;
    let shell = project::shell()?;
    cmd!(
        shell,
        "cargo build --release --locked --package quorumscope --package quorumscope-echo --bins --examples"
    )
    .run()?;
    let folder = project::root().join("tests/wasm/pkg");
    module::bind(
        &module::core()?,
        Glue::Module,
        "quorumscope_in_wasm",
        &folder,
    )
}

/// Builds the page unless `dist/` is newer than all its sources.
pub(crate) fn fresh() -> Result<()> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_as_young_as_its_youngest_file() {
        let source = project::root().join("xtask/src/page.rs");
        assert!(age(&project::root().join("xtask")) >= age(&source));
        assert_eq!(age(Path::new("there-is-no-such-file")), None);
    }
}
