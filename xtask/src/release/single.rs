//! The page as one file that opens from a disk: everything it loads stands in it.
//!
//! Browsers refuse modules and fetches from `file:`, so the glue is a plain
//! script here and the wasm is text: deflated, then base64.

use crate::module::{self, Glue};
use crate::shell::Result;
use crate::{policy, project};
use base64::prelude::{BASE64_STANDARD, Engine};
use miniz_oxide::deflate::compress_to_vec;
use std::fs;
use std::path::Path;

/// Starts what the scripts before it brought, and says so as Trunk's page does.
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
  .then((wasm) => dispatchEvent(new CustomEvent("TrunkApplicationStarted", { detail: { wasm } })))
  .catch((error) => {
    const said = document.createElement("p");
    said.className = "fatal";
    said.textContent = `Quorumscope could not start: ${error}. It needs a browser of 2023 or later.`;
    (document.querySelector("main") ?? document.body).prepend(said);
  });
"#;

/// Builds the file from the built page.
pub(super) fn page() -> Result<String> {
    let parts = Parts {
        style: read(&style()?)?,
        icon: read(&project::dist().join("icon.svg"))?,
        page: Part::bind(&module::page()?, "page", Glue::Global("page_module"))?,
        files: Part::bind(&module::files()?, "files", Glue::Global("files_module"))?,
    };
    let html = read(&project::dist().join("index.html"))?;
    policy::seal(&assemble(&html, &parts)?)
}

/// What stands in the file.
struct Parts {
    style: String,
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
            wasm: fs::read(&wasm).map_err(|error| format!("{}: {error}", wasm.display()))?,
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
fn assemble(html: &str, parts: &Parts) -> Result<String> {
    let scripts = [&parts.page.glue, &parts.files.glue];
    if scripts.iter().any(|glue| glue.contains("</script")) || parts.style.contains("</style") {
        return Err("a script or style would end where it should not".into());
    }
    let mut html = html.to_owned();
    while let Some(start) = html.find("<meta http-equiv=\"Content-Security-Policy\"") {
        cut(&mut html, start, ">")?;
    }
    while let Some(start) = html
        .find("<link rel=\"modulepreload\"")
        .or(html.find("<link rel=\"preload\""))
    {
        cut(&mut html, start, ">")?;
    }
    for link in ["<link rel=\"manifest\"", "<link rel=\"apple-touch-icon\""] {
        if let Some(start) = html.find(link) {
            cut(&mut html, start, ">")?;
        }
    }
    let icon = BASE64_STANDARD.encode(&parts.icon);
    let mut html = html.replace("icon.svg", &format!("data:image/svg+xml;base64,{icon}"));
    if let Some(start) = html.find(crate::patience::EARLY) {
        cut(&mut html, start, "</script>")?;
    }
    while let Some(start) = html.find("<script type=\"module\">") {
        cut(&mut html, start, "</script>")?;
    }
    let start = html
        .find("<link rel=\"stylesheet\"")
        .ok_or("the page has no style sheet")?;
    cut(&mut html, start, ">")?;
    html.insert_str(start, &format!("<style>{}</style>", parts.style));
    let end = html.rfind("</body>").ok_or("the page has no end")?;
    let scripts = format!(
        "{}{}<script>{START}</script>\n",
        parts.page.scripts("page-wasm"),
        parts.files.scripts("files-wasm")
    );
    html.insert_str(end, &scripts);
    Ok(html)
}

/// Takes out what begins at `start` and ends with `end`.
fn cut(html: &mut String, start: usize, end: &str) -> Result {
    let length = html[start..].find(end).ok_or("a tag is left open")?;
    html.replace_range(start..start + length + end.len(), "");
    Ok(())
}

/// The page's one style sheet.
fn style() -> Result<std::path::PathBuf> {
    let files = fs::read_dir(project::dist()).map_err(|error| format!("dist/: {error}"))?;
    let mut files = files.flatten().map(|entry| entry.path());
    let style = files.find(|file| file.extension().is_some_and(|end| end == "css"));
    style.ok_or_else(|| "dist/ holds no style sheet".into())
}

fn read(file: &Path) -> Result<String> {
    fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_left_that_would_be_loaded() {
        let html = "<head><link rel=\"stylesheet\" href=\"a.css\"/>\
            <script>theme()</script><script type=\"module\">import init from './a.js';</script>\
            <link rel=\"modulepreload\" href=\"a.js\"><link rel=\"preload\" href=\"a.wasm\"></head>\
            <body><main></main></body>";
        let part = || Part {
            glue: "let page_module;".into(),
            wasm: vec![0, 97, 115, 109],
        };
        let parts = Parts {
            style: "p { color: red }".into(),
            icon: "<svg/>".into(),
            page: part(),
            files: part(),
        };
        let page = assemble(html, &parts).unwrap();
        assert!(!page.contains("href=") && !page.contains("import "));
        assert!(page.contains("theme()") && page.contains("color: red"));
        let bad = Parts {
            style: "</style>".into(),
            ..parts
        };
        assert!(assemble(html, &bad).is_err());
    }
}
