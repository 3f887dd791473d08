//! What a text seems to be that is nothing of ours, so that its refusal can say so.

use crate::problem::Problem;

/// What a page opens, for a refusal.
pub const RUNS: &str = "a scenario or a report (JSON), a recorded trace (JSON lines), or a link";
/// What a run can be made of, for a refusal.
pub const SCENARIOS: &str = "a scenario (JSON) or a link";

/// How files of other programs begin, in the order in which they are tried, and what they are.
///
/// Bytes that are no text stand here as the replacement character that a reader makes of them.
const BEGINNINGS: [(&str, &str); 19] = [
    ("<svg", "an SVG picture"),
    ("<!doctype html", "a web page"),
    ("<html", "a web page"),
    ("<", "XML"),
    ("%pdf", "a PDF file"),
    ("pk\u{3}\u{4}", "a zip archive"),
    ("\u{fffd}png", "a PNG picture"),
    ("gif8", "a GIF picture"),
    ("\u{fffd}\u{fffd}\u{fffd}\u{fffd}", "a JPEG picture"),
    ("\u{1a}e\u{7e3}", "a video"),
    ("\0asm", "a WebAssembly module"),
    ("sequencediagram", "a Mermaid diagram"),
    ("graph ", "a Mermaid diagram"),
    ("\\documentclass", "a LaTeX document"),
    ("\\begin{", "a LaTeX picture"),
    ("% ", "a LaTeX file"),
    ("(?<", "a ShiViz log"),
    ("#!", "a script"),
    ("---\n", "YAML"),
];

/// So many letters of a text are looked at.
const LOOKED_AT: usize = 4_000;

/// Refuses a text that is none of ours, in words that say what it seems to be and what can be opened.
#[must_use]
pub fn refusal(text: &str, opens: &str) -> Problem {
    let message = format!(
        "it seems to be {}; what can be opened is {opens}",
        kind(text)
    );
    Problem::new("", message)
}

/// Whether a text may be a document: JSON, and not in lines.
#[must_use]
pub fn may_be_document(text: &str) -> bool {
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    let object = |line: &str| line.starts_with('{') && line.trim_end().ends_with('}');
    let in_lines = lines.next().is_some_and(object) && lines.next().is_some_and(object);
    text.trim_start().starts_with(['{', '[']) && !in_lines
}

/// What a text seems to be, with its article.
fn kind(text: &str) -> &'static str {
    let text: String = text
        .trim_start_matches('\u{feff}')
        .chars()
        .take(LOOKED_AT)
        .collect();
    let start = text.trim_start().to_lowercase();
    if start.starts_with("<?xml") && start.contains("<svg") {
        return "an SVG picture";
    }
    if let Some((_, kind)) = BEGINNINGS
        .iter()
        .find(|(begins, _)| start.starts_with(begins))
    {
        return kind;
    }
    let lines: Vec<&str> = text
        .lines()
        .filter(|line| !line.trim().is_empty())
        .take(3)
        .collect();
    let rows = |mark: char| {
        let columns: Vec<usize> = lines
            .iter()
            .map(|line| line.matches(mark).count())
            .collect();
        columns.len() > 1 && columns[0] > 0 && columns.iter().all(|count| *count == columns[0])
    };
    let dated = |line: &&str| {
        line.trim_start_matches('[')
            .chars()
            .take(2)
            .all(|c| c.is_ascii_digit())
    };
    let object = |line: &&str| line.starts_with('{') && line.ends_with('}');
    match () {
        () if text.contains('\0') => "a binary file",
        () if lines.len() > 1 && lines.iter().all(object) => "JSON lines of another program",
        () if start.starts_with(['{', '[']) => "JSON of another program",
        () if [',', ';', '\t'].into_iter().any(rows) => "a table",
        () if lines.len() > 1 && lines.iter().all(dated) => "a log",
        () => "a text",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_of_other_programs_are_known_by_how_they_begin() {
        let lossy = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let table = [
            (
                "<?xml version=\"1.0\"?>\n<svg xmlns=\"a\">".into(),
                "an SVG picture",
            ),
            ("  <svg viewBox=\"0 0 1 1\"/>".into(), "an SVG picture"),
            ("<!DOCTYPE html><html>".into(), "a web page"),
            ("<feed/>".into(), "XML"),
            (lossy(b"\x89PNG\r\n\x1a\n"), "a PNG picture"),
            (lossy(b"\xff\xd8\xff\xe0\0\x10JFIF"), "a JPEG picture"),
            (lossy(b"PK\x03\x04\x14\0"), "a zip archive"),
            (lossy(b"\x1aE\xdf\xa3\x01"), "a video"),
            (lossy(b"\x7fELF\x02\x01\0\0"), "a binary file"),
            ("sequenceDiagram\n A->>B: hi".into(), "a Mermaid diagram"),
            ("event,at_ms,node\n0,0,1\n1,2,3\n".into(), "a table"),
            ("2026-01-01 12:00 a\n2026-01-01 12:01 b\n".into(), "a log"),
            (
                "{\"event\":\"start\"}\n{\"event\":\"stop\"}\n".into(),
                "JSON lines of another program",
            ),
            (
                "{\"name\": \"a package\"}".into(),
                "JSON of another program",
            ),
            ("See https://example.org/?n=7 for the run.".into(), "a text"),
            (String::new(), "a text"),
        ];
        for (text, wanted) in table {
            assert_eq!(kind(&text), wanted, "{text:?}");
        }
    }

    #[test]
    fn a_refusal_says_what_can_be_opened() {
        let says = refusal("<svg/>", SCENARIOS).to_string();
        let wanted =
            "it seems to be an SVG picture; what can be opened is a scenario (JSON) or a link";
        assert_eq!(says, wanted);
    }
}
