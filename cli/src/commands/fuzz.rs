//! `quorumscope fuzz`: hostile links by the million.

use super::{Outcome, print};
use quorumscope::fuzz::{Seeds, fuzz, input, read_now};
use std::process::ExitCode;
use std::thread::available_parallelism;
use std::time::Instant;

/// Reads hostile inputs until a promise breaks or all were read.
pub(super) fn fuzz_links(args: &[&str]) -> Outcome {
    let (mut count, mut from, mut corpus, mut shown) = (100_000, 0, String::new(), false);
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        match *arg {
            "--inputs" => count = number(arg, args.next())?,
            "--from" => from = number(arg, args.next())?,
            "--show" => shown = true,
            "--corpus" => {
                let file = args.next().ok_or("--corpus takes a file")?;
                let read = std::fs::read_to_string(file);
                corpus = read.map_err(|error| format!("{file}: {error}"))?;
            }
            other => return Err(format!("fuzz knows no {other}")),
        }
    }
    let seeds = Seeds::new(&corpus);
    if shown {
        let numbers = from..from.saturating_add(count);
        print(|out| {
            let mut inputs = numbers.map(|number| input(&seeds, number));
            inputs.try_for_each(|text| writeln!(out, "{text:?}"))
        })?;
        return Ok(ExitCode::SUCCESS);
    }
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        eprintln!("input {}: a panic", read_now());
        usual(panic);
    }));
    let threads = available_parallelism().map_or(1, |count| count.get() as u64);
    let begun = Instant::now();
    match fuzz(&seeds, from, count, threads) {
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
            let text: String = input(&seeds, number).chars().take(2_000).collect();
            print(|out| writeln!(out, "{text}"))?;
            Ok(ExitCode::from(1))
        }
    }
}

fn number(option: &str, given: Option<&&str>) -> Result<u64, String> {
    let number = given.and_then(|text| text.parse().ok());
    number.ok_or_else(|| format!("{option} takes a whole number"))
}
