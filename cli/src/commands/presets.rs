//! `quorumscope presets`: the gallery, one line each, for people or for programs.

use super::{Outcome, print};
use quorumscope_core::presets;
use serde_json::json;
use std::process::ExitCode;

/// Lists the presets by name and title.
pub(super) fn presets(args: &[&str]) -> Outcome {
    match args {
        [] => {}
        ["--json"] => return as_json(),
        [arg, ..] => return Err(format!("presets takes --json or nothing, not {arg}")),
    }
    let names = presets::ALL.iter().map(|preset| preset.name.len());
    let width = names.max().unwrap_or(0);
    print(|out| {
        let mut all = presets::ALL.iter();
        all.try_for_each(|preset| writeln!(out, "{:width$}  {}", preset.name, preset.title))
    })?;
    Ok(ExitCode::SUCCESS)
}

fn as_json() -> Outcome {
    let entry = |preset: &&presets::Preset| {
        json!({
            "name": preset.name, "title": preset.title, "chapter": preset.chapter.title(),
            "story": preset.story, "watch": preset.watch,
            "document": preset.scenario().canonical(),
        })
    };
    print(|out| {
        let mut all = presets::ALL.iter().map(entry);
        all.try_for_each(|entry| writeln!(out, "{entry}"))
    })?;
    Ok(ExitCode::SUCCESS)
}
