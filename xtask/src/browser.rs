//! The real browser: finds or gets a Chromium, and runs what lives in `tests/browser/`.

use crate::{page, project, release, tools};
use anyhow::{Context, Result, bail};
use xshell::{Cmd, Shell, cmd};

const MISSING: &str = "no Chromium here, and none could be fetched; install one: \
    `apt-get install chromium`, `dnf install chromium`, `brew install --cask chromium` \
    or `winget install Google.Chrome`";

/// Runs every test of `tests/browser/`.
pub(crate) fn tests() -> Result<()> {
    ready()?;
    page::fresh()?;
    release::fresh()?;
    release::with_echo()?;
    page::core_for_node()?;
    let shell = project::shell()?;
    let mut files = shell.read_dir("tests/browser")?;
    files.retain(|file| file.to_string_lossy().ends_with(".test.mjs"));
    // Two files at a time: a browser mostly waits, and one alone would leave a core idle.
    node(&shell)
        .args(["--test", "--test-concurrency=2", "--test-reporter=spec"])
        .args(files)
        .run()?;
    Ok(())
}

/// Takes the screenshots.
pub(crate) fn gallery() -> Result<()> {
    ready()?;
    page::fresh()?;
    node(&project::shell()?)
        .arg("tests/browser/gallery.mjs")
        .run()?;
    Ok(())
}

/// Takes a picture of each preset into `dist/presets/`; false where no browser is to be had.
pub(crate) fn pictures() -> Result<bool> {
    tools::npm_packages()?;
    let shell = project::shell()?;
    let there = there(&shell);
    if there {
        node(&shell).arg("tests/browser/pictures.mjs").run()?;
    }
    Ok(there)
}

/// Measures the core, native and then in wasm.
pub(crate) fn bench(rest: &[String]) -> Result<()> {
    let shell = project::shell()?;
    cmd!(shell, "cargo bench --package quorumscope-core {rest...}").run()?;
    page::core_for_node()?;
    node(&shell).arg("tests/browser/speed.mjs").run()?;
    Ok(())
}

/// Makes sure that there is a browser to drive.
pub(crate) fn ready() -> Result<()> {
    tools::npm_packages()?;
    let shell = project::shell()?;
    if there(&shell) {
        return Ok(());
    }
    println!("no Chromium here yet; getting one");
    let fetch = node(&shell).args(["node_modules/playwright-core/cli.js", "install", "chromium"]);
    if fetch.run().is_ok() && there(&shell) {
        return Ok(());
    }
    by_package_manager(&shell).context(MISSING)?;
    if !there(&shell) {
        bail!(MISSING);
    }
    Ok(())
}

/// Whether a browser starts: a fetched one may lack the system's libraries.
fn there(shell: &Shell) -> bool {
    let start = "import('./tests/browser/chromium.mjs').then((own) => own.theBrowser().then(() => own.closeAll()))";
    node(shell)
        .args(["-e", start])
        .quiet()
        .ignore_stderr()
        .run()
        .is_ok()
}

/// Debian's way, as root or where sudo asks nothing.
fn by_package_manager(shell: &Shell) -> Result<()> {
    let root = cmd!(shell, "id -u").quiet().read()? == "0";
    let sudo: &[&str] = if root { &[] } else { &["sudo", "-n"] };
    for words in [
        &["update"][..],
        &["install", "-y", "chromium", "fonts-dejavu"],
    ] {
        cmd!(
            shell,
            "env DEBIAN_FRONTEND=noninteractive {sudo...} apt-get --quiet {words...}"
        )
        .run()?;
    }
    Ok(())
}

/// Node, told where the project's own browsers are.
fn node(shell: &Shell) -> Cmd<'_> {
    let browsers = project::root().join(".tools/browsers");
    cmd!(shell, "node").env("PLAYWRIGHT_BROWSERS_PATH", browsers)
}
