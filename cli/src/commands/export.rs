//! `quorumscope export`: a run, or a stretch of it, as a file.

use super::input::Input;
use super::{Outcome, print};
use clap::builder::{PossibleValuesParser, TypedValueParser};
use quorumscope_core::export::{self, Format, Stretch};
use quorumscope_core::time::{Span, Time};
use quorumscope_core::world::open;
use std::process::ExitCode;

#[derive(clap::Args)]
#[command(override_usage = "quorumscope export [OPTIONS] <FORMAT> <SCENARIO|--preset <NAME>>")]
pub(crate) struct Args {
    #[arg(value_parser = named())]
    format: &'static Format,
    #[command(flatten)]
    input: Input,
    /// Where the stretch begins, in milliseconds of simulated time
    #[arg(long, value_name = "MS", value_parser = instant, allow_negative_numbers = true)]
    from: Option<Time>,
    /// Where it ends
    #[arg(long, value_name = "MS", value_parser = instant, allow_negative_numbers = true)]
    to: Option<Time>,
}

fn named() -> impl TypedValueParser<Value = &'static Format> {
    let names = export::ALL.iter().map(|format| format.name);
    PossibleValuesParser::new(names).try_map(|name| export::find(&name).ok_or("is no format"))
}

fn instant(text: &str) -> Result<Time, String> {
    let ms = text.parse().map_err(|_| "takes a number of milliseconds")?;
    Ok(Time::ZERO + Span::try_from_ms(ms)?)
}

impl Args {
    pub(super) fn perform(self) -> Outcome {
        let stretch = Stretch {
            from: self.from.unwrap_or(Stretch::ALL.from),
            to: self.to.unwrap_or(Stretch::ALL.to),
        };
        let mut world = open(&self.input.read()?);
        world.record(true);
        while !world.run_until(Time::NEVER, 1 << 20) {}
        let text = export::export(self.format, world.as_ref(), stretch)
            .map_err(|problem| problem.to_string())?;
        print(|out| out.write_all(text.as_bytes()))?;
        Ok(ExitCode::SUCCESS)
    }
}
