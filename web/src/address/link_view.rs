//! What of the page a link brings back: panels, level, selection.
//!
//! What is as the page opens is left out, so that the same view gives the same
//! link. What a link says and this page does not know is passed over.

use crate::page::view::Ui;
use crate::ui::{Deck, Level, Panel, Target};
use quorumscope_core::protocol::NodeId;
use quorumscope_core::trace::MessageId;
use serde_json::{Map, Value, json};

const LEVELS: [(&str, Level); 3] = [
    ("first", Level::First),
    ("course", Level::Course),
    ("paper", Level::Paper),
];
const DECKS: [(&str, Deck); 4] = [
    ("spacetime", Deck::SpaceTime),
    ("ledger", Deck::Ledger),
    ("hidden", Deck::Shut),
    ("both", Deck::Both),
];

/// What the page shows, for a link; `None` if that is what it opens with.
#[must_use]
pub fn shown(ui: &Ui) -> Option<Value> {
    let mut view = Map::new();
    name(&mut view, "panel", &Panel::ALL, &ui.panel);
    name(&mut view, "level", &LEVELS, &ui.level);
    name(&mut view, "deck", &DECKS, &ui.deck);
    if let Some(node) = ui.through {
        view.insert("through".into(), node.0.into());
    }
    (!view.is_empty()).then(|| view.into())
}

/// What is selected, for a link.
#[must_use]
pub fn selected(ui: &Ui) -> Option<Value> {
    Some(match ui.selected? {
        Target::Node(node) => json!(["node", node.0]),
        Target::Message(message, to) => json!(["message", message.0, to.0]),
        Target::Cell(node, sequence) => json!(["cell", node.0, sequence]),
        Target::Event(event) => json!(["event", event]),
        Target::Link(from, to) => json!(["link", from.0, to.0]),
    })
}

/// What is shown and what is selected, as one.
#[must_use]
pub fn both(shown: Option<Value>, selected: Option<Value>) -> Option<Value> {
    let Some(selected) = selected else {
        return shown;
    };
    let mut view = shown.unwrap_or_else(|| json!({}));
    view["selected"] = selected;
    Some(view)
}

fn name<T: PartialEq>(view: &mut Map<String, Value>, key: &str, names: &[(&str, T)], is: &T) {
    let found = names.iter().skip(1).find(|(_, what)| what == is);
    if let Some((name, _)) = found {
        view.insert(key.into(), (*name).into());
    }
}

/// Shows what a link says, in a run of `nodes` nodes.
pub fn show(view: &Value, nodes: u16, ui: &mut Ui) {
    set(&mut ui.panel, &Panel::ALL, &view["panel"]);
    set(&mut ui.level, &LEVELS, &view["level"]);
    set(&mut ui.deck, &DECKS, &view["deck"]);
    ui.through = node(&view["through"], nodes);
    ui.selected = target(&view["selected"], nodes);
}

/// A node by its number, if there is one.
fn node(value: &Value, nodes: u16) -> Option<NodeId> {
    let number = u16::try_from(value.as_u64()?).ok();
    number.filter(|number| *number < nodes).map(NodeId)
}

/// What a link has selected, if that can be in this run.
fn target(chosen: &Value, nodes: u16) -> Option<Target> {
    let number = |index: usize| chosen[index].as_u64();
    Some(match chosen[0].as_str()? {
        "node" => Target::Node(node(&chosen[1], nodes)?),
        "message" => Target::Message(MessageId(number(1)?), node(&chosen[2], nodes)?),
        "cell" => Target::Cell(node(&chosen[1], nodes)?, number(2)?),
        "event" => Target::Event(number(1)?),
        "link" => Target::Link(node(&chosen[1], nodes)?, node(&chosen[2], nodes)?),
        _ => return None,
    })
}

fn set<T: Copy>(what: &mut T, names: &[(&str, T)], said: &Value) {
    let found = names.iter().find(|(name, _)| said.as_str() == Some(name));
    if let Some((_, is)) = found {
        *what = *is;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_deck_has_a_name_that_brings_it_back() {
        for (name, is) in DECKS {
            let mut deck = Deck::Shut;
            set(&mut deck, &DECKS, &json!(name));
            assert_eq!(deck, is);
        }
        let mut written = Map::new();
        super::name(&mut written, "deck", &DECKS, &Deck::Both);
        assert_eq!(written["deck"], "both");
    }
}
