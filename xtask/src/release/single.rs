//! The page as one file that opens from a disk: everything it loads stands in it.
//!
//! Browsers refuse modules and fetches from `file:`, so the glue is a plain
//! script here and the wasm is text: deflated, then base64.

use crate::module::{self, Glue};
use crate::site::{self, Asset};
use crate::{policy, project};
use anyhow::{Context, Result, ensure};
use base64::prelude::{BASE64_STANDARD, Engine};
use miniz_oxide::deflate::compress_to_vec;
use std::fs;
use std::path::Path;

/// Starts what the scripts before it brought, and says so as the page on a site does.
const START: &str = r#"
const inflate = (name) => {
  const packed = Uint8Array.from(atob(document.getElementById(name).textContent), (c) => c.charCodeAt(0));
  const inflated = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return new Response(inflated).arrayBuffer();
};
globalThis.quorumscopeFiles = () =>
  inflate("files-wasm").then((bytes) => files_module({ module_or_path: bytes })).then(() => files_module);
Promise.resolve(globalThis.quorumscopeAsked)
  .then(() => inflate("page-wasm"))
  .then((bytes) => page_module({ module_or_path: bytes }))
  .then((wasm) => dispatchEvent(new CustomEvent("QuorumscopeStarted", { detail: { wasm } })))
  .catch((error) => {
    const said = document.createElement("p");
    said.className = "fatal";
    said.textContent = `Quorumscope could not start: ${error}. It needs a browser of 2023 or later.`;
    (document.querySelector("main") ?? document.body).prepend(said);
  });
"#;

/// Builds the file, of a page with these features besides the usual ones.
pub(super) fn page(features: &[&str]) -> Result<String> {
    let parts = Parts {
        icon: read(&project::root().join("static/icon.svg"))?,
        page: Part::bind(
            &module::page(features)?,
            "page",
            Glue::Global("page_module"),
        )?,
        files: Part::bind(&module::files()?, "files", Glue::Global("files_module"))?,
    };
    policy::seal(&assemble(&site::source()?, &parts)?)
}

/// What stands in the file.
struct Parts {
    icon: String,
    page: Part,
    files: Part,
}

/// A module and the script that reaches it.
struct Part {
    glue: String,
    wasm: Vec<u8>,
}

impl Part {
    fn bind(built: &Path, name: &str, glue: Glue) -> Result<Self> {
        let scratch = project::target().join("single");
        module::bind(built, glue, name, &scratch)?;
        let wasm = scratch.join(format!("{name}_bg.wasm"));
        Ok(Self {
            glue: read(&scratch.join(format!("{name}.js")))?,
            wasm: fs::read(&wasm).with_context(|| wasm.display().to_string())?,
        })
    }

    /// The module as text that no script runs, and its own script.
    fn scripts(&self, id: &str) -> String {
        let wasm = BASE64_STANDARD.encode(compress_to_vec(&self.wasm, 10));
        format!(
            "<script id=\"{id}\" type=\"text/plain\">{wasm}</script>\n<script>{}</script>\n",
            self.glue
        )
    }
}

/// Puts the parts into the page in place of what refers to them.
fn assemble(source: &str, parts: &Parts) -> Result<String> {
    let mut html = String::new();
    for line in source.lines() {
        match site::asset(line) {
            Some(Asset::Style(path)) => {
                let style = read(&project::root().join(path))?;
                ensure!(
                    !style.contains("</style"),
                    "the style would end where it should not"
                );
                html += &format!("<style>{style}</style>\n");
            }
            Some(_) => {}
            None if line.contains("rel=\"manifest\"")
                || line.contains("rel=\"apple-touch-icon\"") => {}
            None => html += &format!("{line}\n"),
        }
    }
    let icon = BASE64_STANDARD.encode(&parts.icon);
    let mut html = html.replace("icon.svg", &format!("data:image/svg+xml;base64,{icon}"));
    for script in ["<script data-parts>", "<script type=\"module\">"] {
        let start = html
            .find(script)
            .with_context(|| format!("index.html has no {script}"))?;
        cut(&mut html, start, "</script>")?;
    }
    let scripts = [&parts.page.glue, &parts.files.glue];
    let closed = scripts.iter().any(|glue| glue.contains("</script"));
    ensure!(!closed, "a script would end where it should not");
    let end = html.rfind("</body>").context("the page has no end")?;
    let scripts = format!(
        "{}{}<script>{START}</script>\n",
        parts.page.scripts("page-wasm"),
        parts.files.scripts("files-wasm")
    );
    html.insert_str(end, &scripts);
    Ok(html)
}

/// Takes out what begins at `start` and ends with `end`.
fn cut(html: &mut String, start: usize, end: &str) -> Result<()> {
    let length = html[start..].find(end).context("a tag is left open")?;
    html.replace_range(start..start + length + end.len(), "");
    Ok(())
}

fn read(file: &Path) -> Result<String> {
    fs::read_to_string(file).with_context(|| file.display().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_left_that_would_be_loaded() {
        let part = || Part {
            glue: "let page_module;".into(),
            wasm: vec![0, 97, 115, 109],
        };
        let mut parts = Parts {
            icon: "<svg/>".into(),
            page: part(),
            files: part(),
        };
        let page = assemble(&site::source().unwrap(), &parts).unwrap();
        let others = page
            .match_indices("href=\"")
            .filter(|(at, _)| !page[at + 6..].starts_with("data:"));
        assert_eq!(others.count(), 0);
        assert!(!page.contains("quorumscopeParts") && !page.contains("serviceWorker\"].js"));
        assert!(page.contains("data-theme") || page.contains("dataset.theme"));
        assert!(page.contains("--kind-1:"), "the style is there");
        parts.files.glue = "</script>".into();
        assert!(assemble(&site::source().unwrap(), &parts).is_err());
    }
}
