//! Splits the page's module: what the first picture needs, and further parts,
//! which the browser loads while the run already plays, or when one is wanted.

use crate::module::{self, Glue, shrink};
use crate::project;
use anyhow::{Context, Result, anyhow, ensure};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use wasm_split_cli_support::{Options, transform};

/// The script and the first part.
const PAGE: &str = "quorumscope-web";
/// The script that loads the further parts.
const LINK: &str = "parts.js";

/// Asks the browser to know a wasm file by its type, which not every host does.
const STREAMING: &str = "WebAssembly.instantiateStreaming(src, imports)";
/// Asks for no type.
const PLAIN: &str = "WebAssembly.instantiate(await (await src).arrayBuffer(), imports)";

/// What each part needs: the files that it consists of, by its mark in the source.
pub(crate) type Needs = BTreeMap<String, Vec<String>>;

/// Puts the scripts and all parts into `folder`; a part is called after its mark in the source: `split_NAME.wasm`.
pub(crate) fn split(folder: &Path) -> Result<Needs> {
    let whole = fs::read(module::parted()?)?;
    let scratch = project::target().join("split");
    let main = scratch.join("main.wasm");
    let (link, script) = (format!("./{LINK}"), format!("./{PAGE}.js"));
    let mut options = Options::new(&whole);
    options.output_dir = &scratch;
    options.main_out_path = &main;
    options.link_name = &link;
    options.main_module = &script;
    let split = transform(options).map_err(|error| anyhow!("the page did not split: {error:#}"))?;
    module::bind(&main, Glue::Module, PAGE, folder)?;
    for part in &split.split_modules {
        shrink(part, &folder.join(part.file_name().unwrap_or_default()))?;
    }
    let text = fs::read_to_string(scratch.join(LINK))?;
    let parts = split.split_modules.len();
    ensure!(
        text.matches(STREAMING).count() == parts,
        "{LINK} loads its parts in another way"
    );
    fs::write(folder.join(LINK), text.replace(STREAMING, PLAIN))?;
    let needs = split.prefetch_map.into_iter().map(|(part, files)| {
        let mut files: Vec<String> = files.iter().map(|file| format!("{file}.wasm")).collect();
        files.sort();
        (part, files)
    });
    let needs: Needs = needs.collect();
    fs::write(told(), serde_json::to_string(&needs)?)?;
    Ok(needs)
}

/// What each part of the page needs that was built last.
pub(crate) fn needs() -> Result<Needs> {
    let told = told();
    let text = fs::read_to_string(&told).with_context(|| told.display().to_string())?;
    Ok(serde_json::from_str(&text)?)
}

fn told() -> PathBuf {
    project::target().join("split/needs.json")
}
