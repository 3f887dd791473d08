//! `quorumscope run`: one scenario, one JSON object.

use super::input::Input;
use super::{Outcome, print};
use quorumscope_core::promise::Standing;
use quorumscope_core::report::report;
use quorumscope_core::time::Time;
use quorumscope_core::trace_json;
use quorumscope_core::world::{World, open};
use std::io::{self, Write};
use std::process::ExitCode;

#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    input: Input,
    /// Draw with this seed in place of the scenario's: a number, or "random" for one that the report names
    #[arg(long, value_name = "SEED", value_parser = seed)]
    seed: Option<u64>,
    /// Print the events as lines of JSON instead
    #[arg(long)]
    trace: bool,
}

impl Args {
    pub(super) fn perform(self) -> Outcome {
        let mut scenario = self.input.read()?;
        scenario.seed = self.seed.unwrap_or(scenario.seed);
        let mut world = open(&scenario);
        world.record(self.trace);
        while !world.run_until(Time::NEVER, 1 << 20) {}
        print(|out| match self.trace {
            true => print_events(world.as_ref(), out),
            false => writeln!(out, "{:#}", report(world.as_ref())),
        })?;
        let kept = world.promises().iter().all(Standing::holds);
        Ok(ExitCode::from(u8::from(!kept)))
    }
}

/// The largest seed that a number of a document can hold exactly.
const MOST_SEED: u64 = (1 << 53) - 1;

fn seed(text: &str) -> Result<u64, String> {
    match text {
        "random" => match getrandom::u64() {
            Ok(drawn) => Ok(drawn & MOST_SEED),
            Err(error) => Err(error.to_string()),
        },
        _ => match text.parse() {
            Ok(seed) if seed <= MOST_SEED => Ok(seed),
            _ => Err(format!("is not random, nor a number from 0 to {MOST_SEED}")),
        },
    }
}

fn print_events(world: &dyn World, out: &mut dyn Write) -> io::Result<()> {
    let mut events = world.chronicle().events.iter();
    events
        .try_for_each(|event| writeln!(out, "{}", trace_json::event(event, world.scenario().spec)))
}
