//! `quorumscope presets`: the gallery, one line each, for people or for programs.

use super::{Outcome, print};
use quorumscope_core::presets::{self, Preset};
use serde_json::{Value, json};
use std::process::ExitCode;

#[derive(clap::Args)]
pub(crate) struct Args {
    /// Print all about each, as a line of JSON
    #[arg(long)]
    json: bool,
}

impl Args {
    pub(super) fn perform(self) -> Outcome {
        let names = presets::known().into_iter().map(|preset| preset.name.len());
        let width = names.max().unwrap_or(0);
        print(|out| {
            let mut all = presets::known().into_iter();
            all.try_for_each(|preset| match self.json {
                true => writeln!(out, "{}", entry(preset)),
                false => writeln!(out, "{:width$}  {}", preset.name, preset.title),
            })
        })?;
        Ok(ExitCode::SUCCESS)
    }
}

fn entry(preset: &Preset) -> Value {
    json!({
        "name": preset.name, "title": preset.title, "chapter": preset.chapter.title(),
        "story": preset.story, "watch": preset.watch,
        "document": preset.scenario().canonical(),
    })
}
