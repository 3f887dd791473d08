//! What the page weighs, and what it may weigh: bytes are time.

use crate::{project, site};
use anyhow::{Result, ensure};
use std::fs;

/// What is loaded at one time, the files that it consists of, and how many bytes they may have, gzipped.
struct Budget {
    when: &'static str,
    files: &'static [&'static str],
    limit: usize,
}

const FIRST: &str = "quorumscope-web_bg.wasm";
const LATER: &str = "split_later.wasm";

const BUDGETS: [Budget; 5] = [
    Budget {
        when: "before a run plays",
        files: &[FIRST],
        limit: 287_000,
    },
    Budget {
        when: "before a link or a frame plays",
        files: &[FIRST, LATER],
        limit: 549_000,
    },
    Budget {
        when: "when files are wanted",
        files: &["files_bg.wasm"],
        limit: 270_500,
    },
    Budget {
        when: "scripts around them",
        files: &["quorumscope-web.js", "parts.js", "files.js"],
        limit: 19_200,
    },
    Budget {
        when: "the style sheet",
        files: &["page.css"],
        limit: 9_960,
    },
];

/// What no budget names is loaded when one system is wanted, and may weigh so much.
const SYSTEM: usize = 25_000;

/// A row of the table: when it is loaded, how many bytes it has gzipped, how many it may have.
type Row = (String, usize, usize);

/// Weighs all parts in `dist/`.
pub(crate) fn weigh() -> Result<Vec<Row>> {
    let folders = fs::read_dir(project::dist())?.flatten();
    let mut parts: Vec<(String, usize)> = Vec::new();
    for folder in folders
        .map(|entry| entry.path())
        .filter(|path| path.join(FIRST).is_file())
    {
        for entry in fs::read_dir(folder)? {
            let (name, bytes) = site::read(&entry?.path())?;
            parts.push((name, gzipped(&bytes)));
        }
    }
    Ok(rows(&parts))
}

fn rows(parts: &[(String, usize)]) -> Vec<Row> {
    let budgets = BUDGETS.iter().map(|budget| {
        let own = parts
            .iter()
            .filter(|(name, _)| budget.files.contains(&name.as_str()));
        (
            budget.when.to_owned(),
            own.map(|(_, size)| size).sum(),
            budget.limit,
        )
    });
    let named = |name: &str| BUDGETS.iter().any(|budget| budget.files.contains(&name));
    let further = parts.iter().filter(|(name, _)| !named(name));
    budgets
        .chain(further.map(|(name, size)| (name.clone(), *size, SYSTEM)))
        .collect()
}

/// Prints the table.
pub(crate) fn print(rows: &[Row]) {
    println!("\nloaded                          bytes gzipped    limit");
    for (when, size, limit) in rows {
        println!("{when:<32} {size:>12} {limit:>8}");
    }
}

/// Fails if anything is heavier than it may be.
pub(crate) fn check(rows: &[Row]) -> Result<()> {
    let heavy = rows
        .iter()
        .filter(|(_, size, limit)| size > limit || *size == 0);
    let heavy: Vec<&str> = heavy.map(|(when, ..)| when.as_str()).collect();
    ensure!(
        heavy.is_empty(),
        "too heavy, or missing: {}",
        heavy.join(", ")
    );
    Ok(())
}

/// A gzip file is a deflate stream between a header of ten bytes and a trailer of eight.
fn gzipped(bytes: &[u8]) -> usize {
    miniz_oxide::deflate::compress_to_vec(bytes, 9).len() + 18
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repetition_weighs_little() {
        assert!(gzipped(&[0; 100_000]) < 500);
        assert!(gzipped(b"abc") > 18);
    }

    #[test]
    fn what_is_too_heavy_or_missing_is_named() {
        let part = |name: &str, size| (name.to_owned(), size);
        let mut parts = Vec::new();
        for budget in &BUDGETS {
            parts.extend(budget.files.iter().map(|name| part(name, 1)));
        }
        parts.push(part("split_raft.wasm", SYSTEM));
        assert!(check(&rows(&parts)).is_ok());
        let all = parts.len();
        parts[all - 1].1 += 1;
        let refused = check(&rows(&parts)).unwrap_err().to_string();
        assert!(refused.ends_with(": split_raft.wasm"), "{refused}");
        assert!(check(&rows(&parts[1..])).is_err());
    }
}
