//! The stage: the canvas, and a button over each node.

mod scar;

use super::Room;
use crate::browser::icons::icon;
use crate::page::actions::{Action, Change, Look};
use crate::page::view::View;
use crate::run::present::{Actor, DENSE, Present};
use crate::scene::layout::shape;
use crate::scene::ring::MOST_DOTS;
use crate::ui::{Panel, Target};
use quorumscope_core::cast::Place;
use quorumscope_core::conditions::{Ill, Impairment};
use yew::prelude::*;

/// More nodes than this are reached through the list in the inspector.
const MOST_BUTTONS: usize = 128;

/// The stage.
pub fn ring(room: &Room, canvas: &NodeRef, menu: Html) -> Html {
    let view = &room.view;
    let (cutting, watched) = (view.ui.cutting, view.ui.embed || view.ui.locked);
    html! {
        <section class={classes!("stage", cutting.then_some("cutting"), view.ui.menu.map(|_| "asks"))} aria-label="Stage">
            <canvas ref={canvas.clone()} data-picture="ring" role="img" aria-label={describe(view)}></canvas>
            { buttons(room) }
            <p class="corner tl">{ corner(view) }</p>
            <div class="corner tools">
                { ways(room) }
                <button type="button" class="button bare" aria-pressed={cutting.to_string()} hidden={watched}
                    title={cut_says(view)} onclick={room.on(Look::Cut(!cutting))}>
                    { icon("cut") }{ "Cut" }
                </button>
            </div>
            { glass(room) }
            { scar::scar(room) }
            { menu }
        </section>
    }
}

fn cut_says(view: &View) -> String {
    let cast = &view.present.cast;
    format!(
        "Part the {} by a line drawn across the {}; the form at the side does the same by keyboard",
        cast.serving().1,
        shape(cast)
    )
}

/// Through whose eyes the run is seen, and the way back.
fn glass(room: &Room) -> Html {
    let through = room.view.ui.through;
    let says = through.map(|node| {
        let name = room.view.name(node).to_ascii_lowercase();
        format!("Only what {name} has seen")
    });
    html! {
        <p class="glass" hidden={through.is_none()}>
            <span>{ says.unwrap_or_default() }</span>
            <button type="button" class="button strong" onclick={room.on(Look::Through(None))}>{ "Reveal" }</button>
        </p>
    }
}

/// The run with the last change and without it, to flip between at the same instant.
fn ways(room: &Room) -> Html {
    let view = &room.view;
    let after = !view.can_redo;
    let way = |title: &'static str, pressed: bool, turn: Action| {
        let onclick = if pressed {
            Callback::noop()
        } else {
            room.on(turn)
        };
        html! { <button key={title} type="button" class="button" aria-pressed={pressed.to_string()} aria-disabled={pressed.to_string()} {onclick}>{ title }</button> }
    };
    html! {
        <div class="ways" role="group" aria-label="The run before and after the last change; hollow glyphs are the other" hidden={view.ghost.is_none() || view.ui.embed || view.ui.locked}>
            { way("Before", !after, Action::Change(Change::Undo)) }
            { way("After", after, Action::Change(Change::Redo)) }
        </div>
    }
}

fn corner(view: &View) -> String {
    let sizes = sizes(view);
    if view.ui.through.is_some() {
        return sizes;
    }
    let count = view.present.flights.len();
    let dense = match count {
        0..=DENSE => String::new(),
        _ if count <= MOST_DOTS => " · one dot for each".into(),
        _ => format!(" · one dot for every {}", count.div_ceil(MOST_DOTS)),
    };
    let rounds = rounds(view).map_or_else(String::new, |rounds| format!(" · {rounds}"));
    let all = everywhere(view);
    let traitors = match view.present.traitors() {
        0 => String::new(),
        now => format!(" · traitors now {now}"),
    };
    format!("{sizes}{traitors}{rounds} · {count} under way{dense}{all}")
}

/// What decides: votes, or how many there are of each part.
fn sizes(view: &View) -> String {
    if let Some(votes) = view.scenario.quorums() {
        return format!(
            "n = {} · tolerates f = {} · quorum {}",
            votes.n, votes.f, votes.quorum
        );
    }
    let parts = view.present.cast.parts().filter(|(role, _)| role.serves);
    let parts: Vec<String> = parts
        .map(|(role, nodes)| role.counted(nodes.len() as u16))
        .collect();
    parts.join(" · ")
}

/// The round that all who serve are in, or from which to which they are.
fn rounds(view: &View) -> Option<String> {
    let round = view.present.spec.words.round?;
    let servers = &view.present.actors[..view.present.servers()];
    let rounds = || servers.iter().map(|actor| actor.sketch.round);
    let (least, most) = (rounds().min().unwrap_or(0), rounds().max().unwrap_or(0));
    Some(match least == most {
        true => format!("{round} {most}"),
        false => format!("{round}s {least} to {most}"),
    })
}

/// What lies over all links at once, in words.
fn everywhere(view: &View) -> String {
    let mut says = String::new();
    let all = |rule: &&Impairment| rule.from.is_none() && rule.to.is_none();
    for rule in view.present.impairments.iter().filter(all) {
        says.push_str(match rule.ill {
            Ill::Cut => " · all links cut",
            Ill::Lossy => " · all links lossy",
            Ill::Garbled => " · all links damaging",
            Ill::Slow => " · all links slow",
            Ill::Doubled => " · all links doubling",
        });
    }
    says
}

fn buttons(room: &Room) -> Html {
    let view = &room.view;
    let present = &view.present;
    if present.actors.len() > MOST_BUTTONS {
        return html! { <div hidden=true></div> };
    }
    let (places, scale) = (view.places(), view.ui.scale);
    let button = |actor: &Actor| {
        let place = places.nodes[actor.id.index()];
        let size = ((place.radius * 2.0 + 4.0) * scale).max(24.0);
        let style = format!(
            "left:{:.1}px;top:{:.1}px;width:{size:.1}px;height:{size:.1}px",
            place.at.x * scale,
            place.at.y * scale
        );
        let target = Target::Node(actor.id);
        let act = room.act.clone();
        // A pointer is heard by the stage, which knows a tap from a pull; keys are heard here.
        let onclick = Callback::from(move |event: MouseEvent| {
            if event.detail() == 0 {
                act.emit(Action::Look(Look::Select(Some(target))));
                act.emit(Action::Look(Look::Open(Panel::Inspect)));
            }
        });
        html! {
            <button key={actor.id.0.to_string()} type="button" class={classes!("actor", actor.client.then_some("client"))} {style}
                aria-label={node_says(view, actor)} aria-pressed={(view.ui.selected == Some(target)).to_string()} {onclick}></button>
        }
    };
    html! { <div class="actors" role="group" aria-label="Nodes">{ for present.actors.iter().map(button) }</div> }
}

/// A node in words, for those who do not see the stage.
fn node_says(view: &View, actor: &Actor) -> String {
    let (sketch, condition) = (actor.sketch, actor.condition);
    let mut text = view.name(actor.id);
    if actor.client {
        text.push_str(&format!(
            ": {} of {} requests answered",
            sketch.done, actor.asked
        ));
        return text;
    }
    if view.ui.through.is_some_and(|node| node != actor.id) {
        text.push_str(", as far as the others know");
        return text;
    }
    let words = view.present.spec.words;
    if let Some(leader) = words.leads.filter(|_| sketch.leads) {
        text.push_str(&format!(", {leader}"));
    }
    let doubts = present_doubts(view, actor);
    let suspected = format!(", taken for faulty by {doubts}");
    for (on, state) in [
        (!condition.up, ", crashed"),
        (!condition.honest && view.ui.through.is_none(), ", traitor"),
        (
            condition.faces > 1 && view.ui.through.is_none(),
            ", two-faced",
        ),
        (condition.slow > 0, ", slowed"),
        (doubts > 0, suspected.as_str()),
        (condition.silent, ", silent"),
        (condition.stale, ", restarted with old state"),
        (sketch.behind, ", behind"),
    ] {
        if on {
            text.push_str(state);
        }
    }
    if let Some(round) = words.round {
        text.push_str(&format!(", {round} {}", sketch.round));
    }
    text.push_str(&format!(
        ", {}, {} {}",
        sketch.phase, sketch.done, words.done
    ));
    if let Some((held, needed)) = sketch.votes.filter(|_| sketch.slot > 0) {
        text.push_str(&format!(", {held} of {needed} votes"));
    }
    text
}

/// How many others take a node for faulty.
fn present_doubts(view: &View, actor: &Actor) -> usize {
    let others = view
        .present
        .actors
        .iter()
        .filter(|other| other.condition.up);
    others
        .filter(|other| other.sketch.suspects == Some(actor.id))
        .count()
}

/// The whole stage in a sentence.
fn describe(view: &View) -> String {
    let present = &view.present;
    if let Some(node) = view.ui.through {
        let name = view.name(node).to_ascii_lowercase();
        return format!("{}, as {name} knows them.", standing(present));
    }
    let down = present
        .actors
        .iter()
        .filter(|actor| !actor.condition.up)
        .count();
    let mut kinds: Vec<String> = Vec::new();
    for (index, kind) in present.kinds.iter().enumerate() {
        let count = present
            .flights
            .iter()
            .filter(|flight| usize::from(flight.transit.kind) == index)
            .count();
        if count > 0 {
            kinds.push(format!("{count} {}", kind.name));
        }
    }
    let traffic = if kinds.is_empty() {
        "no messages under way".into()
    } else {
        format!("under way: {}", kinds.join(", "))
    };
    let asking = present.cast.parts().filter(|(role, _)| !role.serves);
    let asking = asking.map(|(role, nodes)| format!(", and {}", role.counted(nodes.len() as u16)));
    let asking: String = asking.collect();
    format!(
        "{}, {down} of them down{asking}; {traffic}.",
        standing(present)
    )
}

/// Who stands where: `4 replicas in a ring`.
fn standing(present: &Present) -> String {
    let parts = present.cast.parts().filter(|(role, _)| role.serves);
    let parts = parts.map(|(role, nodes)| {
        let place = match role.place {
            Place::Ring => " in a ring",
            Place::Centre => " in the middle",
            Place::Tier(_) => " in a row",
            Place::Beside => "",
        };
        format!("{}{place}", role.counted(nodes.len() as u16))
    });
    parts.collect::<Vec<_>>().join(", ")
}
