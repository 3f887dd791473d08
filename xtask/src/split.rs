//! Splits the page's module in two: what the first picture needs, and a later
//! part that the browser loads while the run already plays.
//!
//! Trunk builds the page around one module; this puts its two parts in place of it.

use crate::module::{self, shrink};
use crate::project;
use crate::shell::{Result, program, run};
use std::fs;
use std::path::{Path, PathBuf};
use wasm_split_cli_support::{Options, transform};

/// The page's script and module, as Trunk calls them without hashes.
pub(crate) const PAGE: &str = "quorumscope-web";
/// The script that loads the later part.
const LINK: &str = "later.js";
/// The later part.
const LATER: &str = "later.wasm";

/// Asks the browser to know a wasm file by its type, which not every host does.
const STREAMING: &str = "WebAssembly.instantiateStreaming(src, imports)";
/// Asks for no type.
const PLAIN: &str = "WebAssembly.instantiate(await (await src).arrayBuffer(), imports)";

/// Puts the two parts into the built page.
pub(crate) fn split() -> Result {
    let whole = module::parted()?;
    let folder = project::target().join("split");
    // A part of an earlier build has no place in this one.
    let _ = fs::remove_dir_all(&folder);
    let (main, later) = part(&whole, &folder)?;
    run(program("wasm-bindgen")
        .args(["--no-typescript", "--keep-debug", "--keep-lld-exports"])
        .args(["--target", "web", "--out-name", PAGE, "--out-dir"])
        .arg(project::dist())
        .arg(main))?;
    let page = project::dist().join(format!("{PAGE}_bg.wasm"));
    shrink(&page, &page)?;
    shrink(&later, &project::dist().join(LATER))?;
    link(&folder.join(LINK), &later)
}

/// Cuts the module at its split point; the files of the two parts.
fn part(whole: &Path, folder: &Path) -> Result<(PathBuf, PathBuf)> {
    let bytes = fs::read(whole).map_err(|error| format!("{}: {error}", whole.display()))?;
    let main = folder.join("main.wasm");
    let (link, script) = (format!("./{LINK}"), format!("./{PAGE}.js"));
    let mut options = Options::new(&bytes);
    options.output_dir = folder;
    options.main_out_path = &main;
    options.link_name = &link;
    options.main_module = &script;
    let split = transform(options).map_err(|error| format!("the page did not split: {error:#}"))?;
    match split.split_modules.as_slice() {
        [later] => Ok((main, later.clone())),
        parts => Err(format!("the page split into {} later parts", parts.len())),
    }
}

/// Puts the loading script in place.
fn link(script: &Path, later: &Path) -> Result {
    let name = later.file_name().unwrap_or_default().to_string_lossy();
    let text = fs::read_to_string(script).map_err(|error| format!("{LINK}: {error}"))?;
    let text = replace(&text, &name, LATER)?;
    let text = replace(&text, STREAMING, PLAIN)?;
    fs::write(project::dist().join(LINK), text).map_err(|error| format!("{LINK}: {error}"))
}

fn replace(text: &str, from: &str, to: &str) -> Result<String> {
    if text.matches(from).count() == 1 {
        Ok(text.replace(from, to))
    } else {
        Err(format!("{LINK} does not say {from} just once"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_there_just_once_is_not_replaced() {
        assert_eq!(replace("a b", "b", "c"), Ok("a c".into()));
        assert!(replace("a a", "a", "c").is_err());
        assert!(replace("a", "b", "c").is_err());
    }
}
