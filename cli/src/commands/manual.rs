//! `quorumscope completions` and `quorumscope man`: what shells and `man` want to know of the commands.

use super::{Cli, Outcome, print};
use clap::CommandFactory;
use clap_complete::{Shell, generate};
use std::process::ExitCode;

#[derive(clap::Args)]
pub(crate) struct Completions {
    shell: Shell,
}

impl Completions {
    pub(super) fn perform(self) -> Outcome {
        let mut script = Vec::new();
        generate(self.shell, &mut Cli::command(), "quorumscope", &mut script);
        print(|out| out.write_all(&script))?;
        Ok(ExitCode::SUCCESS)
    }
}

#[derive(clap::Args)]
pub(crate) struct Man {
    /// The command; the program itself if left out
    command: Option<String>,
}

impl Man {
    pub(super) fn perform(self) -> Outcome {
        let mut program = Cli::command();
        // Gives each command its whole name.
        program.build();
        let page = match &self.command {
            None => Some(&program),
            Some(name) => program.find_subcommand(name),
        };
        let page = page.ok_or("no such command; `quorumscope --help` lists them")?;
        print(|out| clap_mangen::Man::new(page.clone()).render(&mut { out }))?;
        Ok(ExitCode::SUCCESS)
    }
}
