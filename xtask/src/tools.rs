//! Gets the tools that a build needs, into folders of the project's own.

use crate::shell::{Result, ask, cargo, find, program, run};
use crate::{browser, lockfile, project};
use std::fs;
use std::process::Command;

/// The Trunk that the page is built with; any patch release of it will do.
const TRUNK: &str = "0.21.14";
/// What Rust calls the browser's machine.
pub(crate) const WASM: &str = "wasm32-unknown-unknown";

/// Building a tool fast matters more than a fast tool: the two take 4 minutes instead of 10.
const QUICK: [(&str, &str); 4] = [
    ("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0"),
    ("CARGO_PROFILE_RELEASE_LTO", "off"),
    ("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "256"),
    ("CARGO_PROFILE_RELEASE_DEBUG", "0"),
];

/// Everything, for building and for testing.
pub(crate) fn all() -> Result {
    for_build()?;
    browser::ready()
}

/// What building the page needs.
pub(crate) fn for_build() -> Result {
    wasm_target()?;
    npm_packages()?;
    let patch = TRUNK.rfind('.').unwrap_or(TRUNK.len());
    install("trunk", "trunk", TRUNK, &TRUNK[..patch], &["--locked"])?;
    let bindgen = bindgen_version()?;
    install(
        "wasm-bindgen",
        "wasm-bindgen-cli",
        &bindgen,
        &bindgen,
        &["--bin", "wasm-bindgen"],
    )
}

/// The standard library for wasm, by rustup.
pub(crate) fn wasm_target() -> Result {
    if wasm_target_there() {
        return Ok(());
    }
    let added = run(program("rustup").args(["target", "add", WASM]));
    added.map_err(|_| {
        format!("Rust's {WASM} is missing: `rustup target add {WASM}` (needs the network)")
    })
}

fn wasm_target_there() -> bool {
    let library = ask(program("rustc").args(["--print", "target-libdir", "--target", WASM]));
    library.is_some_and(|folder| fs::read_dir(folder).is_ok_and(|mut files| files.next().is_some()))
}

/// wasm-opt, the browser's driver and the accessibility checker, as `package-lock.json` names them.
pub(crate) fn npm_packages() -> Result {
    let root = project::root();
    let age = |file: &str| {
        fs::metadata(root.join(file))
            .and_then(|data| data.modified())
            .ok()
    };
    if age("node_modules/.package-lock.json") >= age("package-lock.json") {
        return Ok(());
    }
    if find("npm").is_none() {
        return Err("npm is missing: install Node.js 20 or later".into());
    }
    run(program("npm").args(["ci", "--no-fund", "--no-audit"]))
        .map_err(|_| "npm's packages are missing: `npm ci` needs the network".into())
}

fn bindgen_version() -> Result<String> {
    let lock = fs::read_to_string(project::root().join("Cargo.lock"));
    let lock = lock.map_err(|error| format!("Cargo.lock: {error}"))?;
    let version = lockfile::version(&lock, "wasm-bindgen").map(String::from);
    version.ok_or_else(|| "Cargo.lock names no single wasm-bindgen".into())
}

/// Gets `tool` from `package`, unless one whose version starts like `accepted` is there.
fn install(tool: &str, package: &str, version: &str, accepted: &str, extra: &[&str]) -> Result {
    let there = ask(program(tool).arg("--version"));
    if there.is_some_and(|text| accepts(&text, accepted)) {
        return Ok(());
    }
    println!("{tool} {version} is not here yet; getting it into .tools (a few minutes, once)");
    if ready_made(package, version).is_ok() {
        return Ok(());
    }
    let scratch = project::tools().join("build");
    let built = run(cargo()
        .args([
            "install",
            package,
            "--version",
            version,
            "--no-default-features",
        ])
        .args(extra)
        .arg("--root")
        .arg(project::tools())
        .envs(QUICK)
        .env("CARGO_TARGET_DIR", &scratch));
    // The leftovers of the build are large and of no further use.
    let _ = fs::remove_dir_all(scratch);
    built.map_err(|_| {
        format!("{tool} {version} is missing: `cargo install {package}` needs the network")
    })
}

fn ready_made(package: &str, version: &str) -> Result {
    if find("cargo-binstall").is_none() {
        return Err("no cargo-binstall".into());
    }
    let wanted = format!("{package}@{version}");
    let mut command: Command = cargo();
    command.args([
        "binstall",
        "--no-confirm",
        "--disable-strategies",
        "compile",
        &wanted,
    ]);
    run(command.arg("--root").arg(project::tools()))
}

/// Whether `text`, like "trunk 0.21.14", names a version that starts with `wanted`, in whole parts.
fn accepts(text: &str, wanted: &str) -> bool {
    let version = text.split_whitespace().nth(1).unwrap_or_default();
    let rest = version.strip_prefix(wanted);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

#[cfg(test)]
mod tests {
    use super::accepts;

    #[test]
    fn a_tool_is_known_by_its_version() {
        assert!(accepts("trunk 0.21.14", "0.21"));
        assert!(accepts("trunk 0.21.2", "0.21"));
        assert!(!accepts("trunk 0.22.1", "0.21"));
        assert!(accepts("wasm-bindgen 0.2.130", "0.2.130"));
        assert!(!accepts("wasm-bindgen 0.2.13", "0.2.130"));
        assert!(!accepts("wasm-bindgen 0.2.130", "0.2.13"));
        assert!(!accepts("", "0.21"));
    }
}
