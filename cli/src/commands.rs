//! The commands, one file each; a refusal is one line on standard error and status 2.

mod describe;
mod export;
mod fuzz;
mod input;
mod link;
mod manual;
mod presets;
mod run;
mod soak;

use clap::{Parser, Subcommand};
use std::io::{self, BufWriter, Write};
use std::process::ExitCode;

/// What a command comes to: its exit status, or why its input was refused.
pub(crate) type Outcome = Result<ExitCode, String>;

const STATUS: &str = "Exit status:
  0  the run ended, and every promise held
  1  a promise broke (`run`, `soak` and `fuzz` only)
  2  the input was refused; the reason is one line on standard error";

/// Runs distributed systems in simulation, and says what held.
#[derive(Parser)]
#[command(name = "quorumscope", version, after_help = STATUS)]
#[command(arg_required_else_help = true, subcommand_required = true)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Run a scenario and print one JSON object about it
    Run(run::Args),
    /// List the scenarios that have a name
    Presets(presets::Args),
    /// Say what a system is made of: roles, settings, rules, promises
    Describe(describe::Args),
    /// Print a run, or a stretch of it, as a file
    Export(export::Args),
    /// Print the link that holds a scenario and the first digits of its trace
    Link(link::Args),
    /// Run random scenarios and print the first that fails
    Soak(soak::Args),
    /// Read hostile links and print the first for which a promise of the readers breaks
    Fuzz(fuzz::Args),
    /// Print a script with which a shell completes this program's words
    Completions(manual::Completions),
    /// Print the manual page of this program, or of one of its commands
    Man(manual::Man),
}

impl Command {
    pub(crate) fn perform(self) -> Outcome {
        match self {
            Self::Run(args) => args.perform(),
            Self::Presets(args) => args.perform(),
            Self::Describe(args) => args.perform(),
            Self::Export(args) => args.perform(),
            Self::Link(args) => args.perform(),
            Self::Soak(args) => args.perform(),
            Self::Fuzz(args) => args.perform(),
            Self::Completions(args) => args.perform(),
            Self::Man(args) => args.perform(),
        }
    }
}

/// Prints on standard output; whoever reads may stop reading at any time.
fn print(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), String> {
    let mut out = BufWriter::new(io::stdout().lock());
    match write(&mut out).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(format!("standard output: {error}"))
        }
        _ => Ok(()),
    }
}
