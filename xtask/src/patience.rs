//! A page with `runonclick` in its address waits: nothing heavy is loaded before somebody asks for it.
//!
//! Trunk's page starts its program at once, and tells the browser to fetch it
//! even before. Here both learn to ask `quorumscopeAsked`, which `index.html`
//! sets for a page that has to wait.

/// Begins the script that tells the browser early what will be needed.
pub(crate) const EARLY: &str = "<script data-early>";

/// The one thing that waits: the program's start.
const START: &str = "const wasm = await init(";
/// A link and a frame wait for the later part too, so both come at once.
const LATER: &str = "<link rel=\"preload\" href=\"./later.wasm\" crossorigin=\"anonymous\" as=\"fetch\" type=\"application/wasm\">";
/// Before this, nothing holds a script up.
const STYLE: &str = "<link rel=\"stylesheet\"";

/// Makes Trunk's page a patient one.
pub(crate) fn teach(html: &str) -> Result<String, String> {
    let mut html = html.to_owned();
    let start = html
        .find(START)
        .ok_or("the page does not start its program as it used to")?;
    html.insert_str(start, "await globalThis.quorumscopeAsked;\n");
    let mut links = String::new();
    while let Some(start) = html.find("<link rel=\"preload\"") {
        let length = html[start..].find('>').ok_or("a tag is left open")?;
        links.push_str(&html[start..=start + length]);
        html.replace_range(start..=start + length, "");
    }
    if links.is_empty() || links.contains('\'') {
        return Err("the page does not name what it loads".into());
    }
    let style = html.find(STYLE).ok_or("the page has no style sheet")?;
    let early = format!(
        "{EARLY}if (!globalThis.quorumscopeAsked) document.head.insertAdjacentHTML('beforeend', '{links}' + (location.search || location.hash || parent !== self ? '{LATER}' : ''));</script>\n    "
    );
    html.insert_str(style, &early);
    Ok(html)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_heavy_waits_and_is_told_before_the_style_sheet() {
        let page = "<head><link rel=\"stylesheet\" href=\"a.css\"><script type=\"module\">const wasm = await init({});</script>\
            <link rel=\"preload\" href=\"a.wasm\" as=\"fetch\"></head>";
        let patient = teach(page).unwrap();
        let at = |text: &str| patient.find(text).unwrap();
        assert!(at("'<link rel=\"preload\"") < at("a.css"));
        assert!(at("await globalThis.quorumscopeAsked") < at("await init("));
        assert_eq!(patient.matches("a.wasm").count(), 1);
        assert!(teach("<head></head>").is_err());
    }
}
