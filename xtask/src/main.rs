//! What the README's commands call: `cargo xtask serve | build | test | setup | …`.

mod browser;
mod module;
mod page;
mod policy;
mod project;
mod release;
mod serve;
mod site;
mod split;
mod steps;
mod tools;
mod weight;

use anyhow::{Result, ensure};
use clap::builder::PossibleValuesParser;
use clap::{Parser, Subcommand};
use std::process::ExitCode;
use xshell::cmd;

/// Links that were shared once.
const CORPUS: &str = "tests/corpus/links.txt";

/// Builds, serves and checks the project
#[derive(Parser)]
#[command(
    name = "cargo xtask",
    bin_name = "cargo xtask",
    disable_help_subcommand = true
)]
struct Cli {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Build the page and serve it on localhost
    Serve {
        /// The port; the first free one from 8080 on if left out
        #[arg(long)]
        port: Option<u16>,
    },
    /// Build the page into dist/, ready for any static host
    Build {
        /// Only the one file target/echo.html, with the second system of the tests
        #[arg(long)]
        echo: bool,
    },
    /// Put what people download into release/: a site, one file, sums
    Release {
        /// Where the site will be, for pictures in previews of links
        #[arg(long, value_parser = url)]
        url: Option<String>,
    },
    /// Run all checks, or one
    Test {
        #[arg(value_parser = PossibleValuesParser::new(steps::names()))]
        step: Option<String>,
    },
    /// Get the tools that the others need, into this folder only
    Setup,
    /// Take the screenshots, the README's picture among them
    Gallery,
    /// Measure the core
    Bench(Rest),
    /// Search for broken promises, over many seeds
    Soak(Rest),
    /// Read hostile links, a hundred thousand or as many as you like
    Fuzz(Rest),
}

/// Words for the program that is run
#[derive(clap::Args)]
#[command(disable_help_flag = true)]
struct Rest {
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    rest: Vec<String>,
}

fn main() -> ExitCode {
    match perform(Cli::parse().task) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn perform(task: Task) -> Result<()> {
    match task {
        Task::Serve { port } => page::fresh().and_then(|()| serve::serve(port)),
        Task::Build { echo: false } => page::build(),
        Task::Build { echo: true } => release::with_echo(),
        Task::Release { url } => release::release(url.as_deref()),
        Task::Test { step } => steps::test(step.as_deref()),
        Task::Setup => tools::all(),
        Task::Gallery => browser::gallery(),
        Task::Bench(Rest { rest }) => browser::bench(&rest),
        Task::Soak(Rest { rest }) => quorumscope(&["soak"], &rest),
        Task::Fuzz(Rest { rest }) => quorumscope(&["fuzz", "--corpus", CORPUS], &rest),
    }
}

/// Our own command line, built to be quick.
fn quorumscope(words: &[&str], rest: &[String]) -> Result<()> {
    let shell = project::shell()?;
    cmd!(
        shell,
        "cargo run --release --package quorumscope -- {words...} {rest...}"
    )
    .run()?;
    Ok(())
}

/// An address that ends in a slash.
fn url(text: &str) -> Result<String> {
    let fits = text.starts_with("http") && !text.contains(['"', '<']);
    ensure!(fits, "must be like https://example.org/quorumscope/");
    Ok(format!("{}/", text.trim_end_matches('/')))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Option<Task> {
        let words = ["cargo xtask"].into_iter().chain(line.split_whitespace());
        Cli::try_parse_from(words).ok().map(|cli| cli.task)
    }

    #[test]
    fn where_a_release_will_be_is_an_address() {
        let asked = read("release --url https://a.example/q");
        assert!(
            matches!(asked, Some(Task::Release { url: Some(url) }) if url == "https://a.example/q/")
        );
        assert!(read("release --url nowhere").is_none());
    }

    #[test]
    fn a_step_is_known_by_name() {
        assert!(matches!(read("test"), Some(Task::Test { step: None })));
        assert!(matches!(read("test fmt"), Some(Task::Test { step: Some(step) }) if step == "fmt"));
        assert!(read("test nonsense").is_none());
    }

    #[test]
    fn the_long_runners_pass_their_words_on() {
        let asked = read("soak --seeds 5 --help");
        assert!(
            matches!(asked, Some(Task::Soak(Rest { rest })) if rest == ["--seeds", "5", "--help"])
        );
    }
}
