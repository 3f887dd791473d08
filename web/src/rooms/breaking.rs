//! Breaking it by hand: every fault with the form that it describes itself.

mod choices;

mod form;

mod script;

use super::Room;
use crate::page::actions::{Action, Look};
use quorumscope_core::fault::Fault;
use quorumscope_core::faults;
use yew::prelude::*;

/// The panel: faults to take up, the form of the one that is, and what was ordered so far.
pub fn breaking(room: &Room) -> Html {
    let view = &room.view;
    let taken = view.ui.fault.and_then(faults::find);
    // Nobody is told what to send while nobody asks.
    let asked = !view.present.awaited.is_empty();
    let offered = faults::ALL
        .iter()
        .filter(|fault| asked || !choices::dictates(fault) || view.ui.fault == Some(fault.name));
    let button = |fault: &&'static Fault| {
        let open = view.ui.fault == Some(fault.name);
        let then = Action::Look(Look::Choose((!open).then_some(fault.name)));
        html! {
            <button key={fault.name} type="button" class="button" data-fault={fault.name} aria-pressed={open.to_string()} title={fault.says} onclick={room.on(then)}>{ fault.title }</button>
        }
    };
    let carried = view
        .ui
        .carried
        .and_then(|(name, at)| Some((faults::find(name)?, at)));
    let form = taken.map_or_else(
        || html! { <p class="lead">{ "Take something up, or drag it onto a node, a link or a message: it happens at the present instant, and what follows is computed anew. Undo brings the old future back." }</p> },
        |fault| html! { <form::FaultForm key={fault.name} view={view.clone()} act={room.act.clone()} fault={fault.name} /> },
    );
    html! {
        <>
            <div key="menu" class="menu" role="group" aria-label="What can be done">{ for offered.map(button) }</div>
            <div key="form">{ form }</div>
            { in_hand(carried) }
            <h2 key="title">{ "Done so far" }</h2>
            <div key="script"><script::Script ..room.clone() /></div>
            <p key="hidden" class="lead" hidden={view.ui.through.is_none()}>{ "Hidden, until you reveal: no node knows it." }</p>
            <p key="none" class="lead" hidden={!view.scenario.script.is_empty() || view.ui.through.is_some()}>{ "Nothing: the run is as the set-up says." }</p>
        </>
    }
}

/// A fault on its way to where it is dropped.
fn in_hand(carried: Option<(&'static Fault, crate::geometry::Point)>) -> Html {
    let (title, style) = carried.map_or_else(Default::default, |(fault, at)| {
        (fault.title, format!("left:{:.0}px;top:{:.0}px", at.x, at.y))
    });
    html! { <p key="hand" class="carried" hidden={carried.is_none()} {style}>{ title }</p> }
}
