//! One slot at one node: how far it is, and who voted for what.

use super::super::Room;
use super::target_button;
use crate::text::{capital, digest};
use crate::ui::Target;
use quorumscope_core::protocol::{Cell, NodeId};
use yew::prelude::*;

pub(super) fn cell(room: &Room, node: NodeId, slot: u64) -> Html {
    let view = &room.view;
    let portrait = view.reader.portrait(node);
    let found = portrait.log.iter().find(|cell| cell.slot == slot);
    let gone = "No longer, or not yet, in its log.";
    let rows = found.map_or_else(
        || html! { <p class="lead">{ gone }</p> },
        |cell| rows(room, cell),
    );
    let title = format!(
        "{} at {}",
        capital(&view.slot(slot)),
        view.name(node).to_ascii_lowercase()
    );
    html! {
        <>
            <h2 key="title">{ title }</h2>
            <div key="menu" class="menu">{ target_button(room, Target::Node(node)) }</div>
            <div key="rows">{ rows }</div>
        </>
    }
}

fn rows(room: &Room, cell: &Cell) -> Html {
    let row = |(name, votes): &(&'static str, Vec<(NodeId, u64)>)| {
        let each = votes.iter().map(|(who, which)| {
            let against = cell.digest.is_some_and(|accepted| accepted != *which);
            let class = classes!("vote", against.then_some("against"));
            html! { <li key={format!("{who} {which}")} {class}>{ format!("{} for {}", room.view.short(*who), digest(*which)) }</li> }
        });
        html! { <><dt>{ format!("{name}, {}", votes.len()) }</dt><dd><ul class="votes">{ for each }</ul></dd></> }
    };
    let spec = room.view.present.spec;
    let stage = spec.stage(cell).map_or("only votes", |stage| stage.name);
    let round = spec
        .words
        .round
        .map(|round| html! { <><dt>{ round }</dt><dd>{ cell.round }</dd></> });
    html! {
        <dl class="facts">
            <dt>{ "stage" }</dt><dd>{ stage }</dd>
            <dt>{ "value" }</dt><dd>{ cell.value.clone().unwrap_or_else(|| "nothing accepted yet".into()) }</dd>
            <dt>{ "digest" }</dt><dd>{ cell.digest.map_or_else(|| "none".into(), digest) }</dd>
            { for round }
            { for cell.votes.iter().map(row) }
        </dl>
    }
}
