//! `quorumscope fuzz`: hostile links by the million.

use super::{Outcome, print};
use quorumscope::fuzz::{Seeds, fuzz, input, read_now};
use std::process::ExitCode;
use std::thread::available_parallelism;
use std::time::Instant;

#[derive(clap::Args)]
pub(crate) struct Args {
    /// So many links
    #[arg(long, value_name = "N", default_value_t = 100_000)]
    inputs: u64,
    /// The number of the first
    #[arg(long, value_name = "SEED", default_value_t = 0)]
    from: u64,
    /// A file of links to start from, one a line
    #[arg(long, value_name = "FILE")]
    corpus: Option<String>,
    /// Print the links instead of reading them
    #[arg(long)]
    show: bool,
}

impl Args {
    pub(super) fn perform(self) -> Outcome {
        let corpus = self.corpus.as_ref().map_or(Ok(String::new()), |file| {
            std::fs::read_to_string(file).map_err(|error| format!("{file}: {error}"))
        })?;
        let seeds = Seeds::new(&corpus);
        match self.show {
            true => show(&seeds, self.from, self.inputs),
            false => search(&seeds, self.from, self.inputs),
        }
    }
}

fn show(seeds: &Seeds, from: u64, count: u64) -> Outcome {
    print(|out| {
        let mut inputs = (from..from.saturating_add(count)).map(|number| input(seeds, number));
        inputs.try_for_each(|text| writeln!(out, "{text:?}"))
    })?;
    Ok(ExitCode::SUCCESS)
}

/// Reads hostile links until a promise breaks or all were read.
fn search(seeds: &Seeds, from: u64, count: u64) -> Outcome {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        eprintln!("input {}: a panic", read_now());
        usual(panic);
    }));
    let threads = available_parallelism().map_or(1, |count| count.get() as u64);
    let begun = Instant::now();
    match fuzz(seeds, from, count, threads) {
        Ok(tally) => {
            let took = begun.elapsed().as_secs_f64();
            let (slow, number) = tally.slowest;
            print(|out| {
                writeln!(
                    out,
                    "{count} inputs from number {from} on, {:.0} a second: {} read (of which {} run), {} refused; \
                     the longest refusal has {} bytes; input {number} took longest, {:.1} ms",
                    count as f64 / took,
                    tally.accepted,
                    tally.run,
                    tally.refused,
                    tally.longest_refusal,
                    slow.as_secs_f64() * 1000.0
                )
            })?;
            Ok(ExitCode::SUCCESS)
        }
        Err((number, says)) => {
            eprintln!("input {number}: {says}");
            let text: String = input(seeds, number).chars().take(2_000).collect();
            print(|out| writeln!(out, "{text}"))?;
            Ok(ExitCode::from(1))
        }
    }
}
