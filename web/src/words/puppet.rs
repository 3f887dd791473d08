//! What a traitor that is played by hand asks, in words.

use quorumscope_core::say::{Fields, say};
use quorumscope_core::scenario::Scenario;
use quorumscope_core::world::Awaited;

/// The question, with the slot that the message is about, if it is about one.
const QUESTION: &str =
    "Your traitor, {who}, is about to send {message}[ about {about}]. What does each get?";

/// The question in words; `None` if nothing is asked.
#[must_use]
pub fn question(awaited: &[Awaited], scenario: &Scenario) -> Option<String> {
    let transit = awaited.first()?.transit;
    let kind = scenario.spec.kinds.get(usize::from(transit.kind));
    let about = kind.map(|kind| {
        let fields = Fields::new(&scenario.cast).label(kind.about, transit.label);
        say(scenario.spec.sentences.about(kind.about), &fields).text
    });
    let fields = Fields::new(&scenario.cast)
        .node("who", transit.from)
        .text("message", kind.map_or("a message", |kind| kind.one))
        .maybe("about", about.filter(|about| !about.is_empty()));
    Some(say(QUESTION, &fields).text)
}
