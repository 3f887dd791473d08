//! What traitors that are played by hand ask, and the orders that answer.

use quorumscope_core::fault::Order;
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
            && order.args.number("message") == i64::try_from(held.transit.message.0).ok()
            && order.args.node("to") == Some(held.transit.to)
    };
    awaited.retain(|held| !script.iter().any(|order| answers(order, held)));
    awaited
}

/// The first question: copies of one message, one for each recipient.
#[must_use]
pub fn first(awaited: &[Awaited]) -> &[Awaited] {
    let same = |held: &Awaited| {
        let (one, other) = (held.transit, awaited[0].transit);
        (one.from, one.kind, one.label, one.sent)
            == (other.from, other.kind, other.label, other.sent)
    };
    let count = awaited.iter().take_while(|held| same(held)).count();
    &awaited[..count]
}

/// Orders that answer a question: a choice for each of its copies.
#[must_use]
pub fn orders(question: &[Awaited], choices: &[&str]) -> Vec<Value> {
    let order = |(held, choice): (&Awaited, &&str)| {
        let transit = held.transit;
        json!({ "do": "dictate", "message": transit.message.0, "to": transit.to.0, "choice": *choice })
    };
    question.iter().zip(choices).map(order).collect()
}
