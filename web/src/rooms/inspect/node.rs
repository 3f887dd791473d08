//! One node: its state in full, or what is known of it by hearsay.

use super::super::Room;
use super::{json, target_button};
use crate::page::actions::{Action, Look};
use crate::ui::Target;
use quorumscope_core::protocol::{Cell, NodeId, Portrait};
use quorumscope_core::spec::Words;
use yew::prelude::*;

/// A node as it is; as the one knows it that the run is seen through, if that is another.
pub(super) fn node(room: &Room, node: NodeId) -> Html {
    match room.view.ui.through {
        Some(through) if through != node => by_hearsay(room, node, through),
        _ => as_it_is(room, node),
    }
}

fn by_hearsay(room: &Room, node: NodeId, through: NodeId) -> Html {
    let view = &room.view;
    let heard = view.heard.as_ref();
    let heard = heard.and_then(|heard| heard.get(node.index()).copied().flatten());
    let (one, other) = (view.name(through), view.name(node).to_ascii_lowercase());
    let says = heard.map_or_else(
        || format!("{one} has heard nothing of {other}."),
        |heard| {
            let kind = view.present.kinds.get(usize::from(heard.kind));
            let words = view.present.spec.words;
            let slot = words.slot.map(|_| format!(" about {}", view.slot(heard.label.sequence)));
            let round = words.round.map(|round| format!(" in {round} {}", heard.label.view));
            format!(
                "{one} heard of {other} last at {}: a {}{}{}. Whether it is up, slow or lying, {one} cannot know.",
                heard.at,
                kind.map_or("message", |kind| kind.name),
                slot.unwrap_or_default(),
                round.unwrap_or_default(),
            )
        },
    );
    html! {
        <>
            <h2 key="title">{ view.name(node) }</h2>
            <p key="says" class="lead">{ says }</p>
            <div key="menu" class="menu"><button type="button" class="button strong" onclick={room.on(Look::Through(None))}>{ "Reveal" }</button></div>
        </>
    }
}

fn as_it_is(room: &Room, node: NodeId) -> Html {
    let view = &room.view;
    let portrait = view.reader.portrait(node);
    let raw = serde_json::to_string_pretty(&portrait).unwrap_or_default();
    let through = view.ui.through == Some(node);
    let seen = Action::Look(Look::Through((!through).then_some(node)));
    let watched = view.ui.embed || view.ui.locked;
    let slots = view.present.spec.words.slot.is_some();
    html! {
        <>
            <h2 key="title">{ view.name(node) }</h2>
            <div key="menu" class="menu">
                <button type="button" class="button strong" hidden={watched} onclick={room.on(Look::MenuHere)}>{ "Do something to it" }</button>
                <button type="button" class="button" aria-pressed={through.to_string()} onclick={room.on(seen)}>{ "Only what it has seen" }</button>
            </div>
            <dl key="facts" class="facts">{ for facts(room, node, &portrait).into_iter().map(|(name, value)| html! { <><dt>{ name }</dt><dd>{ value }</dd></> }) }</dl>
            <h2 key="log" hidden={!slots}>{ "Its log" }</h2>
            <div key="cells">{ for portrait.log.iter().rev().map(|cell| cell_line(room, node, cell)) }</div>
            <p key="none" class="lead" hidden={!slots || !portrait.log.is_empty()}>{ "Empty." }</p>
            <div key="raw">{ json::raw(raw) }</div>
        </>
    }
}

fn facts(room: &Room, node: NodeId, portrait: &Portrait) -> Vec<(String, String)> {
    let view = &room.view;
    let sketch = portrait.sketch;
    let words = view.present.spec.words;
    let votes = sketch
        .votes
        .map(|(held, needed)| format!("{held} of {needed}"));
    let all = [
        ("role", Some(part(room, node, sketch.leads))),
        ("state", Some(condition(room, node))),
        (
            words.round.unwrap_or_default(),
            words.round.map(|_| sketch.round.to_string()),
        ),
        ("phase", Some(sketch.phase.into())),
        ("votes", votes),
        (done(room, node, words), Some(sketch.done.to_string())),
    ];
    let told = all
        .into_iter()
        .filter_map(|(name, value)| Some((name.into(), value?)));
    let mut facts: Vec<(String, String)> = told.collect();
    if let Some(suspect) = sketch.suspects {
        facts.push(("takes for faulty".into(), view.name(suspect)));
    }
    let own = portrait.facts.iter();
    facts.extend(own.map(|(name, value)| ((*name).into(), value.clone())));
    let waits = match portrait.waiting.as_slice() {
        [] => "nothing".into(),
        waiting => waiting.join(", "),
    };
    facts.push(("waits for".into(), waits));
    facts
}

/// The part that a node plays at present.
fn part(room: &Room, node: NodeId, leads: bool) -> String {
    let (present, role) = (&room.view.present, room.view.present.cast.role(node));
    let words = present.spec.words;
    let word = match leads {
        _ if !role.serves => None,
        true => words.leads,
        false => words.follows,
    };
    word.unwrap_or(role.name).into()
}

/// What the count of a node counts: for one that only asks, its answers.
fn done(room: &Room, node: NodeId, words: Words) -> &'static str {
    match room.view.present.cast.role(node).serves {
        true => words.done,
        false => "answered",
    }
}

/// What the world does to it, in words; through its own eyes it knows nothing of that.
fn condition(room: &Room, node: NodeId) -> String {
    let actor = room.view.present.actors.get(node.index());
    let Some(actor) = actor.filter(|_| room.view.ui.through.is_none()) else {
        return "up".into();
    };
    let condition = actor.condition;
    let slow = format!("slowed by {} ms", condition.slow as f64 / 1000.0);
    let all = [
        (!condition.up, "crashed"),
        (condition.up, "up"),
        (!condition.honest, "traitor"),
        (condition.faces > 1, "with more than one face"),
        (condition.silent, "kept from sending"),
        (condition.stale, "restarted with old state"),
        (actor.sketch.behind, "behind the others"),
        (condition.slow > 0, slow.as_str()),
    ];
    let said = all.iter().filter(|(on, _)| *on).map(|(_, says)| *says);
    said.collect::<Vec<_>>().join(", ")
}

fn cell_line(room: &Room, node: NodeId, cell: &Cell) -> Html {
    let then = Action::Look(Look::Select(Some(Target::Cell(node, cell.slot))));
    let value = cell.value.clone().unwrap_or_else(|| "—".into());
    let stage = room.view.present.spec.stage(cell);
    let stage = stage.map_or("only votes", |stage| stage.name);
    let name = cell.name.clone().unwrap_or_else(|| cell.slot.to_string());
    html! {
        <button key={cell.slot.to_string()} type="button" class="button bare" onclick={room.on(then)}>{ format!("{name}: {value}, {stage}") }</button>
    }
}

/// The most messages under way that are listed.
const MOST_LISTED: usize = 60;

/// Nodes and messages under way: the way in for those who do not click on the stage.
pub(super) fn choose(room: &Room) -> Html {
    let view = &room.view;
    let actors = view.present.actors.iter();
    let seen = |from: NodeId| view.ui.through.is_none_or(|node| node == from);
    let flights = view.present.flights.iter();
    let listed: Vec<Target> = flights
        .filter(|flight| seen(flight.transit.from))
        .take(MOST_LISTED)
        .map(|flight| Target::Message(flight.transit.message, flight.transit.to))
        .collect();
    html! {
        <>
            <p key="lead" class="lead">{ "Click anything on the stage, in the diagram, the ledger or the log; or choose a node:" }</p>
            <div key="menu" class="menu">{ for actors.map(|actor| target_button(room, Target::Node(actor.id))) }</div>
            <p key="flights" class="lead" hidden={listed.is_empty()}>{ "Or a message under way:" }</p>
            <div key="messages" class="menu">{ for listed.iter().map(|target| target_button(room, *target)) }</div>
        </>
    }
}
