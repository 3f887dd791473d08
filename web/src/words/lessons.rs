//! What to try next: the ladder of lessons that a system brings, which ends at the gallery.
//!
//! A lesson is the present cluster with one thing wrong. What it teaches is claimed
//! only once this run has shown it; until then it says what to watch for.

use crate::edit::setup::{orders, traitors, with_nodes, with_traitors};
use crate::text::capital;
use quorumscope_core::lesson::{Lesson, asked_and_answered, unbroken};
use quorumscope_core::scenario::Scenario;
use quorumscope_core::systems;
use quorumscope_core::world::World;

/// What to try next.
#[derive(Clone, Debug, PartialEq)]
pub struct Next {
    /// What to watch for, or what this run has shown; and what to ask next.
    pub says: String,
    /// What the button says.
    pub button: String,
    /// The run that it opens; the gallery if none.
    pub then: Option<Scenario>,
}

/// What to try after the present run.
#[must_use]
pub fn next(world: &dyn World) -> Next {
    let scenario = world.scenario();
    let bare = Scenario {
        script: Vec::new(),
        ..scenario.clone()
    };
    if let Some(more) = none_too_many(&bare) {
        return more;
    }
    let lessons = scenario.spec.lessons;
    let here = |lesson: &Lesson| run(lesson, &bare).as_ref() == Some(scenario);
    match lessons.iter().position(here) {
        Some(at) => climb(&lessons[at], lessons.get(at + 1), &bare, world),
        None => off_the_ladder(world),
    }
}

fn offer(says: String, button: impl Into<String>, then: Option<Scenario>) -> Next {
    Next {
        says,
        button: button.into(),
        then,
    }
}

/// The run of a lesson.
fn run(lesson: &Lesson, bare: &Scenario) -> Option<Scenario> {
    let script = orders(&(lesson.script)(bare), bare).ok()?;
    Some(Scenario {
        script,
        ..bare.clone()
    })
}

/// A cluster that tolerates no traitor at all grows first.
fn none_too_many(bare: &Scenario) -> Option<Next> {
    let votes = bare.quorums()?;
    if votes.f > 0 || bare.spec.behaviours.is_empty() {
        return None;
    }
    let (one, many) = bare.cast.serving();
    let enough = enough(bare, 1)?;
    let named = number(enough);
    let more = format!("{} tolerate one.", capital(&named));
    let says = match bare.servers() {
        1 => format!("One {one} tolerates no traitor at all. {more}"),
        count => format!("{count} {many} tolerate no traitor at all. {more}"),
    };
    let then = with_nodes(bare, enough);
    Some(offer(says, format!("Take {named}"), Some(then)))
}

fn climb(lesson: &Lesson, next: Option<&Lesson>, bare: &Scenario, world: &dyn World) -> Next {
    let says = if (lesson.shown)(world) {
        lesson.taught
    } else {
        lesson.watch
    };
    let says = says(bare);
    match next {
        Some(next) => offer(
            format!("{says} {}", next.asks),
            next.button,
            run(next, bare),
        ),
        None => gallery(format!("{says} There is more to see.")),
    }
}

fn gallery(says: String) -> Next {
    offer(says, "Open the gallery", None)
}

/// After a run that somebody made otherwise.
fn off_the_ladder(world: &dyn World) -> Next {
    let scenario = world.scenario();
    let found = traitors(scenario);
    let Some(votes) = scenario.quorums().filter(|_| !found.is_empty()) else {
        return gallery(own(scenario));
    };
    let (one, many) = scenario.cast.serving();
    let (count, n, f) = (found.len(), votes.n, votes.f);
    let behaviour = found.first().map_or("silent", |(_, behaviour)| *behaviour);
    let who = match (count, behaviour) {
        (1, "silent") => format!("1 {one} says nothing"),
        (1, _) => "1 traitor does its worst".into(),
        (_, "silent") => format!("{count} {many} say nothing"),
        _ => format!("{count} traitors do their worst"),
    };
    if count > f as usize {
        let came = match unbroken(world) {
            true => "",
            false => " A promise broke.",
        };
        let says = format!("{who}, and {n} {many} tolerate {f}.{came} More {many} help.");
        return match enough(scenario, count as u32) {
            Some(more) => offer(says, "Make it enough", Some(with_nodes(scenario, more))),
            None => gallery(says),
        };
    }
    let came = match asked_and_answered(world).1 > 0 && unbroken(world) {
        true => "the others decide all the same",
        false => "watch whether the others decide",
    };
    let says = format!("{who}: {came}. What if there are more than {f}?");
    let more = with_traitors(scenario, f as usize + 1, behaviour);
    offer(says, "One too many", Some(more))
}

/// What is said of a run that is no lesson.
fn own(scenario: &Scenario) -> String {
    let run = match scenario.script.is_empty() {
        true => scenario.spec.says,
        false => "This run is your own.",
    };
    match systems::presets_of(scenario.spec.name).is_empty() {
        true => run.into(),
        false => format!("{run} The gallery has others, each with something to watch for."),
    }
}

/// The fewest nodes of the first role that tolerate `traitors` traitors.
fn enough(scenario: &Scenario, traitors: u32) -> Option<u16> {
    let count = scenario.spec.quorums?;
    let (least, most) = scenario.cast.roles().first()?.bounds;
    (least..=most).find(|n| count(&scenario.settings, &scenario.cast.with(0, *n)).f >= traitors)
}

/// A small number in words.
fn number(count: u16) -> String {
    let words = ["no", "one", "two", "three", "four", "five", "six", "seven"];
    let word = words.get(usize::from(count));
    word.map_or_else(|| count.to_string(), |word| (*word).into())
}

#[cfg(test)]
mod tests;
