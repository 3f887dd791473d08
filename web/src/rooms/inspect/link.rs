//! One link: what lies over it in each direction, and what went over it last.

use super::super::Room;
use super::target_button;
use crate::page::actions::Look;
use crate::run::knowledge::knows;
use crate::ui::Target;
use quorumscope_core::conditions::Ill;
use quorumscope_core::protocol::NodeId;
use quorumscope_core::trace::{Transit, What};
use yew::prelude::*;

/// How many of the last messages over it are shown.
const LAST: usize = 12;
/// How many events back they are looked for.
const DEPTH: usize = 40_000;

pub(super) fn link(room: &Room, from: NodeId, to: NodeId) -> Html {
    let view = &room.view;
    let watched = view.ui.embed || view.ui.locked;
    let last = last(room, from, to);
    html! {
        <>
            <h2 key="title">{ view.called(Target::Link(from, to)) }</h2>
            <div key="menu" class="menu">
                <button type="button" class="button strong" hidden={watched} onclick={room.on(Look::MenuHere)}>{ "Do something to it" }</button>
                { target_button(room, Target::Node(from)) }
                { target_button(room, Target::Node(to)) }
            </div>
            <dl key="facts" class="facts">{ way(room, from, to) }{ way(room, to, from) }</dl>
            <h3 key="last">{ "What went over it last" }</h3>
            <div key="messages" class="menu">{ for last.iter().map(|transit| target_button(room, Target::Message(transit.message, transit.to))) }</div>
            <p key="none" class="lead" hidden={!last.is_empty()}>{ "Nothing yet." }</p>
        </>
    }
}

/// One direction.
fn way(room: &Room, from: NodeId, to: NodeId) -> Html {
    let view = &room.view;
    let present = &view.present;
    let mut says: Vec<&str> = Vec::new();
    let hidden = view.ui.through.is_some();
    if !hidden && view.reader.severed(from, to) {
        says.push("cut");
    }
    for rule in present.impairments.iter().filter(|_| !hidden) {
        if rule.joins(from, to) {
            says.push(match rule.ill {
                Ill::Cut => continue,
                Ill::Lossy => "loses messages",
                Ill::Garbled => "damages messages",
                Ill::Slow => "slow",
                Ill::Doubled => "doubles messages",
            });
        }
    }
    let ends = (from, to);
    let flights = present.flights.iter();
    let count = flights
        .filter(|f| (f.transit.from, f.transit.to) == ends)
        .count();
    let under_way = if hidden {
        String::new()
    } else {
        format!("; {count} under way")
    };
    let state = match says.as_slice() {
        [] if hidden => "nobody can see".into(),
        [] => "whole".into(),
        says => says.join(", "),
    };
    html! {
        <><dt>{ format!("{} → {}", view.short(from), view.short(to)) }</dt><dd>{ format!("{state}{under_way}") }</dd></>
    }
}

/// The last messages that came, or were lost, over it.
fn last(room: &Room, a: NodeId, b: NodeId) -> Vec<Transit> {
    let view = &room.view;
    view.reader.chronicle(|chronicle| {
        let so_far = (view.present.events as usize).min(chronicle.events.len());
        let past = chronicle.events[..so_far].iter().rev().take(DEPTH);
        past.filter(|event| view.ui.through.is_none_or(|node| knows(event, node)))
            .filter_map(|event| match event.what {
                What::Delivered(transit) | What::Dropped(transit, _) => Some(transit),
                _ => None,
            })
            .filter(|p| (p.from, p.to) == (a, b) || (p.from, p.to) == (b, a))
            .take(LAST)
            .collect()
    })
}
