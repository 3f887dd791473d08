//! The documents at the top say what is true: files, names, commands, examples, and the rules of
//! direction, which stand in a table of ARCHITECTURE.md.

use quorumscope_core::link;
use quorumscope_core::scenario::Scenario;
use quorumscope_tests::files::{files, read, root, sources};
use quorumscope_tests::systems;

const DOCUMENTS: [&str; 3] = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"];
const SOURCES: [&str; 6] = ["core", "cli", "web", "files", "tests", "xtask"];
/// `cargo xtask gallery` takes it before a release.
const PICTURE: &str = "docs/quorumscope.png";

/// Fails with a line for each fault that `look` finds in a document.
fn check(look: impl Fn(&str) -> Vec<String>) {
    let faults = |name: &&str| -> Vec<String> {
        let found = look(&read(name)).into_iter();
        found.map(|fault| format!("{name}: {fault}")).collect()
    };
    let found: Vec<String> = DOCUMENTS.iter().flat_map(faults).collect();
    assert!(found.is_empty(), "{found:#?}");
}

/// Fenced blocks of a language.
fn blocks<'a>(text: &'a str, language: &str) -> Vec<&'a str> {
    let fenced = text.split("```").skip(1).step_by(2);
    let split = fenced.filter_map(|block| block.split_once('\n'));
    split
        .filter(|(word, _)| *word == language)
        .map(|(_, body)| body)
        .collect()
}

/// What stands in backticks outside of fenced blocks.
fn spans(text: &str) -> Vec<&str> {
    let prose = text.split("```").step_by(2);
    prose
        .flat_map(|part| part.split('`').skip(1).step_by(2))
        .collect()
}

/// Whether `name` stands in `text` as a whole, not as a part of another name.
fn has_name(text: &str, name: &str) -> bool {
    let inner = |c: char| c.is_alphanumeric() || c == '_';
    text.match_indices(name).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + name.len()..].chars().next();
        let apart = |end: bool, next: Option<char>| !end || !next.is_some_and(inner);
        apart(name.starts_with(inner), before) && apart(name.ends_with(inner), after)
    })
}

/// All code and commands, to look names up in; crates by the names that code has for them.
fn code() -> String {
    let kinds = [".rs", ".mjs", ".toml"];
    let mut all = files(&SOURCES);
    all.retain(|file| kinds.iter().any(|end| file.ends_with(end)) && !file.ends_with("/docs.rs"));
    all.push("Cargo.toml".into());
    all.iter()
        .map(|file| read(file).replace('-', "_"))
        .collect()
}

#[test]
fn every_link_leads_to_a_file() {
    check(|text| {
        let targets = text
            .split("](")
            .skip(1)
            .filter_map(|rest| rest.split(')').next());
        let own = targets.filter(|target| !target.contains("://") && !target.starts_with('#'));
        own.filter(|target| *target != PICTURE && !root().join(target).exists())
            .map(|target| format!("no file {target}"))
            .collect()
    });
    assert!(read("tests/browser/gallery.mjs").contains(PICTURE));
}

#[test]
fn every_path_in_backticks_exists() {
    let endings = [".rs", ".mjs", ".toml", ".css", ".html", ".md", ".json"];
    let all = files(&SOURCES);
    let made = read(".gitignore");
    let there = |path: &str| {
        root().join(path).exists()
            || made.contains(path)
            || all.iter().any(|file| file.ends_with(&format!("/{path}")))
    };
    check(|text| {
        let spans = spans(text).into_iter();
        let paths = spans.filter(|span| {
            !span.contains([' ', '?', '<', ':'])
                && (span.ends_with('/') || endings.iter().any(|end| span.ends_with(end)))
        });
        paths
            .filter(|path| !there(path))
            .map(|path| format!("no file {path}"))
            .collect()
    });
}

#[test]
fn every_name_in_backticks_is_in_the_code() {
    let code = code();
    let part = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
    check(|text| {
        let names = spans(text)
            .into_iter()
            .filter(|span| span.chars().all(part));
        let parts = names.flat_map(|name| name.split("::").filter(|part| !part.is_empty()));
        parts
            .filter(|name| !has_name(&code, name))
            .map(|name| format!("no `{name}`"))
            .collect()
    });
}

#[test]
fn every_xtask_is_there() {
    let tasks = read("xtask/src/main.rs").to_lowercase();
    let steps = read("xtask/src/steps.rs");
    check(|text| {
        let calls = text.split("cargo xtask ").skip(1);
        let words = calls.map(|rest| {
            let line = rest.split(['`', '\n', '#', '<']).next().unwrap_or("");
            line.split_whitespace().collect::<Vec<_>>()
        });
        let known = |words: &Vec<&str>| match words.as_slice() {
            ["test", step] => steps.contains(&format!("name: \"{step}\"")),
            [name, ..] => tasks.contains(&format!("task::{name}")),
            [] => true,
        };
        words
            .filter(|words| !known(words))
            .map(|words| format!("no cargo xtask {}", words.join(" ")))
            .collect()
    });
}

#[test]
fn every_test_that_is_named_is_there() {
    let code = code();
    check(|text| {
        let lines = blocks(text, "sh").into_iter().flat_map(str::lines);
        let calls = lines.filter_map(|line| line.split('#').next()?.strip_prefix("cargo test "));
        let last = calls.filter_map(|call| call.split_whitespace().last());
        last.filter(|word| !code.contains(word))
            .map(|word| format!("no test {word}"))
            .collect()
    });
}

#[test]
fn every_scenario_and_link_is_accepted() {
    assert!(!systems().is_empty());
    check(|text| {
        let documents = blocks(text, "json").into_iter();
        let refused = documents.filter_map(|document| Scenario::parse(document).err());
        let links = spans(text).into_iter().filter(|span| span.starts_with('?'));
        let unread = links.filter_map(|text| link::open(text).err());
        refused
            .chain(unread)
            .map(|problem| problem.to_string())
            .collect()
    });
    assert!(!blocks(&read("README.md"), "json").is_empty());
}

/// A block of Rust begins with its file's name; its lines stand there in this order.
#[test]
fn every_example_is_taken_from_the_code() {
    check(|text| {
        let stray = |block: &&str| {
            let (file, example) = block.split_once('\n')?;
            let source = read(file.trim_start_matches("// "));
            let mut lines = source.lines().map(str::trim);
            let missing = example
                .lines()
                .map(str::trim)
                .find(|line| !lines.any(|other| other == *line))?;
            Some(format!("{file} has no line: {missing}"))
        };
        blocks(text, "rust").iter().filter_map(stray).collect()
    });
}

/// A line of the table: where, but where not, and what may not be named there.
fn directions(architecture: &str) -> Vec<[Vec<&str>; 3]> {
    let table = architecture
        .split("| in | but | never |")
        .nth(1)
        .unwrap_or("");
    let lines = table
        .lines()
        .skip(2)
        .take_while(|line| line.starts_with('|'));
    lines
        .map(|line| {
            let mut cells = line.split('|').skip(1).map(spans);
            std::array::from_fn(|_| cells.next().unwrap_or_default())
        })
        .collect()
}

/// Whether a file lies at a path or below it; `*` stands for any one folder.
fn lies_in(file: &str, path: &str) -> bool {
    let Some((before, after)) = path.split_once('*') else {
        return file.starts_with(path);
    };
    let rest = file
        .strip_prefix(before)
        .and_then(|rest| rest.split_once('/'));
    rest.is_some_and(|(_, rest)| rest.starts_with(after.trim_start_matches('/')))
}

#[test]
fn the_rules_of_direction_hold() {
    let architecture = read("ARCHITECTURE.md");
    let rules = directions(&architecture);
    assert!(rules.len() >= 4, "the table is gone");
    let mut broken = Vec::new();
    for [places, but, never] in &rules {
        for source in sources(places) {
            if but.iter().any(|but| lies_in(&source.path, but)) {
                continue;
            }
            for line in source.code() {
                let named = never.iter().find(|name| has_name(line, name));
                broken.extend(
                    named.map(|name| format!("{} names {name}: {}", source.path, line.trim())),
                );
            }
        }
    }
    assert!(broken.is_empty(), "{broken:#?}");
}

/// The other rooms that a room's file names; what rooms share is no room.
fn rooms_named(text: &str) -> impl Iterator<Item = &str> {
    let module = |rest: &&str| rest.starts_with(|first: char| first.is_lowercase());
    let shared = |rest: &&str| rest.starts_with("widgets::") || rest.starts_with("dialog::");
    let named = text.split("super::").skip(1).filter(module);
    named.filter(move |rest| !shared(rest))
}

#[test]
fn a_room_names_no_other_room() {
    let mut rooms = files(&["web/src/rooms"]);
    rooms.retain(|file| file.matches('/').count() == 3);
    assert!(!rooms.is_empty());
    for file in rooms {
        let named: Vec<String> = rooms_named(&read(&file)).map(String::from).collect();
        assert!(named.is_empty(), "{file} names super::{}", named[0]);
    }
}
