//! Where a scenario comes from: a file, a link, standard input or a preset.

use clap::builder::{PossibleValuesParser, TypedValueParser};
use quorumscope_core::foreign;
use quorumscope_core::link::{self, is_link};
use quorumscope_core::presets::{self, Preset};
use quorumscope_core::scenario::Scenario;
use std::fs;
use std::io::{self, Read};
use std::path::Path;

#[derive(clap::Args)]
#[group(required = true, multiple = false)]
pub(crate) struct Input {
    /// A file, a link, or - for standard input
    scenario: Option<String>,
    /// A scenario by its name; `quorumscope presets` lists them
    #[arg(long, value_name = "NAME", value_parser = named(), hide_possible_values = true)]
    preset: Option<&'static Preset>,
}

fn named() -> impl TypedValueParser<Value = &'static Preset> {
    let names = presets::known().into_iter().map(|preset| preset.name);
    PossibleValuesParser::new(names).try_map(|name| presets::find(&name).ok_or("is no preset"))
}

impl Input {
    /// The scenario that the arguments name.
    pub(super) fn read(&self) -> Result<Scenario, String> {
        match (&self.scenario, self.preset) {
            (Some(input), _) => scenario(input),
            (None, Some(preset)) => Ok(preset.scenario()),
            (None, None) => Ok(Scenario::default()),
        }
    }
}

fn scenario(input: &str) -> Result<Scenario, String> {
    let text = match input {
        "-" => read_input()?,
        link if is_link(link) && !Path::new(link).exists() => link.to_owned(),
        file => {
            let bytes = fs::read(file).map_err(|error| format!("{file}: {error}"))?;
            String::from_utf8_lossy(&bytes).into_owned()
        }
    };
    let scenario = match is_link(&text) {
        true => link::open(&text).map(|(scenario, _)| scenario),
        false if foreign::may_be_document(&text) => Scenario::parse(&text),
        false => Err(foreign::refusal(&text, foreign::SCENARIOS)),
    };
    scenario.map_err(|problem| problem.to_string())
}

fn read_input() -> Result<String, String> {
    let mut text = String::new();
    let read = io::stdin().read_to_string(&mut text);
    read.map_err(|error| format!("standard input: {error}"))?;
    Ok(text)
}
