//! `quorumscope run`: one scenario, one JSON object.

use super::input::{preset, scenario};
use super::{Outcome, print};
use quorumscope_core::promise::Standing;
use quorumscope_core::report::report;
use quorumscope_core::time::Time;
use quorumscope_core::trace_json;
use quorumscope_core::world::{World, open};
use std::io::{self, Write};
use std::process::ExitCode;

/// Runs what the arguments name.
pub(super) fn run(args: &[&str]) -> Outcome {
    let trace = args.contains(&"--trace");
    let rest = args.iter().copied().filter(|arg| *arg != "--trace");
    let scenario = match rest.collect::<Vec<_>>().as_slice() {
        ["--preset", name] => preset(name)?,
        [option] if option.starts_with("--") => return Err(format!("run knows no {option}")),
        [input] => scenario(input)?,
        _ => return Err("run takes one scenario: a file, a link, or - for standard input".into()),
    };
    let mut world = open(&scenario);
    world.record(trace);
    while !world.run_until(Time::NEVER, 1 << 20) {}
    print(|out| match trace {
        true => print_events(world.as_ref(), out),
        false => writeln!(out, "{:#}", report(world.as_ref())),
    })?;
    let kept = world.promises().iter().all(Standing::holds);
    Ok(ExitCode::from(u8::from(!kept)))
}

fn print_events(world: &dyn World, out: &mut dyn Write) -> io::Result<()> {
    let mut events = world.chronicle().events.iter();
    events
        .try_for_each(|event| writeln!(out, "{}", trace_json::event(event, world.scenario().spec)))
}
