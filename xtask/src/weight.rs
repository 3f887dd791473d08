//! What the page weighs, and what it may weigh: bytes are time.

use crate::split::Needs;
use crate::{project, site};
use anyhow::{Result, ensure};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;

/// What is loaded at one time, and how many bytes it may have, gzipped.
struct Budget {
    when: &'static str,
    /// Files by their names.
    files: &'static [&'static str],
    /// Parts of the program by their marks in its source.
    parts: &'static [&'static str],
    limit: usize,
}

const FIRST: &str = "quorumscope-web_bg.wasm";

const BUDGETS: [Budget; 8] = [
    Budget {
        when: "before a run plays",
        files: &[FIRST],
        parts: &[],
        limit: 190_000,
    },
    Budget {
        when: "before a link or a frame plays",
        files: &[FIRST],
        parts: &["reading"],
        limit: 260_000,
    },
    Budget {
        when: "before a prepared run plays",
        files: &[FIRST],
        parts: &["reading", "pbft"],
        limit: 272_000,
    },
    Budget {
        when: "before its controls are there",
        files: &[FIRST],
        parts: &["controls"],
        limit: 300_000,
    },
    Budget {
        when: "before all is there",
        files: &[FIRST],
        parts: &["controls", "later", "reading"],
        limit: 585_000,
    },
    Budget {
        when: "when files are wanted",
        files: &["files_bg.wasm"],
        parts: &[],
        limit: 345_000,
    },
    Budget {
        when: "scripts around them",
        files: &["quorumscope-web.js", "parts.js", "files.js"],
        parts: &[],
        limit: 19_700,
    },
    Budget {
        when: "the style sheet",
        files: &["page.css"],
        parts: &[],
        limit: 10_100,
    },
];

/// A part that no budget names is a system, fetched when it is wanted, and may weigh so much.
const SYSTEM: usize = 72_000;

/// A row of the table: when it is loaded, how many bytes it has gzipped, how many it may have.
type Row = (String, usize, usize);

/// Bytes by file, gzipped.
type Sizes = BTreeMap<String, usize>;

/// Weighs the program in `dist/`, whose parts need these files.
pub(crate) fn weigh(needs: &Needs) -> Result<Vec<Row>> {
    let folders = fs::read_dir(project::dist())?.flatten();
    let mut sizes = Sizes::new();
    for folder in folders
        .map(|entry| entry.path())
        .filter(|path| path.join(FIRST).is_file())
    {
        for entry in fs::read_dir(folder)? {
            let (name, bytes) = site::read(&entry?.path())?;
            sizes.insert(name, gzipped(&bytes));
        }
    }
    Ok(rows(&sizes, needs))
}

fn rows(sizes: &Sizes, needs: &Needs) -> Vec<Row> {
    let files_of = |part: &str| needs.get(part).into_iter().flatten().map(String::as_str);
    // What is missing weighs nothing, and is found out by that.
    let sum = |files: BTreeSet<&str>| {
        let sizes = files.iter().map(|file| sizes.get(*file));
        sizes.sum::<Option<usize>>().unwrap_or(0)
    };
    let budgets = BUDGETS.iter().map(|budget| {
        let parts = budget.parts.iter().flat_map(|part| files_of(part));
        let files = budget.files.iter().copied().chain(parts);
        let missing = budget.parts.iter().any(|part| !needs.contains_key(*part));
        let size = if missing { 0 } else { sum(files.collect()) };
        (budget.when.to_owned(), size, budget.limit)
    });
    let page = || BUDGETS.iter().flat_map(|budget| budget.parts);
    let usual: BTreeSet<&str> = page().flat_map(|part| files_of(part)).collect();
    let systems = needs
        .keys()
        .filter(|part| !page().any(|known| known == part));
    let systems = systems.map(|part| {
        let own = files_of(part).filter(|file| !usual.contains(file));
        (format!("the system {part}"), sum(own.collect()), SYSTEM)
    });
    budgets.chain(systems).collect()
}

/// The wasm files that the page is made of, without what only further systems need.
pub(crate) fn usual(needs: &Needs) -> BTreeSet<String> {
    let files = BUDGETS.iter().flat_map(|budget| budget.files).copied();
    let parts = BUDGETS.iter().flat_map(|budget| budget.parts);
    let of_parts = parts
        .filter_map(|part| needs.get(*part))
        .flatten()
        .map(String::as_str);
    let all = files.chain(of_parts).filter(|file| file.ends_with(".wasm"));
    all.map(String::from).collect()
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
        let needs: Needs = ["reading", "controls", "later", "pbft", "raft"]
            .map(|part| (part.to_owned(), vec![format!("split_{part}.wasm")]))
            .into();
        let mut sizes = Sizes::new();
        for file in BUDGETS.iter().flat_map(|budget| budget.files) {
            sizes.insert((*file).into(), 1);
        }
        for file in needs.values().flatten() {
            sizes.insert(file.clone(), 1);
        }
        sizes.insert("split_raft.wasm".into(), SYSTEM);
        assert!(check(&rows(&sizes, &needs)).is_ok());
        sizes.insert("split_raft.wasm".into(), SYSTEM + 1);
        let refused = check(&rows(&sizes, &needs)).unwrap_err().to_string();
        assert!(refused.ends_with(": the system raft"), "{refused}");
        sizes.insert("split_raft.wasm".into(), SYSTEM);
        let gone = Needs::from([("raft".into(), needs["raft"].clone())]);
        assert!(check(&rows(&sizes, &gone)).is_err());
        sizes.remove(FIRST);
        assert!(check(&rows(&sizes, &needs)).is_err());
    }

    #[test]
    fn what_systems_share_with_the_page_is_not_theirs() {
        let needs = Needs::from([
            ("later".into(), vec!["chunk_1.wasm".into()]),
            (
                "raft".into(),
                vec!["chunk_1.wasm".into(), "split_raft.wasm".into()],
            ),
        ]);
        let sizes = Sizes::from([("chunk_1.wasm".into(), 5), ("split_raft.wasm".into(), 7)]);
        let rows = rows(&sizes, &needs);
        assert_eq!(
            rows.last(),
            Some(&("the system raft".to_owned(), 7, SYSTEM))
        );
    }
}
