//! `cargo xtask release`: what people download, in `release/`.
//!
//! | file | for |
//! |---|---|
//! | `site.zip` | any static host: unpack and serve |
//! | `quorumscope.html` | mail, a stick, an upload: one file that opens by a double click |
//! | `SHA256SUMS` | checking the two: `sha256sum --check SHA256SUMS` |

mod archive;
mod previews;
mod single;

use crate::{page, project};
use anyhow::{Context, Result};
use sha2::{Digest, Sha256};
use std::fs;

/// Builds everything that is released.
pub(crate) fn release(url: Option<&str>) -> Result<()> {
    page::build()?;
    previews::write(url)?;
    pack()
}

/// Packs the built page.
fn pack() -> Result<()> {
    let folder = project::release();
    fs::create_dir_all(&folder)?;
    let files = [
        ("site.zip", archive::zip(&project::dist())?),
        ("quorumscope.html", single::page(&[])?.into_bytes()),
    ];
    let mut sums = String::new();
    for (name, bytes) in &files {
        write(name, bytes)?;
        sums.push_str(&line(name, bytes));
        println!("release/{name}: {} kB", bytes.len() / 1000);
    }
    write("SHA256SUMS", sums.as_bytes())
}

/// Packs the built page unless that was done since.
pub(crate) fn fresh() -> Result<()> {
    let age = |file| fs::metadata(file).and_then(|data| data.modified()).ok();
    let page = age(project::dist().join("index.html"));
    match (age(project::release().join("quorumscope.html")), page) {
        (Some(made), Some(page)) if made > page => Ok(()),
        _ => previews::write(None).and_then(|()| pack()),
    }
}

/// The page with the tests' second system in it, as one file for the tests alone.
pub(crate) fn with_echo() -> Result<()> {
    let file = project::target().join("echo.html");
    fs::write(&file, single::page(&["echo"])?).with_context(|| file.display().to_string())
}

fn write(name: &str, bytes: &[u8]) -> Result<()> {
    let file = project::release().join(name);
    fs::write(&file, bytes).with_context(|| file.display().to_string())
}

/// A line as `sha256sum` writes and checks it.
fn line(name: &str, bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    let hex: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{hex}  {name}\n")
}

#[cfg(test)]
mod tests {
    #[test]
    fn sums_are_those_of_sha256sum() {
        assert_eq!(
            super::line("empty", b""),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  empty\n"
        );
    }
}
