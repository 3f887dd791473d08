//! `quorumscope soak`: random scenarios by the million.

use super::{Outcome, print};
use quorumscope::soak::{Plan, search};
use std::process::ExitCode;
use std::thread::available_parallelism;

#[derive(clap::Args)]
pub(crate) struct Args {
    /// What is drawn, and what must hold
    #[arg(value_enum, default_value = "safety")]
    plan: Plan,
    /// So many scenarios
    #[arg(long, value_name = "N", default_value_t = 1000)]
    seeds: u64,
    /// The number of the first
    #[arg(long, value_name = "SEED", default_value_t = 0)]
    from: u64,
}

impl Args {
    pub(super) fn perform(self) -> Outcome {
        let Self { plan, seeds, from } = self;
        let threads = available_parallelism().map_or(1, |count| count.get() as u64);
        if let Some(failure) = search(plan, from, seeds, threads) {
            eprintln!("scenario {}: {}", failure.seed, failure.says);
            print(|out| writeln!(out, "{}", failure.document))?;
            return Ok(ExitCode::from(1));
        }
        print(|out| {
            writeln!(
                out,
                "{seeds} scenarios from number {from} on: nothing broke"
            )
        })?;
        Ok(ExitCode::SUCCESS)
    }
}
