//! A small server of static files, for looking at `dist/` on this machine.

use crate::project;
use anyhow::{Result, anyhow};
use percent_encoding::percent_decode_str;
use std::fs::File;
use std::net::Ipv4Addr;
use std::path::{Component, Path, PathBuf};
use std::thread;
use tiny_http::{Header, Method, Request, Response, Server, StatusCode};

const USUAL_PORT: u16 = 8080;
const TRIES: u16 = 50;
/// Visitors who are served at the same time.
const THREADS: usize = 4;

/// Serves `dist/` until stopped.
pub(crate) fn serve(port: Option<u16>) -> Result<()> {
    let server = listen(port)?;
    let port = server
        .server_addr()
        .to_ip()
        .map_or(0, |address| address.port());
    println!("Quorumscope is at http://localhost:{port}/ (Ctrl+C stops it)");
    thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                for request in server.incoming_requests() {
                    // A visitor who hangs up early is no matter of ours.
                    let _ = answer(request);
                }
            });
        }
    });
    Ok(())
}

/// Takes the port asked for, or else the first free one from the usual on.
fn listen(port: Option<u16>) -> Result<Server> {
    let bind = |port| Server::http((Ipv4Addr::LOCALHOST, port));
    if let Some(port) = port {
        return bind(port).map_err(|error| {
            anyhow!("port {port} cannot be had ({error}); leave --port out for a free one")
        });
    }
    let mut ports = USUAL_PORT..USUAL_PORT + TRIES;
    let free = ports.find_map(|port| bind(port).ok());
    free.ok_or_else(|| anyhow!("no free port from {USUAL_PORT} on; name one with --port"))
}

fn answer(request: Request) -> std::io::Result<()> {
    if !matches!(request.method(), Method::Get | Method::Head) {
        return request.respond(Response::empty(StatusCode(405)));
    }
    let path = file(request.url()).map(|path| project::dist().join(path));
    let opened = path.and_then(|path| Some((File::open(&path).ok()?, mime(&path))));
    let Some((file, mime)) = opened else {
        return request.respond(Response::from_string("no such file").with_status_code(404));
    };
    let mut response = Response::from_file(file);
    for header in [
        ["Content-Type", mime],
        ["Cache-Control", "no-cache"],
        // Anyone may read: a sandboxed frame has no origin of its own.
        ["Access-Control-Allow-Origin", "*"],
        ["X-Content-Type-Options", "nosniff"],
    ] {
        if let Ok(header) = Header::from_bytes(header[0], header[1]) {
            response.add_header(header);
        }
    }
    request.respond(response)
}

/// The file behind a request's target, or nothing if it points outside the folder.
fn file(target: &str) -> Option<PathBuf> {
    let path = target.split(['?', '#']).next()?.strip_prefix('/')?;
    let mut path = percent_decode_str(path).decode_utf8().ok()?.into_owned();
    if path.contains(['\\', '\0', ':']) {
        return None;
    }
    if path.is_empty() || path.ends_with('/') {
        path += "index.html";
    }
    let path = PathBuf::from(path);
    let inside = path
        .components()
        .all(|part| matches!(part, Component::Normal(_)));
    inside.then_some(path)
}

/// The type that a browser wants to hear for a file.
fn mime(file: &Path) -> &'static str {
    match file
        .extension()
        .and_then(|end| end.to_str())
        .unwrap_or_default()
    {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "wasm" => "application/wasm",
        "css" => "text/css; charset=utf-8",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_taken_port_that_was_asked_for_is_one_clear_line() {
        let taken = listen(Some(0)).unwrap();
        let port = taken.server_addr().to_ip().unwrap().port();
        let reason = listen(Some(port)).err().unwrap().to_string();
        assert!(reason.contains(&port.to_string()) && !reason.contains('\n'));
    }

    #[test]
    fn folders_lead_to_their_index() {
        assert_eq!(file("/"), Some("index.html".into()));
        assert_eq!(file("/?embed=1#s=1.x"), Some("index.html".into()));
        assert_eq!(file("/docs/"), Some("docs/index.html".into()));
        assert_eq!(file("/a%20b.js?v=1"), Some("a b.js".into()));
    }

    #[test]
    fn nothing_leads_out_of_the_folder() {
        let outside = [
            "/../x",
            "/a/../../x",
            "/%2e%2e/x",
            "/..%2fx",
            "//etc/passwd",
            "/a\\..\\x",
            "/C:/x",
            "x",
            "",
        ];
        for target in outside {
            assert_eq!(file(target), None, "{target}");
        }
    }

    #[test]
    fn every_file_of_the_page_has_its_type() {
        let mut named: Vec<String> = ["a.wasm", "a.js", "a.css", "index.html"]
            .map(String::from)
            .into();
        let page = crate::site::source().unwrap();
        named.extend(
            page.lines()
                .filter_map(crate::site::asset)
                .filter_map(|asset| match asset {
                    crate::site::Asset::Copied(path) => Some(path.to_owned()),
                    _ => None,
                }),
        );
        for name in named {
            assert_ne!(mime(Path::new(&name)), "application/octet-stream", "{name}");
        }
    }
}
