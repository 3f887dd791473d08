//! Where a scenario comes from: a file, a link, standard input or a preset.

use quorumscope_core::link::{self, is_link};
use quorumscope_core::presets;
use quorumscope_core::scenario::Scenario;
use std::fs;
use std::io::{self, Read};
use std::path::Path;

/// The scenario that a file, a link or standard input holds.
pub(super) fn scenario(input: &str) -> Result<Scenario, String> {
    let text = match input {
        "-" => read_input()?,
        link if is_link(link) && !Path::new(link).exists() => link.to_owned(),
        file => fs::read_to_string(file).map_err(|error| format!("{file}: {error}"))?,
    };
    let scenario = match is_link(&text) {
        true => link::open(&text).map(|(scenario, _)| scenario),
        false => Scenario::parse(&text),
    };
    scenario.map_err(|problem| problem.to_string())
}

fn read_input() -> Result<String, String> {
    let mut text = String::new();
    let read = io::stdin().read_to_string(&mut text);
    read.map_err(|error| format!("standard input: {error}"))?;
    Ok(text)
}

/// The scenario of a preset.
pub(super) fn preset(name: &str) -> Result<Scenario, String> {
    let found = presets::find(name).map(presets::Preset::scenario);
    found.ok_or_else(|| format!("no preset is called `{name}`; `quorumscope presets` lists them"))
}
