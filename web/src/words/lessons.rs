//! What to try next: a ladder of runs, each another lesson, that ends at the gallery.
//!
//! A rung is the present cluster with one thing wrong. What it teaches is claimed
//! only once this run has shown it; until then it says what to watch for.

use crate::edit::setup::{orders, traitors, with_nodes, with_these_traitors, with_traitors};
use crate::run::present::Present;
use quorumscope_core::protocol::NodeId;
use quorumscope_core::scenario::Scenario;
use serde_json::json;

/// When things go wrong on a rung where they do, and when they are over, in milliseconds.
const WRONG_MS: u64 = 500;
const OVER_MS: u64 = 3_000;

/// What to try next.
#[derive(Clone, Debug, PartialEq)]
pub struct Lesson {
    /// What to watch for, or what this run has shown; and what to ask next.
    pub says: String,
    /// What the button says.
    pub button: &'static str,
    /// The run that it opens; the gallery if none.
    pub then: Option<Scenario>,
}

/// A step of the ladder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rung {
    Plain,
    Crash,
    Silence,
    TwoFaces,
    OneTooMany,
    Cut,
}

const LADDER: [Rung; 6] = [
    Rung::Plain,
    Rung::Crash,
    Rung::Silence,
    Rung::TwoFaces,
    Rung::OneTooMany,
    Rung::Cut,
];

/// What to try after the present run.
#[must_use]
pub fn next(scenario: &Scenario, present: &Present) -> Lesson {
    let bare = Scenario {
        script: Vec::new(),
        ..scenario.clone()
    };
    if bare.votes().f == 0 {
        let says = match scenario.servers() {
            1 => "One replica tolerates no traitor at all. Four tolerate one.".into(),
            many => format!("{many} replicas tolerate no traitor at all. Four tolerate one."),
        };
        return lesson(says, "Take four", Some(with_nodes(&bare, 4)));
    }
    let mut ladder = LADDER.iter().enumerate();
    match ladder.find(|(_, rung)| rung.on(&bare).as_ref() == Some(scenario)) {
        Some((place, rung)) => climb(*rung, LADDER.get(place + 1).copied(), &bare, present),
        None => off_the_ladder(scenario, present),
    }
}

fn lesson(says: String, button: &'static str, then: Option<Scenario>) -> Lesson {
    Lesson { says, button, then }
}

fn climb(rung: Rung, next: Option<Rung>, bare: &Scenario, present: &Present) -> Lesson {
    let says = match rung.shown(present) {
        true => rung.lesson(bare),
        false => rung.watch(bare),
    };
    match next {
        Some(next) => {
            let (asks, button) = next.question();
            lesson(format!("{says} {asks}"), button, next.on(bare))
        }
        None => lesson(
            format!("{says} There is more to see."),
            "Open the gallery",
            None,
        ),
    }
}

impl Rung {
    /// The run of this rung.
    fn on(self, bare: &Scenario) -> Option<Scenario> {
        let with = |order: serde_json::Value| {
            let script = orders(&[order], bare).ok()?;
            Some(Scenario {
                script,
                ..bare.clone()
            })
        };
        let first: Vec<NodeId> = (0..too_many(bare)).map(NodeId).collect();
        let all: Vec<u16> = (0..bare.servers()).collect();
        let (left, right) = all.split_at(all.len() / 2);
        match self {
            Self::Plain => Some(bare.clone()),
            Self::Crash => with(json!({ "at_ms": WRONG_MS, "do": "crash", "node": 0 })),
            Self::Silence => Some(with_traitors(bare, 1, "silent")),
            Self::TwoFaces => Some(with_these_traitors(bare, &[NodeId(0)], "two-faced")),
            Self::OneTooMany => Some(with_these_traitors(bare, &first, "two-faced")),
            Self::Cut => with(json!({ "at_ms": WRONG_MS, "do": "partition",
                "groups": [left, right], "until_ms": OVER_MS })),
        }
    }

    /// What leads to it, and its button.
    const fn question(self) -> (&'static str, &'static str) {
        match self {
            Self::Plain => ("", "Start over"),
            Self::Crash => ("What if the primary stops?", "Crash the primary"),
            Self::Silence => ("What if a replica just says nothing?", "Silence one"),
            Self::TwoFaces => ("What if the primary lies?", "A primary with two faces"),
            Self::OneTooMany => ("And with more of them than theory allows?", "One too many"),
            Self::Cut => (
                "What if nobody lies, and the network falls apart?",
                "Cut the network",
            ),
        }
    }

    /// What to watch for.
    fn watch(self, bare: &Scenario) -> String {
        let n = bare.servers();
        match self {
            Self::Plain => "Watch a request pass: every replica follows the protocol.".into(),
            Self::Crash => "The primary stops at 500 ms. Watch how long the others wait for it, and what they do then.".into(),
            Self::Silence => format!("One of {n} says nothing. Watch whether the others find a quorum."),
            Self::TwoFaces => "The primary tells some replicas one thing and the rest another. Watch which of the two finds a quorum.".into(),
            Self::OneTooMany => format!("{} traitors among {n}, one more than theory allows. Watch what the honest ones execute.", too_many(bare)),
            Self::Cut => "The network falls apart at 500 ms and heals at 3 s. Watch whether either half decides alone.".into(),
        }
    }

    /// What the run has shown.
    fn lesson(self, bare: &Scenario) -> String {
        let (n, quorum) = (bare.servers(), bare.votes().quorum);
        match self {
            Self::Plain => {
                format!("Answered: {quorum} of {n} replicas agreed at each step.")
            }
            Self::Crash => "The others replaced the primary, and decide again.".into(),
            Self::Silence => {
                format!("Answered without it: a quorum takes {quorum} of {n}.")
            }
            Self::TwoFaces => {
                "Answered, and no promise broke: two stories did not find two quorums.".into()
            }
            Self::OneTooMany => format!(
                "A promise broke: {n} replicas do not withstand {} traitors.",
                too_many(bare)
            ),
            Self::Cut => {
                "While it was cut no promise broke, and since it healed all was answered.".into()
            }
        }
    }

    /// Whether this run has shown by now what the rung is about.
    fn shown(self, present: &Present) -> bool {
        let (asked, answered) = present.asked_and_answered();
        let holds = unbroken(present);
        let replicas = &present.actors[..present.replicas];
        match self {
            Self::Plain | Self::Silence | Self::TwoFaces => answered > 0 && holds,
            Self::Crash => {
                let done = |new: bool| {
                    let some = replicas.iter().filter(|r| (r.sketch.view > 0) == new);
                    some.map(|replica| replica.sketch.executed).max()
                };
                done(true).is_some_and(|after| Some(after) > done(false))
            }
            Self::OneTooMany => !holds,
            Self::Cut => present.now.0 > OVER_MS * 1000 && holds && asked > 0 && answered == asked,
        }
    }
}

/// The fewest traitors that can break agreement.
fn too_many(bare: &Scenario) -> u16 {
    bare.votes().overlap().clamp(1, i64::from(bare.servers())) as u16
}

fn unbroken(present: &Present) -> bool {
    let mut promises = present.promises.iter();
    promises.all(|promise| promise.holds() || promise.promise.settles())
}

/// After a run that somebody made otherwise.
fn off_the_ladder(scenario: &Scenario, present: &Present) -> Lesson {
    let found = traitors(scenario);
    let (count, n, f) = (found.len(), scenario.servers(), scenario.votes().f as usize);
    let behaviour = found.first().map_or("silent", |(_, behaviour)| *behaviour);
    let (traitors, lie) = match (count, behaviour) {
        (1, "silent") => ("1 replica", "says nothing"),
        (1, _) => ("1 traitor", "does its worst"),
        (_, "silent") => ("replicas", "say nothing"),
        _ => ("traitors", "do their worst"),
    };
    let who = match count {
        1 => traitors.to_string(),
        many => format!("{many} {traitors}"),
    };
    if count > f {
        let came = match unbroken(present) {
            true => "",
            false => " A promise broke.",
        };
        let more = (3 * count + 1).min(1024) as u16;
        let says = format!("{who} {lie}, and {n} replicas tolerate {f}.{came} More replicas help.");
        return lesson(says, "Make it enough", Some(with_nodes(scenario, more)));
    }
    if count > 0 {
        let (_, answered) = present.asked_and_answered();
        let came = match answered > 0 && unbroken(present) {
            true => "the others decide all the same",
            false => "watch whether the others decide",
        };
        let says = format!("{who} {lie}: {came}. What if there are more than {f}?");
        let more = with_traitors(scenario, f + 1, behaviour);
        return lesson(says, "One too many", Some(more));
    }
    let says = "This run is your own. The gallery has others, each with something to watch for.";
    lesson(says.into(), "Open the gallery", None)
}

#[cfg(test)]
mod tests;
