//! `quorumscope presets`: the gallery, one line each.

use super::{Outcome, print};
use quorumscope_core::presets;
use std::process::ExitCode;

/// Lists the presets by name and title.
pub(super) fn presets(args: &[&str]) -> Outcome {
    if let Some(arg) = args.first() {
        return Err(format!("presets takes nothing, not {arg}"));
    }
    let names = presets::ALL.iter().map(|preset| preset.name.len());
    let width = names.max().unwrap_or(0);
    print(|out| {
        let mut all = presets::ALL.iter();
        all.try_for_each(|preset| writeln!(out, "{:width$}  {}", preset.name, preset.title))
    })?;
    Ok(ExitCode::SUCCESS)
}
