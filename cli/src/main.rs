//! `quorumscope`: the same core without a page, for batch work and for tests.

mod commands;

use clap::Parser;
use clap::error::ErrorKind;
use std::process::ExitCode;

fn main() -> ExitCode {
    let outcome = match commands::Cli::try_parse() {
        Ok(cli) => cli.command.perform(),
        Err(error) => match error.kind() {
            ErrorKind::DisplayHelp
            | ErrorKind::DisplayVersion
            | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => error.exit(),
            _ => Err(in_one_line(&error.to_string())),
        },
    };
    outcome.unwrap_or_else(|refusal| {
        eprintln!("{}", refusal.replace('\n', " "));
        ExitCode::from(2)
    })
}

/// What the parser says without its usage, which `--help` prints.
fn in_one_line(said: &str) -> String {
    let lines = said.lines().map(str::trim);
    let told = lines.take_while(|line| {
        !line.starts_with("Usage:") && !line.starts_with("For more information")
    });
    let words: Vec<&str> = told.filter(|line| !line.is_empty()).collect();
    words.join(" ").trim_start_matches("error: ").to_owned()
}
