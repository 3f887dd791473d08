//! A page for each preset, under `presets/`: what a mail, a chat or a search engine shows of a link to it.
//!
//! Those read no fragments and run no scripts, so title, story and picture stand
//! in plain HTML; the run itself is a frame below them.

use crate::{browser, project};
use anyhow::Result;
use serde_json::Value;
use std::fs;
use xshell::cmd;

const STYLE: &str = "body{margin:0 auto;max-width:60rem;padding:1rem;font:1rem/1.5 system-ui,sans-serif;color:#18222e;background:#f4f2ec}\
a{color:#0b5c9e}h1{margin:.5rem 0}h2{margin-top:2rem}iframe,img{width:100%;border:1px solid #dcd7ca;border-radius:10px;background:#fffefb}\
iframe{height:min(80vh,36rem)}img{height:auto}ul{list-style:none;padding:0;display:grid;gap:1.5rem;grid-template-columns:repeat(auto-fill,minmax(min(17rem,100%),1fr))}\
@media(prefers-color-scheme:dark){body{color:#e9eef4;background:#0d131a}a{color:#7cc0f8}iframe,img{border-color:#263341}}";

/// Writes all pages, and pictures where a browser can be had.
pub(super) fn write(url: Option<&str>) -> Result<()> {
    let shell = project::shell()?;
    let list = cmd!(
        shell,
        "cargo run --quiet --package quorumscope -- presets --json"
    )
    .read()?;
    let presets: Vec<Value> = list
        .lines()
        .filter_map(|line| serde_json::from_str(line).ok())
        .collect();
    let folder = project::dist().join("presets");
    for preset in &presets {
        let name = text(preset, "name");
        fs::create_dir_all(folder.join(name))?;
        fs::write(folder.join(name).join("index.html"), page(preset, url))?;
    }
    fs::write(folder.join("index.html"), index(&presets, url))?;
    if url.is_none() {
        println!(
            "previews of links name their pictures relatively, which few readers take: say --url https://…/"
        );
    }
    if !browser::pictures()? {
        println!("no browser here: the presets' pages go without pictures");
    }
    Ok(())
}

fn text<'a>(preset: &'a Value, field: &str) -> &'a str {
    preset[field].as_str().unwrap_or_default()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('"', "&quot;")
}

/// What stands above the text of every page; `here` is its path below the site.
fn head(title: &str, story: &str, here: &str, picture: &str, url: Option<&str>) -> String {
    let (title, story) = (escaped(title), escaped(story));
    let own = url.map_or(String::new(), |url| {
        format!("<meta property=\"og:url\" content=\"{url}{here}\"><link rel=\"canonical\" href=\"{url}{here}\">\n")
    });
    let picture = match url {
        Some(url) => format!("{url}presets/{picture}"),
        None => format!("{}{picture}", if here == "presets/" { "" } else { "../" }),
    };
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title} · Quorumscope</title>\n\
         <meta name=\"description\" content=\"{story}\">\n<meta property=\"og:type\" content=\"website\">\
         <meta property=\"og:site_name\" content=\"Quorumscope\">\n<meta property=\"og:title\" content=\"{title}\">\n\
         <meta property=\"og:description\" content=\"{story}\">\n<meta property=\"og:image\" content=\"{picture}\">\
         <meta property=\"og:image:width\" content=\"1200\"><meta property=\"og:image:height\" content=\"630\">\
         <meta name=\"twitter:card\" content=\"summary_large_image\">\n{own}<style>{STYLE}</style>\n"
    )
}

fn page(preset: &Value, url: Option<&str>) -> String {
    let [name, title, story, watch] =
        ["name", "title", "story", "watch"].map(|field| text(preset, field));
    let head = head(
        title,
        story,
        &format!("presets/{name}/"),
        &format!("{name}/picture.png"),
        url,
    );
    let icon = "<link rel=\"icon\" href=\"../../icon.svg\">";
    format!(
        "{head}{icon}\n<main>\n<p><a href=\"../\">All scenarios</a></p>\n<h1>{}</h1>\n<p>{}</p>\n<p><b>Watch for:</b> {}</p>\n\
         <p><a href=\"../../?preset={name}\">Open it, step through it, break it</a></p>\n\
         <iframe src=\"../../?embed=1&amp;preset={name}\" title=\"{}\" allow=\"fullscreen\"></iframe>\n</main>\n</html>\n",
        escaped(title),
        escaped(story),
        escaped(watch),
        escaped(title)
    )
}

fn index(presets: &[Value], url: Option<&str>) -> String {
    let story = "Forty ways in which a distributed system can go right or wrong, each a run to watch, to step through and to change.";
    let first = presets.first().map_or("", |preset| text(preset, "name"));
    let mut html = head(
        "Scenarios",
        story,
        "presets/",
        &format!("{first}/picture.png"),
        url,
    );
    html += "<link rel=\"icon\" href=\"../icon.svg\">\n<main>\n<p><a href=\"../\">Quorumscope</a></p>\n<h1>Scenarios</h1>\n";
    let mut chapter = "";
    for preset in presets {
        let [name, title, story] = ["name", "title", "story"].map(|field| text(preset, field));
        if text(preset, "chapter") != chapter {
            html += if chapter.is_empty() { "" } else { "</ul>\n" };
            chapter = text(preset, "chapter");
            html += &format!("<h2>{}</h2>\n<ul>\n", escaped(chapter));
        }
        html += &format!(
            "<li><a href=\"{name}/\"><img src=\"{name}/picture.png\" alt=\"\" width=\"1200\" height=\"630\" loading=\"lazy\"><br>{}</a><br>{}</li>\n",
            escaped(title),
            escaped(story)
        );
    }
    html + "</ul>\n</main>\n</html>\n"
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_preview_has_title_story_picture_and_run() {
        let preset = json!({ "name": "a-b", "title": "A < B", "story": "\"Why?\"", "watch": "C", "chapter": "D" });
        let html = page(&preset, Some("https://q.example/"));
        for part in [
            "og:title\" content=\"A &lt; B\"",
            "og:description\" content=\"&quot;Why?&quot;\"",
            "og:image\" content=\"https://q.example/presets/a-b/picture.png\"",
            "?embed=1&amp;preset=a-b",
            "<h1>A &lt; B</h1>",
        ] {
            assert!(html.contains(part), "{part} in {html}");
        }
        assert!(page(&preset, None).contains("og:image\" content=\"../a-b/picture.png\""));
        let list = index(&[preset], None);
        assert!(list.contains("<h2>D</h2>") && list.contains("href=\"a-b/\""));
    }
}
