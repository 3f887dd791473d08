//! The gallery: named runs, each with a line on what to watch for.

use super::Room;
use crate::page::actions::{Action, Change};
use quorumscope_core::presets::Preset;
use quorumscope_core::systems;
use std::rc::Rc;
use yew::prelude::*;

/// The gallery: the prepared runs of the system that runs.
pub fn gallery(room: &Room) -> Html {
    let presets = systems::presets_of(room.view.scenario.spec.name);
    if presets.is_empty() {
        return html! { <p>{ format!("The gallery has no runs of {} yet.", room.view.scenario.spec.title) }</p> };
    }
    let chapters = presets.chunk_by(|one, next| one.chapter == next.chapter);
    html! { <>{ for chapters.enumerate().map(|(index, cards)| chapter(room, index, cards)) }</> }
}

fn chapter(room: &Room, index: usize, presets: &[&'static Preset]) -> Html {
    html! {
        <section key={index.to_string()}>
            <h2>{ presets[0].chapter.title() }</h2>
            <div class="cards">{ for presets.iter().map(|preset| card(room, preset)) }</div>
        </section>
    }
}

fn card(room: &Room, preset: &'static Preset) -> Html {
    let current = room.view.preset.is_some_and(|now| now.name == preset.name);
    let act = room.act.clone();
    let onclick = Callback::from(move |_: MouseEvent| {
        act.emit(Action::Change(Change::Propose(Rc::new(preset.scenario()))));
    });
    html! {
        <button key={preset.name} type="button" class={classes!("card", current.then_some("current"))} aria-pressed={current.to_string()} {onclick}>
            <b>{ preset.title }</b>
            <span>{ preset.watch }</span>
        </button>
    }
}
