//! Picking lines out of a story: by what they are about, by node, by words.

use super::{Line, Member};
use quorumscope_core::cast::Cast;
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
        What::Delivered(transit) | What::Dropped(transit, _) => {
            transit.from == node || transit.to == node
        }
        _ => false,
    };
    event.node == node || at_an_end
}

/// Words to look for, in whatever order; `R2` and `replica 2` are the same.
#[derive(Clone, Debug, PartialEq)]
pub struct Search {
    cast: Cast,
    /// Words, and names of nodes by their letters.
    wanted: Vec<String>,
}

impl Search {
    /// What somebody typed, where these nodes take part.
    #[must_use]
    pub fn new(text: &str, cast: Cast) -> Self {
        let (mut wanted, names) = read(text, &cast);
        wanted.extend(names);
        Self { cast, wanted }
    }

    /// Whether nothing is looked for.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.wanted.is_empty()
    }

    /// Whether a line has all the words.
    #[must_use]
    pub fn fits(&self, line: &Line) -> bool {
        let why = line.why.as_deref().unwrap_or_default();
        let (words, mut names) = read(&format!("{} {why}", line.text), &self.cast);
        names.extend(line.nodes.iter().map(|node| self.short(*node)));
        self.wanted.iter().all(|wanted| match self.whole(wanted) {
            true => names.contains(wanted) || words.contains(wanted),
            false => words.iter().any(|word| word.contains(wanted.as_str())),
        })
    }

    /// The line as the nodes that are looked for see it: it leads to what they did, when they did it.
    #[must_use]
    pub fn aimed(&self, line: Line) -> Line {
        let sought = |member: &&Member| self.wanted.contains(&self.short(member.node));
        let Some(member) = line.members.iter().rfind(sought).copied() else {
            return line;
        };
        Line {
            at: member.at,
            aim: member.id,
            ..line
        }
    }

    /// A node's name by its letter.
    fn short(&self, node: NodeId) -> String {
        self.cast.short(node).to_lowercase()
    }

    /// Whether a word is a number or a node's name, which no part of a longer one stands for.
    fn whole(&self, word: &str) -> bool {
        let roles = self.cast.roles().iter();
        let letters: Vec<char> = roles.flat_map(|role| role.letter.to_lowercase()).collect();
        let digits = word.strip_prefix(letters.as_slice()).unwrap_or(word);
        !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
    }
}

/// The words of a text, and its nodes by their short names; what is a node's number is no word.
fn read(text: &str, cast: &Cast) -> (Vec<String>, Vec<String>) {
    let (mut words, mut names) = (Vec::new(), Vec::new());
    let mut letter = None;
    let text = text.to_lowercase();
    let ends = |c: char| !(c.is_alphanumeric() || c == '#' || c == '-');
    let role = |word: &str| {
        let mut roles = cast.roles().iter();
        roles.find(|role| role.name == word || role.plural == word)
    };
    for word in text.split(ends).filter(|word| !word.is_empty()) {
        let number = word.bytes().all(|byte| byte.is_ascii_digit());
        letter = match (role(word), letter) {
            (Some(role), _) => Some(role.letter),
            (None, letter) if number || matches!(word, "and" | "to") => letter,
            _ => None,
        };
        match letter {
            Some(letter) if number => {
                // `replica 2` is one name, and not a word and a number.
                words
                    .pop_if(|last: &mut String| cast.roles().iter().any(|role| role.name == *last));
                names.push(format!("{letter}{word}").to_lowercase());
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
    use quorumscope_core::scenario::Scenario;
    use quorumscope_core::time::Time;

    fn line(text: &str) -> Line {
        let member = |node: u16| Member {
            id: 10 + u64::from(node),
            at: Time(node.into()),
            node: NodeId(node),
        };
        Line {
            id: 10,
            at: Time::ZERO,
            last: (12, Time(2)),
            aim: 12,
            members: [0, 1, 2].map(member).to_vec(),
            nodes: Vec::new(),
            tone: Tone::Step,
            text: text.into(),
            why: None,
            told: Vec::new(),
        }
    }

    fn search(text: &str) -> Search {
        Search::new(text, Scenario::default().cast)
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
            assert!(search(found).fits(&line), "{found}");
        }
        for missed in ["R3", "replica 3", "prepare", "R1 reply", "number 13", "c2"] {
            assert!(!search(missed).fits(&line), "{missed}");
        }
    }

    #[test]
    fn a_line_about_several_leads_to_the_one_that_is_looked_for() {
        let told = line("Replicas 0, 1 and 2 are prepared for number 3.");
        let one = search("R1 prepared").aimed(told.clone());
        assert_eq!((one.id, one.aim, one.at), (10, 11, Time(1)));
        assert_eq!(search("prepared").aimed(told.clone()), told);
    }
}
