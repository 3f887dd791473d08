//! `quorumscope`: the same core without a page, for batch work and for tests.

mod run;

use std::process::ExitCode;

const USAGE: &str = "\
usage: quorumscope run FILE|LINK|- [--trace]

  run    runs a scenario and prints one JSON object about it
         --trace prints its events as JSON lines instead

exit status: 0 the run ended, 1 a promise broke, 2 the input was refused";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match args.as_slice() {
        ["run", rest @ ..] => run::run(rest),
        ["--help" | "-h" | "help"] => {
            println!("{USAGE}");
            ExitCode::SUCCESS
        }
        _ => {
            eprintln!("{USAGE}");
            ExitCode::from(2)
        }
    }
}
