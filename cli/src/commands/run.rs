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
    /// Print the events as lines of JSON instead
    #[arg(long)]
    trace: bool,
}

impl Args {
    pub(super) fn perform(self) -> Outcome {
        let mut world = open(&self.input.read()?);
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

fn print_events(world: &dyn World, out: &mut dyn Write) -> io::Result<()> {
    let mut events = world.chronicle().events.iter();
    events
        .try_for_each(|event| writeln!(out, "{}", trace_json::event(event, world.scenario().spec)))
}
