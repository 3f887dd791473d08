//! What is handed out of a run: its link, in the words and signs of where it is to stand.

use quorumscope_core::export::escape;
use quorumscope_core::link::{LinkExtras, decode, encode, find_in};
use quorumscope_core::time::Time;
use serde_json::Value;

/// What a link is to bring back besides the run.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Choice {
    /// The instant.
    pub moment: Option<Time>,
    /// Panels, level, selection.
    pub view: Option<Value>,
    /// The page is to be the run and nothing else.
    pub embed: bool,
}

/// A link from the page's own address and the link to the run that stands behind it.
#[must_use]
pub fn link(base: &str, run: &str, choice: &Choice) -> String {
    let query = if choice.embed { "?embed=1" } else { "" };
    let code = find_in(run).and_then(|code| {
        let (scenario, extras) = decode(code).ok()?;
        let extras = LinkExtras {
            moment: choice.moment.filter(|at| *at > Time::ZERO),
            view: choice.view.clone(),
            ..extras
        };
        Some(format!("#s={}", encode(&scenario, &extras)))
    });
    format!("{base}{query}{}", code.as_deref().unwrap_or(run))
}

/// The forms, by name.
pub const FORMS: [&str; 6] = [
    "Link",
    "Description",
    "iframe",
    "Markdown",
    "Jupyter",
    "LaTeX",
];

/// A link to a run of this title and description, in one of the forms.
#[must_use]
pub fn form(name: &str, link: &str, title: &str, description: &str) -> String {
    match name {
        "Description" => format!("{description} The same run, event for event: {link}"),
        "iframe" => format!(
            "<iframe src=\"{}\" width=\"640\" height=\"400\" title=\"{}\" style=\"border:0\" allow=\"clipboard-write; fullscreen\"></iframe>",
            escape(link),
            escape(title)
        ),
        "Markdown" => {
            let link = replaced(link, &[('(', "%28"), (')', "%29"), (' ', "%20")]);
            let title = replaced(title, &[('\\', "\\\\"), ('[', "\\["), (']', "\\]")]);
            format!("[{title}]({link})")
        }
        "Jupyter" => {
            let link = Value::from(link);
            format!(
                "from IPython.display import IFrame\nIFrame({link}, width=\"100%\", height=420)"
            )
        }
        "LaTeX" => {
            let link = replaced(
                link,
                &[
                    ('%', "\\%"),
                    ('#', "\\#"),
                    ('&', "\\&"),
                    ('\\', "\\\\"),
                    ('{', "\\%7B"),
                    ('}', "\\%7D"),
                    ('~', "\\%7E"),
                ],
            );
            format!("\\href{{{link}}}{{{}}}", latex(title))
        }
        _ => link.into(),
    }
}

fn latex(text: &str) -> String {
    let signs = [
        ('\\', "\\textbackslash{}"),
        ('~', "\\textasciitilde{}"),
        ('^', "\\textasciicircum{}"),
        ('{', "\\{"),
        ('}', "\\}"),
        ('%', "\\%"),
        ('#', "\\#"),
        ('&', "\\&"),
        ('$', "\\$"),
        ('_', "\\_"),
    ];
    replaced(text, &signs)
}

fn replaced(text: &str, signs: &[(char, &str)]) -> String {
    let mut plain = String::with_capacity(text.len());
    for letter in text.chars() {
        match signs.iter().find(|(sign, _)| *sign == letter) {
            Some((_, instead)) => plain.push_str(instead),
            None => plain.push(letter),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::address;
    use quorumscope_core::scenario::Scenario;
    use serde_json::json;

    const BASE: &str = "https://host/a(b)/";

    fn run() -> String {
        address::link(&Scenario::default(), Some(0xdead_beef_0000_0000))
    }

    #[test]
    fn a_link_brings_the_moment_and_the_view_and_keeps_the_trace() {
        let choice = Choice {
            moment: Some(Time(350_500)),
            view: Some(json!({ "panel": "story" })),
            embed: true,
        };
        let link = link(BASE, &run(), &choice);
        assert!(link.starts_with("https://host/a(b)/?embed=1#s=1."));
        let asked = address::read(&link).unwrap();
        assert_eq!(asked.scenario, Scenario::default());
        assert_eq!(asked.moment, Some(Time(350_500)));
        assert_eq!(asked.view, Some(json!({ "panel": "story" })));
        assert_eq!(asked.trace.map(|(trace, _)| trace), Some(0xdead_beef));
    }

    #[test]
    fn without_a_choice_it_is_the_link_of_the_address_bar() {
        assert_eq!(
            link(BASE, &run(), &Choice::default()),
            format!("{BASE}{}", run())
        );
        assert_eq!(link(BASE, "", &Choice::default()), BASE);
    }

    #[test]
    fn each_form_has_its_own_escapes() {
        let form = |name| {
            form(
                name,
                "https://h/a(b)/?x=1&y=50%#s=1.a_b",
                "A \"50%\" [run] & co_1",
                "Said.",
            )
        };
        assert_eq!(form("Link"), "https://h/a(b)/?x=1&y=50%#s=1.a_b");
        assert!(form("iframe").contains("src=\"https://h/a(b)/?x=1&amp;y=50%#s=1.a_b\""));
        assert!(form("iframe").contains("title=\"A &quot;50%&quot; [run] &amp; co_1\""));
        assert_eq!(
            form("Markdown"),
            "[A \"50%\" \\[run\\] & co_1](https://h/a%28b%29/?x=1&y=50%#s=1.a_b)"
        );
        assert!(form("Jupyter").contains("IFrame(\"https://h/a(b)/?x=1&y=50%#s=1.a_b\", "));
        assert_eq!(
            form("LaTeX"),
            "\\href{https://h/a(b)/?x=1\\&y=50\\%\\#s=1.a_b}{A \"50\\%\" [run] \\& co\\_1}"
        );
        assert!(form("Description").starts_with("Said. The same run"));
    }
}
