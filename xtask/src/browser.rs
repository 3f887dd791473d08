//! The real browser: finds or gets a Chromium, and runs what lives in `tests/browser/`.

use crate::shell::{Result, ask, cargo, find, program, run};
use crate::{page, project, release, tools};
use std::path::PathBuf;
use std::process::Command;

/// Names that a Chromium goes by on the PATH.
const NAMES: [&str; 6] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
];

/// Where installers put one without telling the PATH.
const PLACES: [&str; 6] = [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
];

const MISSING: &str = "no Chromium here, and none could be fetched; install one: \
    `apt-get install chromium`, `dnf install chromium`, `brew install --cask chromium` \
    or `winget install Google.Chrome`";

/// Runs every test of `tests/browser/`.
pub(crate) fn tests() -> Result {
    ready()?;
    page::fresh()?;
    release::fresh()?;
    page::core_for_node()?;
    let folder = project::root().join("tests/browser");
    let files =
        std::fs::read_dir(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut names: Vec<String> = files
        .flatten()
        .map(|entry| format!("tests/browser/{}", entry.file_name().to_string_lossy()))
        .filter(|name| name.ends_with(".test.mjs"))
        .collect();
    names.sort();
    run(node().arg("--test").arg("--test-reporter=spec").args(names))
}

/// Takes the screenshots.
pub(crate) fn gallery() -> Result {
    ready()?;
    page::fresh()?;
    run(node().arg("tests/browser/gallery.mjs"))
}

/// Takes a picture of each preset into `dist/presets/`; false where no browser is to be had.
pub(crate) fn pictures() -> Result<bool> {
    if found().is_none() && !fetched() {
        return Ok(false);
    }
    tools::npm_packages()?;
    run(node().arg("tests/browser/pictures.mjs")).map(|()| true)
}

/// Measures the core, native and then in wasm.
pub(crate) fn bench(args: &[String]) -> Result {
    let native = ["bench", "--package", "quorumscope-core"];
    run(cargo().args(native).args(args))?;
    page::core_for_node()?;
    run(node().arg("tests/browser/speed.mjs"))
}

/// Makes sure that there is a browser to drive.
pub(crate) fn ready() -> Result {
    tools::npm_packages()?;
    if found().is_some() || fetched() {
        return Ok(());
    }
    println!("no Chromium here yet; getting one");
    let fetch = run(program("playwright-core")
        .args(["install", "chromium"])
        .env("PLAYWRIGHT_BROWSERS_PATH", own_browsers()));
    if fetch.is_ok() && fetched() || by_package_manager().is_ok() && found().is_some() {
        return Ok(());
    }
    Err(MISSING.into())
}

fn own_browsers() -> PathBuf {
    project::tools().join("browsers")
}

/// A browser of the machine's; `CHROMIUM` may name it.
fn found() -> Option<PathBuf> {
    let named = std::env::var_os("CHROMIUM").map(PathBuf::from);
    named
        .or_else(|| NAMES.iter().find_map(|name| find(name)))
        .or_else(|| {
            PLACES
                .iter()
                .map(PathBuf::from)
                .find(|place| place.is_file())
        })
}

/// Whether the project's own browser is there and starts: a fetched one may lack the system's libraries.
fn fetched() -> bool {
    const START: &str = "import('playwright-core')\
        .then(({ chromium }) => chromium.launch()).then((browser) => browser.close())";
    own_browsers().is_dir() && ask(node().args(["-e", START])).is_some()
}

/// Debian's way, as root or where sudo asks nothing.
fn by_package_manager() -> Result {
    let packages = ["install", "-y", "chromium", "fonts-dejavu"];
    let apt = || {
        let root = ask(program("id").arg("-u")).as_deref() == Some("0");
        let mut command = program(if root { "apt-get" } else { "sudo" });
        if !root {
            command.args(["-n", "apt-get"]);
        }
        command
            .env("DEBIAN_FRONTEND", "noninteractive")
            .arg("--quiet");
        command
    };
    find("apt-get").ok_or("no apt-get")?;
    run(apt().arg("update"))?;
    run(apt().args(packages))
}

fn node() -> Command {
    let mut node = program("node");
    match found() {
        Some(browser) => node.env("CHROMIUM", browser),
        None => node.env("PLAYWRIGHT_BROWSERS_PATH", own_browsers()),
    };
    node
}
