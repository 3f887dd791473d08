//! One message: what it says, where it comes from, which rule it fed.

use super::super::Room;
use super::{chain, json, target_button};
use crate::page::actions::{Action, Look, Travel};
use crate::run::message_details::Dossier;
use crate::ui::Target;
use crate::words::narration::drop_reason;
use quorumscope_core::protocol::NodeId;
use quorumscope_core::time::Time;
use quorumscope_core::trace::EventId;
use yew::prelude::*;

/// The message that is selected; nothing if nobody knows of it.
pub(super) fn message(room: &Room, dossier: &Dossier) -> Html {
    let view = &room.view;
    let passage = dossier.passage;
    if let Some(node) = view.ui.through.filter(|node| !known(dossier, *node)) {
        let name = view.name(node).to_ascii_lowercase();
        return html! { <p class="lead">{ format!("The message {} has not come to {name}.", view.letter(&passage)) }</p> };
    }
    let contents = dossier.contents.as_ref();
    let unread = "Its contents are not known: it never left its sender.";
    let says = contents.map_or_else(|| html! { <p class="lead">{ unread }</p> }, json::readable);
    let raw = contents.and_then(|contents| serde_json::to_string_pretty(contents).ok());
    let under_way = dossier.came.is_none() && passage.sent <= view.present.now;
    html! {
        <>
            <h2 key="title">{ view.letter(&passage) }</h2>
            <p key="when" class="lead">{ fate(room, dossier) }</p>
            <div key="menu" class="menu">
                <button type="button" class="button strong" disabled={!under_way} onclick={room.on(Look::MenuHere)}>{ "Drop, delay or double it" }</button>
                { target_button(room, Target::Node(passage.from)) }
                { target_button(room, Target::Node(passage.to)) }
                { target_button(room, Target::Link(passage.from, passage.to)) }
                { moment(room, "When it left", dossier.sent) }
                { moment(room, "When it came", dossier.came) }
            </div>
            <h3 key="contents">{ "What it says" }</h3>
            <div key="says">{ says }</div>
            <div key="raw">{ raw.map(json::raw).unwrap_or_default() }</div>
            <h3 key="fed" hidden={dossier.came.is_none() || dossier.lost.is_some()}>{ "What it led to" }</h3>
            <div key="led">{ led(room, dossier) }</div>
            <div key="why">{ dossier.sent.map_or_else(|| html! {}, |event| chain::chain(room, event)) }</div>
        </>
    }
}

/// Whether a node has seen this message: it sent it, or took it.
fn known(dossier: &Dossier, node: NodeId) -> bool {
    let passage = dossier.passage;
    passage.from == node || passage.to == node && dossier.came.is_some() && dossier.lost.is_none()
}

/// What became of it, in a sentence.
fn fate(room: &Room, dossier: &Dossier) -> String {
    let view = &room.view;
    let passage = dossier.passage;
    let sent = format!("Sent at {}", passage.sent);
    let to = view.name(passage.to).to_ascii_lowercase();
    // Its sender does not know what became of it.
    if view.ui.through.is_some_and(|node| node == passage.from) {
        return format!("{sent} to {to}.");
    }
    if let Some(reason) = dossier.lost {
        return format!("{sent} to {to}, and lost. {}", drop_reason(reason));
    }
    let came = dossier.came.and_then(|id| {
        let at = |event: &quorumscope_core::trace::Event| event.at;
        view.lens.chronicle(|chronicle| chronicle.event(id).map(at))
    });
    if let Some(at) = came {
        return format!(
            "{sent}, came to {to} at {at}, after {}.",
            at.since(passage.sent)
        );
    }
    let flights = view.present.flights.iter();
    let flight = flights
        .map(|flight| (flight.passage, flight.lands))
        .find(|(other, _)| (other.message, other.to) == (passage.message, passage.to));
    match flight {
        Some((_, Time::NEVER)) => format!("{sent}; something holds it back."),
        Some((_, lands)) => format!("{sent}; it will come to {to} at {lands}."),
        None => format!("{sent}."),
    }
}

/// A step to an instant of the message.
fn moment(room: &Room, title: &'static str, event: Option<EventId>) -> Html {
    let then = Action::Travel(Travel::GoTo(event.unwrap_or_default()));
    html! { <button key={title} type="button" class="button" hidden={event.is_none()} onclick={room.on(then)}>{ title }</button> }
}

/// The rules that it fed.
fn led(room: &Room, dossier: &Dossier) -> Html {
    match dossier.came {
        Some(_) if dossier.lost.is_some() => html! {},
        Some(_) if dossier.fed.is_empty() => html! {
            <p class="lead">{ "It was taken in, and no rule was complete with it: a vote more, or nothing new." }</p>
        },
        Some(_) => chain::events(room, &dossier.fed),
        None => html! {},
    }
}
