//! Where things are in this project, and the shell at its top.

use anyhow::Result;
use std::path::{Path, PathBuf};
use xshell::Shell;

/// The top of the project.
pub(crate) fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_path_buf()
}

/// Runs programs, reads and writes files at the top of the project.
pub(crate) fn shell() -> Result<Shell> {
    let shell = Shell::new()?;
    shell.change_dir(root());
    Ok(shell)
}

/// The finished page.
pub(crate) fn dist() -> PathBuf {
    root().join("dist")
}

/// What is released.
pub(crate) fn release() -> PathBuf {
    root().join("release")
}

/// Where cargo builds; we ourselves run from its `debug` folder.
pub(crate) fn target() -> PathBuf {
    let own = std::env::current_exe().unwrap_or_default();
    own.ancestors()
        .nth(2)
        .map_or_else(|| root().join("target"), PathBuf::from)
}
