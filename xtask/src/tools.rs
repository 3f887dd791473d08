//! Gets the tools that a build needs, into folders of the project's own.

use crate::{browser, project};
use anyhow::{Context, Result};
use std::fs;
use xshell::cmd;

/// What Rust calls the browser's machine.
pub(crate) const WASM: &str = "wasm32-unknown-unknown";

/// npm by the name that the system starts it by.
const NPM: &str = if cfg!(windows) { "npm.cmd" } else { "npm" };

/// Everything, for building and for testing.
pub(crate) fn all() -> Result<()> {
    for_build()?;
    browser::ready()
}

/// What building the page needs.
pub(crate) fn for_build() -> Result<()> {
    wasm_target()?;
    npm_packages()
}

/// The standard library for wasm, by rustup.
pub(crate) fn wasm_target() -> Result<()> {
    let shell = project::shell()?;
    let folder = cmd!(shell, "rustc --print target-libdir --target {WASM}").quiet();
    let there = |folder: String| fs::read_dir(folder).is_ok_and(|mut files| files.next().is_some());
    if folder.ignore_stderr().read().is_ok_and(there) {
        return Ok(());
    }
    let added = cmd!(shell, "rustup target add {WASM}").run();
    added.with_context(|| format!("Rust's {WASM} is missing, and getting it needs the network"))
}

/// wasm-opt, the browser's driver and the accessibility checker, as `package-lock.json` names them.
pub(crate) fn npm_packages() -> Result<()> {
    let shell = project::shell()?;
    let age = |file: &str| {
        let data = fs::metadata(project::root().join(file));
        data.and_then(|data| data.modified()).ok()
    };
    if age("node_modules/.package-lock.json") >= age("package-lock.json") {
        return Ok(());
    }
    let got = cmd!(shell, "{NPM} ci --no-fund --no-audit").run();
    got.context("npm's packages are missing: they need Node.js 20 or later, and the network")
}
