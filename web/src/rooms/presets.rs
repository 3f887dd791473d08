//! The gallery: named runs, each with a line on what to watch for.

use super::Room;
use crate::page::actions::{Action, Change};
use quorumscope_core::presets::{self, Preset};
use std::rc::Rc;
use yew::prelude::*;

/// The gallery.
pub fn gallery(room: &Room) -> Html {
    let mut chapters: Vec<_> = presets::ALL.iter().map(|preset| preset.chapter).collect();
    chapters.dedup();
    let chapter = |(index, chapter): (usize, presets::Chapter)| {
        let cards = presets::ALL
            .iter()
            .filter(|preset| preset.chapter == chapter);
        html! {
            <section key={index.to_string()}>
                <h2>{ chapter.title() }</h2>
                <div class="cards">{ for cards.map(|preset| card(room, preset)) }</div>
            </section>
        }
    };
    html! { <>{ for chapters.into_iter().enumerate().map(chapter) }</> }
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
