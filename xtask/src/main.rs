//! What the README's commands call: `cargo xtask serve | build | test | setup | …`.

mod browser;
mod command;
mod lockfile;
mod module;
mod offline;
mod page;
mod patience;
mod policy;
mod project;
mod release;
mod serve;
mod shell;
mod split;
mod stamp;
mod steps;
mod tools;

use command::Command;
use std::process::ExitCode;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match command::parse(&words).and_then(perform) {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("xtask: {reason}");
            ExitCode::FAILURE
        }
    }
}

/// Links that were shared once.
const CORPUS: &str = "tests/corpus/links.txt";

/// Our own command line, built to be quick.
fn quorumscope(words: &[&str], rest: &[String]) -> shell::Result {
    let run = ["run", "--release", "--package", "quorumscope", "--"];
    shell::run(shell::cargo().args(run).args(words).args(rest))
}

fn perform(command: Command) -> shell::Result {
    match command {
        Command::Help => {
            print!("{}", command::HELP);
            Ok(())
        }
        Command::Setup => tools::all(),
        Command::Build => page::build(),
        Command::Release { url } => release::release(url.as_deref()),
        Command::Serve { port } => page::fresh().and_then(|()| serve::serve(port)),
        Command::Test { step } => steps::test(step.as_deref()),
        Command::Gallery => browser::gallery(),
        Command::Bench { rest } => browser::bench(&rest),
        Command::Soak { rest } => quorumscope(&["soak"], &rest),
        Command::Fuzz { rest } => quorumscope(&["fuzz", "--corpus", CORPUS], &rest),
    }
}
