//! Wasm modules for the page: from what cargo builds to what a browser loads.

use crate::{project, tools};
use anyhow::Result;
use std::path::{Path, PathBuf};
use wasm_bindgen_cli_support::Bindgen;
use xshell::cmd;

/// How scripts reach a module.
#[derive(Clone, Copy)]
pub(crate) enum Glue {
    /// `import` it.
    Module,
    /// A plain script that puts everything under this one name.
    Global(&'static str),
}

/// The page's own module in one piece, as cargo leaves it, with these features besides.
pub(crate) fn page(features: &[&str]) -> Result<PathBuf> {
    let asked: Vec<&str> = features
        .iter()
        .flat_map(|name| ["--features", *name])
        .collect();
    cargo("quorumscope-web", "page", "quorumscope-web.wasm", &asked)
}

/// The page's own module with marks where it is to be split.
pub(crate) fn parted() -> Result<PathBuf> {
    cargo(
        "quorumscope-web",
        "page",
        "quorumscope-web.wasm",
        &["--no-default-features", "--features", "split"],
    )
}

/// The module that writes files, as cargo leaves it.
pub(crate) fn files() -> Result<PathBuf> {
    cargo("quorumscope-files", "page", "quorumscope_files.wasm", &[])
}

/// The core for Node, as cargo leaves it.
pub(crate) fn core() -> Result<PathBuf> {
    cargo(
        "quorumscope-in-wasm",
        "release",
        "quorumscope_in_wasm.wasm",
        &[],
    )
}

fn cargo(package: &str, profile: &str, file: &str, features: &[&str]) -> Result<PathBuf> {
    let (shell, wasm) = (project::shell()?, tools::WASM);
    cmd!(
        shell,
        "cargo build --locked --target {wasm} --package {package} --profile {profile} {features...}"
    )
    .run()?;
    Ok(project::target().join(wasm).join(profile).join(file))
}

/// Makes `name.js` and a small `name_bg.wasm` in `folder`.
pub(crate) fn bind(wasm: &Path, glue: Glue, name: &str, folder: &Path) -> Result<()> {
    let mut bindgen = Bindgen::new();
    match glue {
        Glue::Module => bindgen.web(true)?,
        Glue::Global(global) => bindgen.no_modules(true)?.no_modules_global(global)?,
    };
    // A split module's parts find what they share by names that are kept until then.
    bindgen
        .keep_lld_exports(true)
        .keep_debug(true)
        .typescript(false);
    bindgen.omit_default_module_path(false);
    bindgen.input_path(wasm).out_name(name).generate(folder)?;
    let bound = folder.join(format!("{name}_bg.wasm"));
    shrink(&bound, &bound)
}

/// Makes a module small.
pub(crate) fn shrink(from: &Path, to: &Path) -> Result<()> {
    let shell = project::shell()?;
    let optimizer = "node_modules/binaryen/bin/wasm-opt";
    cmd!(
        shell,
        "node {optimizer} -Oz --reorder-functions-by-name --strip-debug -o {to} {from}"
    )
    .run()?;
    Ok(())
}
