//! The page as one file that opens from a disk: everything it loads stands in it.
//!
//! Browsers refuse modules and fetches from `file:`, so the glue is a plain
//! script here and the wasm is text: deflated, then base64.

use crate::shell::{Result, program, run};
use crate::{page, policy, project, tools};
use base64::prelude::{BASE64_STANDARD, Engine};
use miniz_oxide::deflate::compress_to_vec;
use std::fs;
use std::path::Path;

/// Starts what the two scripts before it brought, and says so as Trunk's page does.
const START: &str = r#"
const packed = Uint8Array.from(atob(document.getElementById("wasm").textContent), (c) => c.charCodeAt(0));
const inflated = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
new Response(inflated).arrayBuffer()
  .then((bytes) => wasm_bindgen({ module_or_path: bytes }))
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
    let scratch = project::target().join("single");
    let built = page::raw_wasm();
    let bindgen = [
        "--target",
        "no-modules",
        "--no-typescript",
        "--out-name",
        "page",
    ];
    run(program("wasm-bindgen")
        .args(bindgen)
        .arg("--out-dir")
        .arg(&scratch)
        .arg(built))?;
    let wasm = scratch.join("page_bg.wasm");
    run(program("wasm-opt")
        .args(tools::WASM_OPT)
        .arg("-o")
        .arg(&wasm)
        .arg(&wasm))?;
    let html = read(&project::dist().join("index.html"))?;
    let parts = Parts {
        style: read(&style()?)?,
        glue: read(&scratch.join("page.js"))?,
        wasm: fs::read(&wasm).map_err(|error| format!("{}: {error}", wasm.display()))?,
    };
    policy::seal(&assemble(&html, &parts)?)
}

struct Parts {
    style: String,
    glue: String,
    wasm: Vec<u8>,
}

/// Puts the parts into the page in place of what refers to them.
fn assemble(html: &str, parts: &Parts) -> Result<String> {
    if parts.glue.contains("</script") || parts.style.contains("</style") {
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
    while let Some(start) = html.find("<script type=\"module\">") {
        cut(&mut html, start, "</script>")?;
    }
    let start = html
        .find("<link rel=\"stylesheet\"")
        .ok_or("the page has no style sheet")?;
    cut(&mut html, start, ">")?;
    html.insert_str(start, &format!("<style>{}</style>", parts.style));
    let end = html.rfind("</body>").ok_or("the page has no end")?;
    let wasm = BASE64_STANDARD.encode(compress_to_vec(&parts.wasm, 10));
    let scripts = format!(
        "<script id=\"wasm\" type=\"text/plain\">{wasm}</script>\n\
         <script>{}</script>\n<script>{START}</script>\n",
        parts.glue
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
        let parts = Parts {
            style: "p { color: red }".into(),
            glue: "let wasm_bindgen;".into(),
            wasm: vec![0, 97, 115, 109],
        };
        let page = assemble(html, &parts).unwrap();
        assert!(!page.contains("href=") && !page.contains("import "));
        assert!(page.contains("theme()") && page.contains("color: red"));
        let bad = Parts {
            glue: "'</script>'".into(),
            ..parts
        };
        assert!(assemble(html, &bad).is_err());
    }
}
