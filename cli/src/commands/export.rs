//! `quorumscope export`: a run, or a stretch of it, as a file.

use super::input::scenario;
use super::{Outcome, print};
use quorumscope_core::export::{self, Stretch};
use quorumscope_core::time::{Span, Time};
use quorumscope_core::world::open;
use std::process::ExitCode;

/// Writes what the arguments name to standard output.
pub(super) fn export(args: &[&str]) -> Outcome {
    let (format, input, stretch) = read(args)?;
    let names = || {
        let names: Vec<&str> = export::ALL.iter().map(|format| format.name).collect();
        format!("no format `{format}`; there are: {}", names.join(", "))
    };
    let format = export::find(format).ok_or_else(names)?;
    let mut world = open(&scenario(input)?);
    world.record(true);
    while !world.run_until(Time::NEVER, 1 << 20) {}
    let text =
        export::export(format, world.as_ref(), stretch).map_err(|problem| problem.to_string())?;
    print(|out| out.write_all(text.as_bytes()))?;
    Ok(ExitCode::SUCCESS)
}

fn read<'a>(args: &[&'a str]) -> Result<(&'a str, &'a str, Stretch), String> {
    let mut stretch = Stretch::ALL;
    let mut named = Vec::new();
    let mut words = args.iter();
    while let Some(word) = words.next() {
        let end = match *word {
            "--from" => &mut stretch.from,
            "--to" => &mut stretch.to,
            other => {
                named.push(other);
                continue;
            }
        };
        *end = instant(word, words.next().copied())?;
    }
    match named.as_slice() {
        [format, input] => Ok((format, input, stretch)),
        _ => Err(
            "export takes a format and one scenario: a file, a link, or - for standard input"
                .into(),
        ),
    }
}

fn instant(option: &str, text: Option<&str>) -> Result<Time, String> {
    let ms: Option<f64> = text.and_then(|text| text.parse().ok());
    let ms = ms.ok_or_else(|| format!("{option}: takes a number of milliseconds"))?;
    let span = Span::try_from_ms(ms).map_err(|message| format!("{option}: {message}"))?;
    Ok(Time::ZERO + span)
}
