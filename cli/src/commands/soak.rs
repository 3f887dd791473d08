//! `quorumscope soak`: random scenarios by the million.

use super::{Outcome, print};
use quorumscope::soak::{Plan, search};
use std::process::ExitCode;
use std::thread::available_parallelism;

/// Runs random scenarios until one fails or all have passed.
pub(super) fn soak(args: &[&str]) -> Outcome {
    let (mut plan, mut seeds, mut from) = (Plan::Safety, 1000, 0);
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        match *arg {
            "--seeds" => seeds = number(arg, args.next())?,
            "--from" => from = number(arg, args.next())?,
            name => plan = named(name)?,
        }
    }
    let threads = available_parallelism().map_or(1, |count| count.get() as u64);
    let Some(failure) = search(plan, from, seeds, threads) else {
        print(|out| {
            writeln!(
                out,
                "{seeds} scenarios from number {from} on: nothing broke"
            )
        })?;
        return Ok(ExitCode::SUCCESS);
    };
    eprintln!("scenario {}: {}", failure.seed, failure.says);
    print(|out| writeln!(out, "{}", failure.document))?;
    Ok(ExitCode::from(1))
}

fn number(option: &str, given: Option<&&str>) -> Result<u64, String> {
    let number = given.and_then(|text| text.parse().ok());
    number.ok_or_else(|| format!("{option} takes a whole number"))
}

fn named(name: &str) -> Result<Plan, String> {
    let found = Plan::ALL.iter().find(|(known, _)| *known == name);
    let names = Plan::ALL.map(|(known, _)| known).join(", ");
    found
        .map(|(_, plan)| *plan)
        .ok_or_else(|| format!("soak knows no \"{name}\": plans are {names}"))
}
