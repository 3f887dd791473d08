//! Runs the scenario document on standard input, of any system of the core or of Echo.

use quorumscope_core::report::report;
use quorumscope_core::scenario::Scenario;
use quorumscope_core::time::Time;
use quorumscope_core::{systems, world};
use std::io::{self, Read};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    systems::add(quorumscope_echo::SYSTEM);
    let mut document = String::new();
    io::stdin().read_to_string(&mut document)?;
    let scenario = Scenario::parse(&document).map_err(|problem| problem.to_string())?;
    let mut world = world::open(&scenario);
    while !world.run_until(Time::NEVER, 1 << 20) {}
    println!("{:#}", report(world.as_ref()));
    Ok(())
}
