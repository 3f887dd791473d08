//! The one obvious next thing: what to watch for in this run, and where to go from here.

use super::super::Room;
use crate::actions::{Action, Panel};
use crate::lessons;
use quorumscope_core::presets;
use std::rc::Rc;
use yew::prelude::*;

/// What to watch for, or what the run has shown, and a button.
pub(super) fn next(room: &Room) -> Html {
    let view = &room.view;
    let lesson = lessons::next(&view.scenario, &view.present);
    let other = view.preset.and_then(|preset| preset.counterpart);
    let (says, button, then) = match (view.preset, other.and_then(presets::find)) {
        (Some(preset), Some(other)) => (
            preset.watch.to_string(),
            "The other side",
            Some(other.scenario()),
        ),
        (Some(preset), None) if lesson.then.is_none() => {
            (preset.watch.to_string(), "Open the gallery", None)
        }
        (Some(preset), None) => (
            format!("{} {}", preset.watch, lesson.says),
            lesson.button,
            lesson.then,
        ),
        (None, _) => (lesson.says, lesson.button, lesson.then),
    };
    let act = match then {
        Some(scenario) => Action::Propose(Rc::new(scenario)),
        None => Action::Open(Panel::Presets),
    };
    html! {
        <>
            <p><b hidden={view.preset.is_none()}>{ "Watch for: " }</b>{ says }</p>
            <button type="button" class="button strong" onclick={room.on(act)}>{ button }</button>
        </>
    }
}
