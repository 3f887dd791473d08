//! Wasm modules for the page: from what cargo builds to what a browser loads.

use crate::shell::{Result, cargo, program, run};
use crate::{project, tools};
use std::path::{Path, PathBuf};

/// How a module is made small.
const SHRINK: [&str; 3] = ["-Oz", "--reorder-functions-by-name", "--strip-debug"];

/// How scripts reach a module.
#[derive(Clone, Copy)]
pub(crate) enum Glue {
    /// `import` it.
    Module,
    /// A plain script that puts everything under this one name.
    Global(&'static str),
}

/// The page's own module in one piece, as cargo leaves it.
pub(crate) fn page() -> Result<PathBuf> {
    cargo_page(&[])
}

/// The page's own module with a mark where it is to be split.
pub(crate) fn parted() -> Result<PathBuf> {
    cargo_page(&["--features", "split"])
}

fn cargo_page(features: &[&str]) -> Result<PathBuf> {
    let package = ["--package", "quorumscope-web", "--profile", "page"];
    run(cargo()
        .args(["build", "--locked", "--target", tools::WASM])
        .args(package)
        .args(features))?;
    Ok(built("quorumscope-web.wasm"))
}

/// The module that writes files, as cargo leaves it.
pub(crate) fn files() -> Result<PathBuf> {
    let package = ["--package", "quorumscope-files", "--profile", "page"];
    run(cargo()
        .args(["build", "--locked", "--target", tools::WASM])
        .args(package))?;
    Ok(built("quorumscope_files.wasm"))
}

fn built(name: &str) -> PathBuf {
    project::target().join(tools::WASM).join("page").join(name)
}

/// Makes `name.js` and `name_bg.wasm` in `folder`.
pub(crate) fn bind(wasm: &Path, glue: Glue, name: &str, folder: &Path) -> Result {
    let mut bindgen = program("wasm-bindgen");
    bindgen.args(["--no-typescript", "--keep-debug", "--out-name", name]);
    match glue {
        Glue::Module => bindgen.args(["--target", "web"]),
        Glue::Global(global) => {
            bindgen.args(["--target", "no-modules", "--no-modules-global", global])
        }
    };
    run(bindgen.arg("--out-dir").arg(folder).arg(wasm))?;
    let bound = folder.join(format!("{name}_bg.wasm"));
    shrink(&bound, &bound)
}

/// Makes a module small.
pub(crate) fn shrink(from: &Path, to: &Path) -> Result {
    run(program("wasm-opt").args(SHRINK).arg("-o").arg(to).arg(from))
}
