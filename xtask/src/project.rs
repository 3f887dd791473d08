//! Where things are in this project.

use std::path::{Path, PathBuf};

/// The top of the project.
pub(crate) fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_path_buf()
}

/// The project's own tools; nothing outside it is touched.
pub(crate) fn tools() -> PathBuf {
    root().join(".tools")
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
