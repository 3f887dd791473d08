//! The commands, one file each; a refusal is one line on standard error and status 2.

mod export;
mod fuzz;
mod input;
mod link;
mod presets;
mod run;
mod soak;

use std::io::{self, BufWriter, Write};
use std::process::ExitCode;

/// What a command comes to: its exit status, or why its input was refused.
type Outcome = Result<ExitCode, String>;

/// Runs the command of this name; `None` if there is none.
pub(crate) fn run_command(name: &str, args: &[&str]) -> Option<ExitCode> {
    let outcome = match name {
        "run" => run::run(args),
        "export" => export::export(args),
        "link" => link::link(args),
        "presets" => presets::presets(args),
        "soak" => soak::soak(args),
        "fuzz" => fuzz::fuzz_links(args),
        _ => return None,
    };
    Some(outcome.unwrap_or_else(|refusal| {
        eprintln!("{}", refusal.replace('\n', " "));
        ExitCode::from(2)
    }))
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
