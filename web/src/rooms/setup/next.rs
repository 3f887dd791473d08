//! The one obvious next thing: what to watch for in this run, and where to go from here.

use super::super::Room;
use crate::page::actions::{Action, Change, Look};
use crate::ui::{Panel, Place};
use crate::words::lessons;
use quorumscope_core::presets;
use quorumscope_core::scenario::Scenario;
use quorumscope_core::systems;
use std::rc::Rc;
use yew::prelude::*;

/// What to watch for, or what the run has shown, and a button.
pub fn next(room: &Room) -> Html {
    let view = &room.view;
    let lesson = view.reader.look(lessons::next);
    let other = view.preset.and_then(|preset| preset.counterpart);
    let (says, button, then) = match (view.preset, other.and_then(presets::find)) {
        (Some(preset), Some(other)) => (
            preset.watch.to_string(),
            "The other side".into(),
            Some(other.scenario()),
        ),
        (Some(preset), None) if lesson.then.is_none() => {
            (preset.watch.to_string(), lesson.button, None)
        }
        (Some(preset), None) => (
            format!("{} {}", preset.watch, lesson.says),
            lesson.button,
            lesson.then,
        ),
        (None, _) => (lesson.says, lesson.button, lesson.then),
    };
    let leads_nowhere = then.is_none() && systems::presets_of(view.scenario.spec.name).is_empty();
    let onclick = match then {
        Some(scenario) => propose(room, scenario),
        None => gallery(room),
    };
    html! {
        <>
            <p><b hidden={view.preset.is_none()}>{ "Watch for: " }</b>{ says }</p>
            <button type="button" class="button strong" hidden={leads_nowhere} {onclick}>{ button }</button>
        </>
    }
}

/// Proposes a scenario, and shows the stage on which it plays.
fn propose(room: &Room, scenario: Scenario) -> Callback<MouseEvent> {
    let (act, scenario) = (room.act.clone(), Rc::new(scenario));
    Callback::from(move |_| {
        act.emit(Action::Change(Change::Propose(Rc::clone(&scenario))));
        act.emit(Action::Look(Look::Bring(Place::Stage)));
    })
}

/// Opens the gallery, and shows it.
fn gallery(room: &Room) -> Callback<MouseEvent> {
    let act = room.act.clone();
    Callback::from(move |_| {
        act.emit(Action::Look(Look::Open(Panel::Presets)));
        act.emit(Action::Look(Look::Bring(Place::Panel)));
    })
}
