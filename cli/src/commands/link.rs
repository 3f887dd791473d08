//! `quorumscope link`: a scenario as a link.

use super::input::Input;
use super::{Outcome, print};
use quorumscope_core::link::{ENGINE, LinkExtras, encode};
use quorumscope_core::time::Time;
use quorumscope_core::world::open;
use std::process::ExitCode;

#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    input: Input,
    /// The address of a Quorumscope page, to stand before the link
    #[arg(
        long,
        value_name = "ADDRESS",
        default_value = "",
        hide_default_value = true
    )]
    page: String,
}

impl Args {
    pub(super) fn perform(self) -> Outcome {
        let scenario = self.input.read()?;
        let mut world = open(&scenario);
        while !world.run_until(Time::NEVER, 1 << 20) {}
        let extras = LinkExtras {
            engine: Some(ENGINE.into()),
            trace: Some((world.trace_hash() >> 32) as u32),
            ..LinkExtras::default()
        };
        print(|out| writeln!(out, "{}#s={}", self.page, encode(&scenario, &extras)))?;
        Ok(ExitCode::SUCCESS)
    }
}
