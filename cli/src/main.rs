//! `quorumscope`: the same core without a page, for batch work and for tests.

mod commands;

use std::process::ExitCode;

const USAGE: &str = "\
usage: quorumscope run FILE|LINK|- [--trace]
       quorumscope run --preset NAME [--trace]
       quorumscope presets [--json]
       quorumscope export FORMAT FILE|LINK|- [--from MS] [--to MS]
       quorumscope link FILE|LINK|- [--page ADDRESS]
       quorumscope soak [safety|liveness|beyond] [--seeds N] [--from S]
       quorumscope fuzz [--inputs N] [--from S] [--corpus FILE] [--show]

  run    runs a scenario and prints one JSON object about it
         --trace prints its events as JSON lines instead
  presets
         lists the scenarios that have a name; --json says all about each
  export prints a run, or the stretch of it between two instants, as a file:
         FORMAT is svg, mermaid, tikz, events-csv, events-jsonl, metrics-csv,
         metrics-json, shiviz, trace or scenario
  link   prints the link that holds a scenario and the first digits of its trace;
         --page puts the address of a Quorumscope page before it
  soak   runs N random scenarios, 1000 if left out, and prints the first that fails:
         any faults within what theory allows (safety, if left out), faults that
         end (liveness), or more traitors than theory allows (beyond)
  fuzz   reads N hostile links, 100000 if left out, and prints the first for which
         a promise of the readers breaks; FILE holds links to start from, and
         --show prints the inputs instead

exit status: 0 the run ended, 1 a promise broke, 2 the input was refused";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let (name, rest) = args.split_first().unwrap_or((&"", &[]));
    if matches!(*name, "--help" | "-h" | "help") {
        println!("{USAGE}");
        return ExitCode::SUCCESS;
    }
    commands::run_command(name, rest).unwrap_or_else(|| {
        eprintln!("{USAGE}");
        ExitCode::from(2)
    })
}
