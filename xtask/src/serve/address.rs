//! From the address in a request to a file below the folder that is served, and its type.

use std::path::{Component, Path, PathBuf};

/// The file behind a request's target, or nothing if it points outside the folder.
pub(crate) fn file(target: &str) -> Option<PathBuf> {
    let path = target.split(['?', '#']).next().unwrap_or_default();
    let path = decoded(path.strip_prefix('/')?)?;
    if path.contains(['\\', '\0', ':']) {
        return None;
    }
    let file = if path.is_empty() || path.ends_with('/') {
        path + "index.html"
    } else {
        path
    };
    let file = PathBuf::from(file);
    file.components()
        .all(|part| matches!(part, Component::Normal(_)))
        .then_some(file)
}

fn decoded(path: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => hex(rest.next()?)? * 16 + hex(rest.next()?)?,
            plain => plain,
        });
    }
    String::from_utf8(bytes).ok()
}

fn hex(digit: u8) -> Option<u8> {
    u8::try_from(char::from(digit).to_digit(16)?).ok()
}

/// The type that a browser wants to hear for a file.
pub(crate) fn mime(file: &Path) -> &'static str {
    match file
        .extension()
        .and_then(|end| end.to_str())
        .unwrap_or_default()
    {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "wasm" => "application/wasm",
        "css" => "text/css; charset=utf-8",
        "webmanifest" => "application/manifest+json",
        "json" | "map" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "gif" => "image/gif",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" | "md" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_lead_to_their_index() {
        assert_eq!(file("/"), Some("index.html".into()));
        assert_eq!(file("/?embed=1#s=1.x"), Some("index.html".into()));
        assert_eq!(file("/docs/"), Some("docs/index.html".into()));
        assert_eq!(file("/a%20b.js?v=1"), Some("a b.js".into()));
    }

    #[test]
    fn nothing_leads_out_of_the_folder() {
        for target in [
            "/../x",
            "/a/../../x",
            "/%2e%2e/x",
            "/..%2fx",
            "//etc/passwd",
            "/a\\..\\x",
            "/C:/x",
            "x",
            "",
            "/%zz",
            "/%f",
        ] {
            assert_eq!(file(target), None, "{target}");
        }
    }

    #[test]
    fn the_browser_hears_the_right_type() {
        assert_eq!(mime(Path::new("a/b_bg.wasm")), "application/wasm");
        assert_eq!(mime(Path::new("b.js")), "text/javascript; charset=utf-8");
        assert_eq!(mime(Path::new("unknown")), "application/octet-stream");
    }
}
