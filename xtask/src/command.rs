//! The command line: words in, one `Command` out.

use crate::steps;

/// What `cargo xtask` prints when asked for nothing.
pub(crate) const HELP: &str = "\
cargo xtask serve [--port N]   build the page and serve it on localhost
cargo xtask build              build the page into dist/, ready for any static host
cargo xtask release [--url U]  put what people download into release/: a site, one file, sums;
                               U is where the site will be, for pictures in previews of links
cargo xtask test [STEP]        all checks, or one: fmt, clippy, rust, tools, wasm, browser
cargo xtask setup              get the tools that the others need, into this folder only
cargo xtask gallery            take the screenshots, the README's picture among them
cargo xtask bench [ARGS]       measure the core
cargo xtask soak [ARGS]        search for broken promises, over many seeds
cargo xtask fuzz [--inputs N]  read hostile links, a hundred thousand or as many as you like
";

/// One thing to do.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Command {
    /// Say what there is.
    Help,
    /// Get every tool.
    Setup,
    /// Build the page.
    Build,
    /// Build what people download; previews of links want to know where it will be.
    Release { url: Option<String> },
    /// Serve the page; `None` takes the first free port from the usual one on.
    Serve { port: Option<u16> },
    /// Run the checks, or the one named.
    Test { step: Option<String> },
    /// Take the screenshots.
    Gallery,
    /// Run the benchmarks.
    Bench { rest: Vec<String> },
    /// Run the long search.
    Soak { rest: Vec<String> },
    /// Read hostile links.
    Fuzz { rest: Vec<String> },
}

/// Reads the words after `cargo xtask`.
pub(crate) fn parse(words: &[String]) -> Result<Command, String> {
    let Some((verb, rest)) = words.split_first() else {
        return Ok(Command::Help);
    };
    match verb.as_str() {
        "help" | "-h" | "--help" => Ok(Command::Help),
        "bench" => Ok(Command::Bench {
            rest: rest.to_vec(),
        }),
        "soak" => Ok(Command::Soak {
            rest: rest.to_vec(),
        }),
        "fuzz" => Ok(Command::Fuzz {
            rest: rest.to_vec(),
        }),
        "serve" => Ok(Command::Serve { port: port(rest)? }),
        "test" => Ok(Command::Test { step: step(rest)? }),
        "setup" => alone(Command::Setup, rest),
        "build" => alone(Command::Build, rest),
        "release" => Ok(Command::Release { url: url(rest)? }),
        "gallery" => alone(Command::Gallery, rest),
        other => Err(format!("no command `{other}`; there are:\n{HELP}")),
    }
}

fn alone(command: Command, rest: &[String]) -> Result<Command, String> {
    match rest.first() {
        None => Ok(command),
        Some(word) => Err(format!("`{word}` is one word too many")),
    }
}

fn port(rest: &[String]) -> Result<Option<u16>, String> {
    let words: Vec<&str> = rest.iter().flat_map(|word| word.splitn(2, '=')).collect();
    match words.as_slice() {
        [] => Ok(None),
        ["--port", number] => match number.parse() {
            Ok(port) => Ok(Some(port)),
            Err(_) => Err(format!("`{number}` is no port: 0 to 65535")),
        },
        _ => Err("serve takes `--port N` and nothing else".into()),
    }
}

fn url(rest: &[String]) -> Result<Option<String>, String> {
    match rest {
        [] => Ok(None),
        [option, url]
            if option == "--url" && url.starts_with("http") && !url.contains(['"', '<']) =>
        {
            Ok(Some(format!("{}/", url.trim_end_matches('/'))))
        }
        _ => Err("release takes `--url https://…/` and nothing else".into()),
    }
}

fn step(rest: &[String]) -> Result<Option<String>, String> {
    match rest {
        [] => Ok(None),
        [name] if steps::names().any(|step| step == name) => Ok(Some(name.clone())),
        _ => {
            let names: Vec<&str> = steps::names().collect();
            Err(format!(
                "test takes nothing, or one of: {}",
                names.join(", ")
            ))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Result<Command, String> {
        let words: Vec<String> = line.split_whitespace().map(String::from).collect();
        parse(&words)
    }

    #[test]
    fn nothing_asks_for_help() {
        assert_eq!(read(""), Ok(Command::Help));
        assert_eq!(read("--help"), Ok(Command::Help));
    }

    #[test]
    fn a_port_is_optional_and_checked() {
        assert_eq!(read("serve"), Ok(Command::Serve { port: None }));
        assert_eq!(
            read("serve --port 9000"),
            Ok(Command::Serve { port: Some(9000) })
        );
        assert_eq!(
            read("serve --port=9000"),
            Ok(Command::Serve { port: Some(9000) })
        );
        assert!(read("serve --port 70000").is_err());
        assert!(read("serve --port").is_err());
        assert!(read("serve 9000").is_err());
    }

    #[test]
    fn where_a_release_will_be_is_an_address() {
        let url = Some("https://a.example/q/".to_owned());
        assert_eq!(
            read("release --url https://a.example/q"),
            Ok(Command::Release { url })
        );
        assert!(read("release --url nowhere").is_err());
        assert!(read("release now").is_err());
    }

    #[test]
    fn a_step_is_known_by_name() {
        assert_eq!(read("test"), Ok(Command::Test { step: None }));
        assert_eq!(
            read("test fmt"),
            Ok(Command::Test {
                step: Some("fmt".into())
            })
        );
        assert!(read("test nonsense").is_err());
        assert!(read("test fmt rust").is_err());
    }

    #[test]
    fn the_long_runners_pass_their_words_on() {
        let rest = vec!["--seeds".into(), "5".into()];
        assert_eq!(read("soak --seeds 5"), Ok(Command::Soak { rest }));
    }

    #[test]
    fn surplus_and_unknown_words_are_refused() {
        assert!(read("build now").is_err());
        assert!(read("frobnicate").is_err());
    }
}
