//! `quorumscope run`: one scenario, one JSON object.

use super::Outcome;
use super::input::scenario;
use quorumscope_core::property::Promise;
use quorumscope_core::report::report;
use quorumscope_core::time::Time;
use quorumscope_core::trace_json;
use quorumscope_core::world::{World, open};
use std::io::{self, Write};
use std::process::ExitCode;

/// Runs what the arguments name.
pub(super) fn run(args: &[&str]) -> Outcome {
    let (world, trace) = prepare(args)?;
    finish(world, trace)
}

fn prepare(args: &[&str]) -> Result<(Box<dyn World>, bool), String> {
    let trace = args.contains(&"--trace");
    let inputs: Vec<&str> = args
        .iter()
        .copied()
        .filter(|arg| *arg != "--trace")
        .collect();
    let [input] = inputs.as_slice() else {
        return Err("run takes one scenario: a file, a link, or - for standard input".into());
    };
    let scenario = scenario(input)?;
    let mut world = open(&scenario);
    if trace {
        world.record(true);
    }
    Ok((world, trace))
}

fn finish(mut world: Box<dyn World>, trace: bool) -> Outcome {
    while !world.run_until(Time::NEVER, 1 << 20) {}
    let printed = if trace {
        print_events(world.as_ref())
    } else {
        writeln!(io::stdout(), "{:#}", report(world.as_ref()))
    };
    printed.map_err(|error| format!("standard output: {error}"))?;
    let kept = world.promises().iter().all(Promise::holds);
    Ok(ExitCode::from(u8::from(!kept)))
}

fn print_events(world: &dyn World) -> io::Result<()> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    for event in &world.chronicle().events {
        writeln!(out, "{}", trace_json::event(event, world.kinds()))?;
    }
    out.flush()
}
