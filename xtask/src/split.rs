//! Splits the page's module: what the first picture needs, and further parts,
//! which the browser loads while the run already plays, or when one is wanted.

use crate::module::{self, Glue, shrink};
use crate::project;
use anyhow::{Result, anyhow, ensure};
use std::fs;
use std::path::Path;
use wasm_split_cli_support::{Options, transform};

/// The script and the first part.
const PAGE: &str = "quorumscope-web";
/// The script that loads the further parts.
const LINK: &str = "parts.js";

/// Asks the browser to know a wasm file by its type, which not every host does.
const STREAMING: &str = "WebAssembly.instantiateStreaming(src, imports)";
/// Asks for no type.
const PLAIN: &str = "WebAssembly.instantiate(await (await src).arrayBuffer(), imports)";

/// Puts the scripts and all parts into `folder`; a part is called after its mark in the source: `split_NAME.wasm`.
pub(crate) fn split(folder: &Path) -> Result<()> {
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
    Ok(())
}
