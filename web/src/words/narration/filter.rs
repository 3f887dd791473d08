//! Picking lines out of a story: by what they are about, by node, by words.

use super::Line;
use quorumscope_core::protocol::{Claim, NodeId};
use quorumscope_core::trace::{Event, Recipients, What};

/// What a line may be about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// What was sent, and what arrived.
    Messages,
    /// A node got further.
    Steps,
    /// Something was executed, or an answer was accepted.
    Decisions,
    /// Timers.
    Timers,
    /// What the script or the user did.
    Faults,
    /// Messages that were lost, and work that was undone.
    Losses,
    /// Broken promises.
    Broken,
}

impl Sort {
    /// All sorts, by the names that the log has for them.
    pub const ALL: [(&'static str, Self); 7] = [
        ("Messages", Self::Messages),
        ("Steps", Self::Steps),
        ("Decisions", Self::Decisions),
        ("Timers", Self::Timers),
        ("Faults", Self::Faults),
        ("Losses", Self::Losses),
        ("Broken promises", Self::Broken),
    ];

    /// What an event is about.
    #[must_use]
    pub const fn of(what: &What) -> Self {
        match what {
            What::Sent { .. } | What::Delivered(_) => Self::Messages,
            What::Dropped(..) | What::Claimed(Claim::RolledBack { .. }) => Self::Losses,
            What::TimerSet { .. }
            | What::TimerCancelled { .. }
            | What::TimerFired { .. }
            | What::WorkBegun { .. }
            | What::WorkDone { .. } => Self::Timers,
            What::Ordered(_) | What::Lifted(_) | What::WornOut | What::Repaired => Self::Faults,
            What::Broken { .. } => Self::Broken,
            What::Claimed(Claim::Applied { .. } | Claim::Answered { .. }) => Self::Decisions,
            What::Because(..) | What::Claimed(_) | What::Asked { .. } | What::Happened => {
                Self::Steps
            }
        }
    }
}

/// Whether a node has to do with an event: it is there, or at an end of its message.
#[must_use]
pub fn concerns(event: &Event, node: NodeId) -> bool {
    let at_an_end = match event.what {
        What::Sent {
            to: Recipients::One(to),
            ..
        } => to == node,
        What::Delivered(passage) | What::Dropped(passage, _) => {
            passage.from == node || passage.to == node
        }
        _ => false,
    };
    event.node == node || at_an_end
}

/// Words to look for, in whatever order; `R2` and `replica 2` are the same.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Search(Vec<String>);

impl Search {
    /// What somebody typed.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let (mut words, names) = read(text);
        words.extend(names);
        Self(words)
    }

    /// Whether nothing is looked for.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether a line has all the words.
    #[must_use]
    pub fn fits(&self, line: &Line) -> bool {
        let why = line.why.as_deref().unwrap_or_default();
        let (words, names) = read(&format!("{} {why}", line.text));
        self.0.iter().all(|wanted| match whole(wanted) {
            true => names.contains(wanted) || words.contains(wanted),
            false => words.iter().any(|word| word.contains(wanted.as_str())),
        })
    }
}

/// Whether a word is a number or a node's name, which no part of a longer one stands for.
fn whole(word: &str) -> bool {
    let digits = word.trim_start_matches(['r', 'c']);
    word.len() - digits.len() <= 1
        && !digits.is_empty()
        && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// The words of a text, and its nodes by their short names; what is a node's number is no word.
fn read(text: &str) -> (Vec<String>, Vec<String>) {
    let (mut words, mut names) = (Vec::new(), Vec::new());
    let mut letter = None;
    let text = text.to_ascii_lowercase();
    let ends = |c: char| !(c.is_alphanumeric() || c == '#' || c == '-');
    for word in text.split(ends).filter(|word| !word.is_empty()) {
        let number = word.bytes().all(|byte| byte.is_ascii_digit());
        letter = match (word, letter) {
            ("replica" | "replicas", _) => Some('r'),
            ("client" | "clients", _) => Some('c'),
            ("and", letter) => letter,
            (_, letter) if number => letter,
            _ => None,
        };
        match letter {
            Some(letter) if number => {
                // `replica 2` is one name, and not a word and a number.
                words.pop_if(|last: &mut String| *last == "replica" || *last == "client");
                names.push(format!("{letter}{word}"));
            }
            _ => words.push(word.into()),
        }
    }
    (words, names)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::narration::Tone;
    use quorumscope_core::time::Time;

    fn line(text: &str) -> Line {
        Line {
            id: 0,
            at: Time::ZERO,
            last: (0, Time::ZERO),
            nodes: Vec::new(),
            tone: Tone::Step,
            text: text.into(),
            why: None,
        }
    }

    #[test]
    fn words_are_found_in_any_order_and_nodes_by_either_name() {
        let line = line("Replica 2 sends commit to replicas 0, 1 and 13: number 3 in view 0.");
        for found in [
            "",
            "R2 commit",
            "commit replica 2",
            "COMM r0",
            "replica 13",
            "number 3",
            "view sends",
        ] {
            assert!(Search::new(found).fits(&line), "{found}");
        }
        for missed in ["R3", "replica 3", "prepare", "R1 reply", "number 13", "c2"] {
            assert!(!Search::new(missed).fits(&line), "{missed}");
        }
    }
}
