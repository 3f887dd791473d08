//! Links that were shared once open for ever: `tests/corpus/links.txt` has some of every version.
//!
//! A line is never changed or taken out. Before a release,
//! `KEEP_LINKS=1 cargo test --test corpus` adds those of the version that is released, as far as
//! they are not there yet.

use quorumscope_core::link::{self, ENGINE};
use quorumscope_core::time::Time;
use quorumscope_core::world::open;
use quorumscope_core::{faults, presets, systems};
use quorumscope_tests::corpus::{Kept, of_this_version, read};
use std::fs;
use std::path::{Path, PathBuf};

fn file() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/links.txt")
}

/// The corpus; what this version adds is written first where somebody asks for it.
fn corpus() -> Vec<Kept> {
    let mut text = fs::read_to_string(file()).unwrap_or_default();
    if std::env::var_os("KEEP_LINKS").is_some() {
        let mut known = read(&text);
        known.retain(|kept| kept.engine == ENGINE);
        let knows = |kept: &Kept| known.iter().any(|known| known.document == kept.document);
        for kept in of_this_version().into_iter().filter(|kept| !knows(kept)) {
            text += &format!("{}\t{}\t{}\n", kept.engine, kept.link, kept.document);
        }
        fs::write(file(), &text).expect("the folder is there");
    }
    let all = read(&text);
    assert_eq!(all.len(), text.lines().count(), "a line is not whole");
    all
}

#[test]
fn every_link_that_was_shared_means_what_it_meant() {
    for Kept {
        engine,
        link,
        document,
    } in corpus()
    {
        let (scenario, extras) = link::open(&link)
            .unwrap_or_else(|problem| panic!("a link of {engine} is refused: {problem}: {link}"));
        let means = scenario.canonical().to_string();
        assert_eq!(
            means, document,
            "a link of {engine} has another meaning: {link}"
        );
        if let Some(made_by) = &extras.engine {
            assert_eq!(*made_by, engine);
        }
        let again = link::decode(&link::encode(&scenario, &extras));
        assert_eq!(again, Ok((scenario, extras)));
    }
}

#[test]
fn every_link_that_was_shared_runs() {
    for Kept { link, .. } in corpus() {
        let (scenario, _) = link::open(&link).unwrap();
        let mut world = open(&scenario);
        world.run_until(Time::NEVER, 20_000);
        assert!(world.events() > 0, "nothing happens in {link}");
    }
}

#[test]
fn the_corpus_has_every_feature_of_this_version() {
    let corpus = corpus();
    let has = |sign: &str| corpus.iter().any(|kept| kept.document.contains(sign));
    let faults = faults::ALL
        .iter()
        .filter(|fault| (fault.fits)(systems::first()))
        .map(|fault| format!("\"do\":\"{}\"", fault.name));
    let named = systems::first().behaviours.iter();
    let behaviours = named.map(|behaviour| format!("\"behaviour\":\"{}\"", behaviour.name));
    for sign in faults.chain(behaviours) {
        assert!(has(&sign), "no link with {sign}");
    }
    for preset in presets::known() {
        let document = preset.scenario().canonical().to_string();
        let found = corpus.iter().any(|kept| kept.document == document);
        assert!(found, "no link of the preset {}", preset.name);
    }
    assert!(
        corpus.iter().any(|kept| kept.link.starts_with('?')),
        "no link by hand"
    );
}
