//! A folder as a zip: the same bytes for the same files, whenever and wherever it is made.

use anyhow::Result;
use std::fs;
use std::io::{Cursor, Write};
use std::path::Path;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// Packs all files below a folder, by name.
pub(super) fn zip(folder: &Path) -> Result<Vec<u8>> {
    let mut names = Vec::new();
    list(folder, "", &mut names)?;
    names.sort();
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for name in names {
        let file = folder.join(&name);
        archive.start_file(name, options)?;
        archive.write_all(&fs::read(file)?)?;
    }
    Ok(archive.finish()?.into_inner())
}

/// The files below a folder, by their paths from it; names with a dot in front are not for hosts.
fn list(folder: &Path, before: &str, names: &mut Vec<String>) -> Result<()> {
    for entry in fs::read_dir(folder)?.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with('.') {
            continue;
        }
        let path = format!("{before}{name}");
        if entry.path().is_dir() {
            list(&entry.path(), &format!("{path}/"), names)?;
        } else {
            names.push(path);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project;

    #[test]
    fn the_same_folder_gives_the_same_bytes() {
        let folder = project::root().join("xtask");
        let packed = zip(&folder).unwrap();
        assert_eq!(packed, zip(&folder).unwrap());
        let mut archive = zip::ZipArchive::new(Cursor::new(packed)).unwrap();
        let mut file = archive.by_name("src/release/archive.rs").unwrap();
        let mut text = String::new();
        std::io::Read::read_to_string(&mut file, &mut text).unwrap();
        assert_eq!(
            text,
            fs::read_to_string(folder.join("src/release/archive.rs")).unwrap()
        );
    }
}
