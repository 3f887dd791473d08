//! Playing the traitor: what it asks, and the orders that answer it.

use crate::narration::name;
use quorumscope_core::fault::Order;
use quorumscope_core::protocol::Kind;
pub use quorumscope_core::world::Awaited;
use quorumscope_core::world::World;
use serde_json::{Value, json};

/// The questions that no order of the script answers, now or later: a replay need not ask again.
#[must_use]
pub fn open(world: &dyn World) -> Vec<Awaited> {
    let mut awaited = world.awaited();
    let script = &world.scenario().script;
    let answers = |order: &Order, held: &Awaited| {
        order.args.name("choice").is_some()
            && order.args.number("message") == i64::try_from(held.passage.message.0).ok()
            && order.args.node("to") == Some(held.passage.to)
    };
    awaited.retain(|held| !script.iter().any(|order| answers(order, held)));
    awaited
}

/// The first question: copies of one message, one for each recipient.
#[must_use]
pub fn first(awaited: &[Awaited]) -> &[Awaited] {
    let same = |held: &Awaited| {
        let (one, other) = (held.passage, awaited[0].passage);
        (one.from, one.kind, one.label, one.sent)
            == (other.from, other.kind, other.label, other.sent)
    };
    let count = awaited.iter().take_while(|held| same(held)).count();
    &awaited[..count]
}

/// The question in words; `None` if nothing is asked.
#[must_use]
pub fn question(awaited: &[Awaited], kinds: &[Kind]) -> Option<String> {
    let passage = awaited.first()?.passage;
    let kind = kinds
        .get(usize::from(passage.kind))
        .map_or("message", |kind| kind.name);
    let about = match passage.label.sequence {
        0 => String::new(),
        sequence => format!(" for number {sequence}"),
    };
    Some(format!(
        "Your traitor, {}, is about to send its {kind}{about}. What does each get?",
        name(passage.from, usize::MAX).to_ascii_lowercase()
    ))
}

/// Orders that answer a question: a choice for each of its copies.
#[must_use]
pub fn orders(question: &[Awaited], choices: &[&str]) -> Vec<Value> {
    let order = |(held, choice): (&Awaited, &&str)| {
        let passage = held.passage;
        json!({ "do": "dictate", "message": passage.message.0, "to": passage.to.0, "choice": *choice })
    };
    question.iter().zip(choices).map(order).collect()
}
