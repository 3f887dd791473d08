//! One message: what it says, where it comes from, which rule it fed.

use super::super::Room;
use super::{chain, json, target_button};
use crate::page::actions::{Action, Look, Travel};
use crate::run::message_details::MessageDetails;
use crate::ui::Target;
use crate::words::narration::drop_reason;
use quorumscope_core::protocol::NodeId;
use quorumscope_core::time::Time;
use quorumscope_core::trace::EventId;
use yew::prelude::*;

/// The message that is selected; nothing if nobody knows of it.
pub(super) fn message(room: &Room, details: &MessageDetails) -> Html {
    let view = &room.view;
    let transit = details.transit;
    if let Some(node) = view.ui.through.filter(|node| !known(details, *node)) {
        let name = view.name(node).to_ascii_lowercase();
        return html! { <p class="lead">{ format!("The message {} has not come to {name}.", view.letter(&transit)) }</p> };
    }
    let contents = details.contents.as_ref();
    let unread = "Its contents are not known: it never left its sender.";
    let says = contents.map_or_else(|| html! { <p class="lead">{ unread }</p> }, json::readable);
    let raw = contents.and_then(|contents| serde_json::to_string_pretty(contents).ok());
    let under_way = details.came.is_none() && transit.sent <= view.present.now;
    html! {
        <>
            <h2 key="title">{ view.letter(&transit) }</h2>
            <p key="when" class="lead">{ fate(room, details) }</p>
            <div key="menu" class="menu">
                <button type="button" class="button strong" disabled={!under_way} onclick={room.on(Look::MenuHere)}>{ "Drop, delay or double it" }</button>
                { target_button(room, Target::Node(transit.from)) }
                { target_button(room, Target::Node(transit.to)) }
                { target_button(room, Target::Link(transit.from, transit.to)) }
                { moment(room, "When it left", details.sent) }
                { moment(room, "When it came", details.came) }
            </div>
            <h3 key="contents">{ "What it says" }</h3>
            <div key="says">{ says }</div>
            <div key="raw">{ raw.map(json::raw).unwrap_or_default() }</div>
            <h3 key="fed" hidden={details.came.is_none() || details.lost.is_some()}>{ "What it led to" }</h3>
            <div key="led">{ led(room, details) }</div>
            <div key="why">{ details.sent.map_or_else(|| html! {}, |event| chain::chain(room, event)) }</div>
        </>
    }
}

/// Whether a node has seen this message: it sent it, or took it.
fn known(details: &MessageDetails, node: NodeId) -> bool {
    let transit = details.transit;
    transit.from == node || transit.to == node && details.came.is_some() && details.lost.is_none()
}

/// What became of it, in a sentence.
fn fate(room: &Room, details: &MessageDetails) -> String {
    let view = &room.view;
    let transit = details.transit;
    let sent = format!("Sent at {}", transit.sent);
    let to = view.name(transit.to).to_ascii_lowercase();
    // Its sender does not know what became of it.
    if view.ui.through.is_some_and(|node| node == transit.from) {
        return format!("{sent} to {to}.");
    }
    if let Some(reason) = details.lost {
        return format!("{sent} to {to}, and lost. {}", drop_reason(reason));
    }
    let came = details.came.and_then(|id| {
        let at = |event: &quorumscope_core::trace::Event| event.at;
        view.reader
            .chronicle(|chronicle| chronicle.event(id).map(at))
    });
    if let Some(at) = came {
        return format!(
            "{sent}, came to {to} at {at}, after {}.",
            at.since(transit.sent)
        );
    }
    let flights = view.present.flights.iter();
    let flight = flights
        .map(|flight| (flight.transit, flight.lands))
        .find(|(other, _)| (other.message, other.to) == (transit.message, transit.to));
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
fn led(room: &Room, details: &MessageDetails) -> Html {
    match details.came {
        Some(_) if details.lost.is_some() => html! {},
        Some(_) if details.fed.is_empty() => html! {
            <p class="lead">{ "It was taken in, and no rule was complete with it: a vote more, or nothing new." }</p>
        },
        Some(_) => chain::events(room, &details.fed),
        None => html! {},
    }
}
