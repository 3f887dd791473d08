//! The commands, one file each; a refusal is one line on standard error and status 2.

mod export;
mod input;
mod link;
mod run;
mod soak;

use std::process::ExitCode;

/// What a command comes to: its exit status, or why its input was refused.
type Outcome = Result<ExitCode, String>;

/// Runs the command of this name; `None` if there is none.
pub(crate) fn run_command(name: &str, args: &[&str]) -> Option<ExitCode> {
    let outcome = match name {
        "run" => run::run(args),
        "export" => export::export(args),
        "link" => link::link(args),
        "soak" => soak::soak(args),
        _ => return None,
    };
    Some(outcome.unwrap_or_else(|refusal| {
        eprintln!("{}", refusal.replace('\n', " "));
        ExitCode::from(2)
    }))
}
