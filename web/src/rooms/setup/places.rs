//! Where the nodes are, if latency is between places: each may be moved to another.

use super::super::Room;
use super::super::widgets::Choice;
use super::edit;
use crate::page::actions::Look;
use crate::text::capital;
use quorumscope_core::latency::{Latency, Regions};
use quorumscope_core::protocol::NodeId;
use std::rc::Rc;
use yew::prelude::*;

/// The most nodes that serve to have a row each; the page would be long with more.
const MOST_ROWS: u16 = 16;

/// A row for each node: its place, and how far the first node is from it.
pub(super) fn places(room: &Room, latency: &Latency) -> Html {
    let Latency::Regions(regions) = latency else {
        return Html::default();
    };
    let scenario = &room.view.scenario;
    let options: Rc<[(AttrValue, AttrValue)]> = regions
        .places
        .iter()
        .enumerate()
        .map(|(at, name)| (at.to_string().into(), name.clone().into()))
        .collect();
    let last = scenario.servers() + scenario.clients();
    let rows = (0..scenario.servers().min(MOST_ROWS))
        .chain(scenario.servers()..last.min(scenario.servers() + 4));
    let more = (scenario.servers() > MOST_ROWS)
        .then(|| format!("{} from {MOST_ROWS} on are where the scenario's file says, else in these places by turns.", capital(scenario.cast.serving().1)));
    html! {
        <details class="places">
            <summary>{ "Where each node is" }</summary>
            { for rows.map(|node| row(room, regions, NodeId(node), &options)) }
            { for more.map(|says| html! { <p class="hint">{ says }</p> }) }
        </details>
    }
}

fn row(
    room: &Room,
    regions: &Regions,
    node: NodeId,
    options: &Rc<[(AttrValue, AttrValue)]>,
) -> Html {
    let id = format!("place-{}", node.0);
    let change = edit(room, &id, move |scenario, place: &String| {
        let mut changed = scenario.clone();
        if let (Latency::Regions(regions), Ok(place)) = (&mut changed.latency, place.parse()) {
            Rc::make_mut(regions).settle(node, place);
        }
        changed
    });
    let cast = &room.view.scenario.cast;
    let way = regions.way(NodeId(0), node).ms();
    let hint = if node.0 == 0 {
        AttrValue::from("distances are from here")
    } else {
        format!("{way} ms from {}", cast.name(NodeId(0))).into()
    };
    html! {
        <Choice key={node.0} {id} label={room.view.name(node)} options={Rc::clone(options)}
            value={regions.place(node).to_string()} {hint} {change} leave={room.on(Look::Leave)} />
    }
}
