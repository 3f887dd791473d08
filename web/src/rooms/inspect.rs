//! What is selected: a node's state, a message's contents, a cell's votes, a link, why something happened.

mod cell;

mod chain;

mod json;

mod link;

mod message;

mod moment;

mod node;

use super::Room;
use crate::browser::icons::icon;
use crate::page::actions::Look;
use crate::ui::Target;
use quorumscope_core::protocol::NodeId;
use yew::prelude::*;

/// The inspector.
pub fn inspect(room: &Room) -> Html {
    let back = room.view.ui.before.last();
    let title = back.map(|target| format!("Back to {}", room.view.called(*target)));
    html! {
        <>
            <button key="back" type="button" class="button bare back" hidden={back.is_none()} onclick={room.on(Look::Back)}>{ icon("left") }{ title.unwrap_or_default() }</button>
            <div key="selected">{ selected(room) }</div>
        </>
    }
}

fn selected(room: &Room) -> Html {
    let view = &room.view;
    let there = |node: NodeId| node.index() < view.present.actors.len();
    match view.ui.selected {
        Some(Target::Node(which)) if there(which) => node::node(room, which),
        Some(Target::Cell(which, sequence)) if there(which) => match view.ui.through {
            Some(through) if through != which => node::node(room, which),
            _ => cell::cell(room, which, sequence),
        },
        Some(Target::Link(from, to)) if there(from) && there(to) => link::link(room, from, to),
        Some(Target::Message(..)) => match &view.details {
            Some(details) => message::message(room, details),
            None => {
                html! { <p class="lead">{ "No such message has been sent in this run yet." }</p> }
            }
        },
        Some(Target::Event(event)) => html! {
            <>
                <div key="moment">{ moment::moment(room, event) }</div>
                <div key="message">{ about_message(room) }</div>
            </>
        },
        _ => node::choose(room),
    }
}

/// The message that a moment is about.
fn about_message(room: &Room) -> Html {
    let Some(details) = &room.view.details else {
        return html! {};
    };
    let transit = details.transit;
    html! {
        <>
            <h3 key="title">{ "The message" }</h3>
            <div key="menu" class="menu">{ target_button(room, Target::Message(transit.message, transit.to)) }</div>
        </>
    }
}

/// A button that selects something else.
fn target_button(room: &Room, target: Target) -> Html {
    html! {
        <button key={format!("{target:?}")} type="button" class="button" onclick={room.on(Look::Select(Some(target)))}>{ room.view.called(target) }</button>
    }
}
