//! `quorumscope link`: a scenario as a link.

use super::input::scenario;
use super::{Outcome, print};
use quorumscope_core::link::{ENGINE, LinkExtras, encode};
use quorumscope_core::time::Time;
use quorumscope_core::world::open;
use std::process::ExitCode;

/// Prints the link to what the argument names.
pub(super) fn link(args: &[&str]) -> Outcome {
    let (input, page) = match args {
        [input] | ["--page", _, input] | [input, "--page", _] if *input != "--page" => {
            let page = args.iter().skip_while(|word| **word != "--page").nth(1);
            (input, page.copied().unwrap_or_default())
        }
        _ => return Err("link takes one scenario: a file, a link, or - for standard input".into()),
    };
    let scenario = scenario(input)?;
    let mut world = open(&scenario);
    while !world.run_until(Time::NEVER, 1 << 20) {}
    let extras = LinkExtras {
        engine: Some(ENGINE.into()),
        trace: Some((world.trace_hash() >> 32) as u32),
        ..LinkExtras::default()
    };
    print(|out| writeln!(out, "{page}#s={}", encode(&scenario, &extras)))?;
    Ok(ExitCode::SUCCESS)
}
