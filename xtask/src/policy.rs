//! The content security policy: what the page may load and run, written into the page itself.
//!
//! It stands in a `meta` element, so it holds on every host, in the file that
//! people mail, in the server here and in the browser tests. Framing is not its
//! business: the page is meant to be framed by anyone.

use anyhow::{Context, Result};
use base64::prelude::{BASE64_STANDARD, Engine};
use sha2::{Digest, Sha256};

/// The element after which the policy goes: it must come before anything that it governs.
const AFTER: &str = "<meta charset=\"utf-8\"";

/// Puts the policy into a page; each script that stands in it is allowed by its hash.
pub(crate) fn seal(html: &str) -> Result<String> {
    let start = html
        .find(AFTER)
        .context("the page does not begin with its charset")?;
    let length = html[start..].find('>').context("a tag is left open")?;
    let (head, rest) = html.split_at(start + length + 1);
    Ok(format!(
        "{head}<meta http-equiv=\"Content-Security-Policy\" content=\"{}\">{rest}",
        policy(html)
    ))
}

fn policy(html: &str) -> String {
    let hashes: String = inline_scripts(html)
        .map(|script| {
            format!(
                " 'sha256-{}'",
                BASE64_STANDARD.encode(Sha256::digest(script))
            )
        })
        .collect();
    [
        "default-src 'none'",
        &format!("script-src 'self' 'wasm-unsafe-eval'{hashes}"),
        // Bars and swatches carry their sizes and colours as attributes.
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "media-src blob:",
        "connect-src 'self'",
        "worker-src 'self' blob:",
        "manifest-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
    ]
    .join("; ")
}

/// What stands between the tags of each script without a source.
fn inline_scripts(html: &str) -> impl Iterator<Item = &str> {
    html.split("<script").skip(1).filter_map(|rest| {
        let (tag, body) = rest.split_once('>')?;
        let (script, _) = body.split_once("</script>")?;
        (!tag.contains(" src=")).then_some(script)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "<head><meta charset=\"utf-8\" /><title>A</title>\
        <script>one()</script><script src=\"two.js\"></script><script type=\"module\">three()</script>";

    #[test]
    fn each_inline_script_is_allowed_and_no_other() {
        let scripts: Vec<&str> = inline_scripts(PAGE).collect();
        assert_eq!(scripts, ["one()", "three()"]);
        assert_eq!(policy(PAGE).matches("'sha256-").count(), 2);
        // As `printf 'one()' | openssl dgst -sha256 -binary | base64` says.
        assert!(policy(PAGE).contains("'sha256-HR7iaask9daLMRRskMI++QeJtjWDOjyPA6lGzYGzKW4='"));
        assert!(
            !policy(PAGE)
                .split("style-src")
                .next()
                .unwrap()
                .contains("unsafe-inline")
        );
    }

    #[test]
    fn the_policy_comes_before_what_it_governs() {
        let sealed = seal(PAGE).unwrap();
        let at = |text: &str| sealed.find(text).unwrap();
        assert!(at("charset") < at("http-equiv") && at("http-equiv") < at("<title>"));
        assert!(seal("<p>no head</p>").is_err());
    }
}
