//! `quorumscope soak`: random scenarios by the million.

use super::{Outcome, print};
use clap::builder::{PossibleValuesParser, TypedValueParser};
use quorumscope::soak::{Plan, search};
use quorumscope_core::spec::Spec;
use quorumscope_core::systems;
use std::process::ExitCode;
use std::thread::available_parallelism;

#[derive(clap::Args)]
pub(crate) struct Args {
    /// What is drawn, and what must hold
    #[arg(value_enum, default_value = "safety")]
    plan: Plan,
    /// The system, for `given`; each in turn if left out
    #[arg(long, value_name = "SYSTEM", value_parser = system())]
    system: Option<&'static Spec>,
    /// So many scenarios
    #[arg(long, value_name = "N", default_value_t = 1000)]
    seeds: u64,
    /// The number of the first
    #[arg(long, value_name = "SEED", default_value_t = 0)]
    from: u64,
}

fn system() -> impl TypedValueParser<Value = &'static Spec> {
    let names = PossibleValuesParser::new(systems::names());
    names.try_map(|name| systems::find(&name).ok_or("is no system"))
}

impl Args {
    pub(super) fn perform(self) -> Outcome {
        let Self {
            plan,
            system,
            seeds,
            from,
        } = self;
        if plan != Plan::Given && system.is_some_and(|spec| spec.name != systems::first().name) {
            return Err(format!(
                "only `soak given` draws another system than {}",
                systems::first().name
            ));
        }
        let of = system.map_or_else(systems::known, |spec| vec![spec]);
        let threads = available_parallelism().map_or(1, |count| count.get() as u64);
        if let Some(failure) = search(plan, &of, from, seeds, threads) {
            eprintln!("scenario {}: {}", failure.seed, failure.says);
            print(|out| writeln!(out, "{}", failure.document))?;
            return Ok(ExitCode::from(1));
        }
        print(|out| {
            writeln!(
                out,
                "{seeds} scenarios from number {from} on: nothing broke"
            )
        })?;
        Ok(ExitCode::SUCCESS)
    }
}
