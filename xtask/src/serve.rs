//! A small server of static files, for looking at `dist/` on this machine.

mod address;

use crate::project;
use crate::shell::Result;
use std::fs;
use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::thread;
use std::time::Duration;

const USUAL_PORT: u16 = 8080;
const TRIES: u16 = 50;
const LONGEST_REQUEST: usize = 16 * 1024;

/// Serves `dist/` until stopped.
pub(crate) fn serve(port: Option<u16>) -> Result {
    let listener = listen(port)?;
    let port = listener
        .local_addr()
        .map_err(|error| error.to_string())?
        .port();
    println!("Quorumscope is at http://localhost:{port}/ (Ctrl+C stops it)");
    for stream in listener.incoming().flatten() {
        // A visitor who hangs up early is no matter of ours.
        thread::spawn(move || answer(stream).ok());
    }
    Ok(())
}

/// Takes the port asked for, or else the first free one from the usual on.
fn listen(port: Option<u16>) -> Result<TcpListener> {
    if let Some(port) = port {
        return bind(port).map_err(|error| {
            format!("port {port} cannot be had ({error}); leave --port out for a free one")
        });
    }
    for port in USUAL_PORT..USUAL_PORT + TRIES {
        match bind(port) {
            Ok(listener) => return Ok(listener),
            Err(_) => println!("port {port} is taken; trying the next"),
        }
    }
    Err(format!(
        "no free port from {USUAL_PORT} on; name one with --port"
    ))
}

fn bind(port: u16) -> io::Result<TcpListener> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port))
}

fn answer(mut stream: TcpStream) -> io::Result<()> {
    stream.set_read_timeout(Some(Duration::from_secs(10)))?;
    let head = request(&mut stream)?;
    let mut words = head.split_whitespace();
    let (method, target) = (words.next().unwrap_or(""), words.next().unwrap_or(""));
    if method != "GET" && method != "HEAD" {
        return reply(
            &mut stream,
            "405 Method Not Allowed",
            "text/plain",
            b"GET only",
            true,
        );
    }
    let file = address::file(target).map(|file| project::dist().join(file));
    match file.and_then(|file| Some((fs::read(&file).ok()?, address::mime(&file)))) {
        Some((body, mime)) => reply(&mut stream, "200 OK", mime, &body, method == "GET"),
        None => reply(
            &mut stream,
            "404 Not Found",
            "text/plain",
            b"no such file",
            method == "GET",
        ),
    }
}

/// The request up to its empty line.
fn request(stream: &mut TcpStream) -> io::Result<String> {
    let mut head = Vec::new();
    let mut chunk = [0; 2048];
    while !head.windows(4).any(|end| end == b"\r\n\r\n") && head.len() < LONGEST_REQUEST {
        match stream.read(&mut chunk)? {
            0 => break,
            length => head.extend_from_slice(&chunk[..length]),
        }
    }
    Ok(String::from_utf8_lossy(&head).into_owned())
}

/// Anyone may read: a sandboxed frame has no origin of its own.
fn reply(
    stream: &mut TcpStream,
    status: &str,
    mime: &str,
    body: &[u8],
    whole: bool,
) -> io::Result<()> {
    let length = body.len();
    write!(
        stream,
        "HTTP/1.1 {status}\r\nContent-Type: {mime}\r\nContent-Length: {length}\r\n\
         Cache-Control: no-cache\r\nAccess-Control-Allow-Origin: *\r\nX-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n"
    )?;
    stream.write_all(if whole { body } else { b"" })?;
    stream.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_taken_port_that_was_asked_for_is_one_clear_line() {
        let taken = bind(0).and_then(|listener| Ok((listener.local_addr()?.port(), listener)));
        let (port, _held) = taken.expect("a free port");
        let reason = listen(Some(port)).expect_err("the port is taken");
        assert!(reason.contains(&port.to_string()) && !reason.contains('\n'));
    }
}
