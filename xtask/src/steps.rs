//! `cargo xtask test`: the steps, their order, and the table at the end.

use crate::{browser, page, project, split, tools, weight};
use anyhow::{Result, ensure};
use std::time::{Duration, Instant};
use xshell::cmd;

/// One check: its name, what it does, how, and what helps when it fails.
struct Step {
    name: &'static str,
    does: &'static str,
    run: fn() -> Result<()>,
    help: &'static str,
}

/// Quick ones first, so that small slips are heard of early.
const STEPS: [Step; 6] = [
    Step {
        name: "fmt",
        does: "formatting",
        run: fmt,
        help: "run `cargo fmt`",
    },
    Step {
        name: "clippy",
        does: "lints, natively and for wasm",
        run: clippy,
        help: "mend what clippy names above; each rule says its reason",
    },
    Step {
        name: "rust",
        does: "all Rust tests",
        run: rust,
        help: "the failing test is named above; rerun it with `cargo test --workspace NAME`",
    },
    Step {
        name: "tools",
        does: "the tools for the page and the browser",
        run: tools::all,
        help: "run `cargo xtask setup` with the network at hand",
    },
    Step {
        name: "wasm",
        does: "the page for release, and its weight",
        run: wasm,
        help: "run `cargo xtask build`; if it grew too heavy, see which crate is new in Cargo.lock",
    },
    Step {
        name: "browser",
        does: "the page in a real browser, and wasm against native",
        run: browser::tests,
        help: "run one file: `node --test tests/browser/NAME.test.mjs`; pictures are in tests/browser/shots",
    },
];

/// The names that `cargo xtask test NAME` knows.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    STEPS.iter().map(|step| step.name)
}

/// Runs all steps or the one named, then says how it went.
pub(crate) fn test(only: Option<&str>) -> Result<()> {
    let chosen = STEPS
        .iter()
        .filter(|step| only.is_none_or(|name| name == step.name));
    let done: Vec<_> = chosen.map(|step| (step, timed(step))).collect();
    println!("\nstep     result  seconds");
    for (step, (result, took)) in &done {
        let word = if result.is_ok() { "passed" } else { "FAILED" };
        println!("{:<8} {word}  {:>7.1}", step.name, took.as_secs_f64());
    }
    let failed = done
        .iter()
        .filter(|(_, (result, _))| result.is_err())
        .count();
    println!("\n{} passed, {failed} failed", done.len() - failed);
    ensure!(failed == 0, "not all is well, see above");
    Ok(())
}

fn timed(step: &Step) -> (Result<()>, Duration) {
    println!("\n== {}: {}", step.name, step.does);
    let start = Instant::now();
    let result = (step.run)();
    let took = start.elapsed();
    match &result {
        Ok(()) => println!("== {} passed in {:.1} s", step.name, took.as_secs_f64()),
        Err(reason) => {
            println!(
                "== {} FAILED after {:.1} s: {reason:#}",
                step.name,
                took.as_secs_f64()
            );
            println!("   what to do: {}", step.help);
        }
    }
    (result, took)
}

fn fmt() -> Result<()> {
    let shell = project::shell()?;
    cmd!(shell, "cargo fmt --all --check").run()?;
    Ok(())
}

fn clippy() -> Result<()> {
    tools::wasm_target()?;
    let (shell, wasm) = (project::shell()?, tools::WASM);
    cmd!(
        shell,
        "cargo clippy --workspace --all-targets --locked -- -D warnings"
    )
    .run()?;
    let packages = "-p quorumscope-web -p quorumscope-files -p quorumscope-in-wasm".split(' ');
    let split = "quorumscope-web/split";
    cmd!(
        shell,
        "cargo clippy --locked --target {wasm} {packages...} --features {split} -- -D warnings"
    )
    .run()?;
    Ok(())
}

fn rust() -> Result<()> {
    let shell = project::shell()?;
    cmd!(shell, "cargo test --workspace --locked").run()?;
    Ok(())
}

fn wasm() -> Result<()> {
    page::build()?;
    weight::check(&weight::weigh(&split::needs()?)?)
}
