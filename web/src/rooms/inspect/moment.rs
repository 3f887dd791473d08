//! One moment: something that happened, and why.

use super::super::Room;
use super::{chain, json, target_button};
use crate::page::actions::Travel;
use crate::ui::{Level, Target};
use quorumscope_core::trace::EventId;
use quorumscope_core::trace_json;
use yew::prelude::*;

pub(super) fn moment(room: &Room, event: EventId) -> Html {
    let view = &room.view;
    let found = view.reader.chronicle(|chronicle| {
        let event = chronicle.event(event)?;
        let raw = format!("{:#}", trace_json::event(event, view.scenario.spec));
        let line = view.narrator().tell(event, Level::Paper);
        Some((raw, event.node, line))
    });
    let Some((raw, node, line)) = found else {
        return html! { <p class="lead">{ "That has not happened in this run." }</p> };
    };
    let (text, why) = line.map_or_else(Default::default, |line| {
        (line.text, line.why.unwrap_or_default())
    });
    html! {
        <>
            <h2 key="title">{ text }</h2>
            <p key="why" class="lead">{ why }</p>
            <div key="menu" class="menu">
                <button type="button" class="button" onclick={room.on(Travel::GoTo(event))}>{ "Go there" }</button>
                { target_button(room, Target::Node(node)) }
            </div>
            <div key="chain">{ chain::chain(room, event) }</div>
            <div key="raw">{ json::raw(raw) }</div>
        </>
    }
}
