//! What happened and why, newest last; filter, search, click to go there.

use super::Room;
use crate::actions::{Action, Level, Target};
use crate::icons::{icon, kind_sign};
use crate::narration::{Line, Tone};
use crate::view::View;
use quorumscope_core::protocol::Kind;
use quorumscope_core::trace::EventId;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement};
use yew::prelude::*;

/// So many lines are shown at once.
const LINES: usize = 100;
/// So many events are looked through for them.
const DEPTH: usize = 60_000;

/// The log.
#[component]
pub fn Log(room: &Room) -> Html {
    let search = use_state(String::new);
    let list = use_node_ref();
    let lines = lines(&room.view, &search.to_ascii_lowercase());
    let newest = lines.last().map(|line| line.id);
    {
        // Follow the newest line, as chats do, inside the panel only.
        let list = list.clone();
        use_effect_with(newest, move |_| {
            if let Some(list) = list.cast::<HtmlElement>() {
                list.set_scroll_top(list.scroll_height());
            }
        });
    }
    let oninput = {
        let search = search.clone();
        Callback::from(move |event: InputEvent| {
            search.set(event.target_unchecked_into::<HtmlInputElement>().value());
        })
    };
    let level = room.view.ui.level;
    let choose = |which: Level, title: &'static str, says: &'static str| {
        html! {
            <button type="button" class="button" aria-pressed={(level == which).to_string()} title={says} onclick={room.on(Action::SetLevel(which))}>{ title }</button>
        }
    };
    let onclick = {
        let act = room.act.clone();
        Callback::from(move |event: MouseEvent| {
            if let Some(id) = clicked(&event) {
                act.emit(Action::GoTo(id));
                act.emit(Action::Select(Some(Target::Event(id))));
            }
        })
    };
    html! {
        <div class="logroom">
            <div class="tools" role="group" aria-label="How much the story tells">
                { choose(Level::First, "Story", "What happened") }
                { choose(Level::Course, "Course", "With the messages and the rules") }
                { choose(Level::Paper, "Paper", "Everything, with sections of the paper") }
                <input type="search" aria-label="Search the log" placeholder="Search" value={(*search).clone()} {oninput} />
            </div>
            <p class="lead" hidden={!lines.is_empty()}>{ "Nothing to tell yet." }</p>
            <ol class="log" ref={list} tabindex="0" aria-label="What happened, newest last" {onclick}>
                { for lines.iter().map(|line| entry(&room.view, line, newest)) }
            </ol>
        </div>
    }
}

/// The last lines before the present that fit the search.
fn lines(view: &Rc<View>, search: &str) -> Vec<Line> {
    let cast = view.cast();
    let fits = |line: &Line| search.is_empty() || line.text.to_ascii_lowercase().contains(search);
    let mut found: Vec<Line> = view.lens.chronicle(|chronicle| {
        let so_far = (view.present.events as usize).min(chronicle.events.len());
        chronicle.events[..so_far]
            .iter()
            .rev()
            .take(DEPTH)
            .filter(|event| view.shows(event))
            .filter_map(|event| cast.tell(event, view.ui.level))
            .filter(fits)
            .take(LINES)
            .collect()
    });
    found.reverse();
    found
}

/// A line; the list hears its clicks, so that a line that stays costs little.
fn entry(view: &View, line: &Line, newest: Option<EventId>) -> Html {
    let class = classes!(
        "entry",
        (line.tone == Tone::Broken).then_some("bad"),
        (newest == Some(line.id)).then_some("fresh"),
        (view.ui.selected == Some(Target::Event(line.id))).then_some("selected"),
        lit(view, line).then_some("lit"),
    );
    html! {
        <li key={line.id.to_string()}>
            <button type="button" {class} data-event={line.id.to_string()}>
                <span class="when">{ format!("{:.1}", line.at.ms()) }</span>
                { sign(view.present.kinds, line.tone) }
                <span>{ &line.text }<span class="why" hidden={line.why.is_none()}>{ line.why.clone().unwrap_or_default() }</span></span>
            </button>
        </li>
    }
}

/// Whether a line is about what is selected: its message, its cell.
fn lit(view: &View, line: &Line) -> bool {
    let focus = &view.focus;
    if [focus.event, focus.came]
        .into_iter()
        .flatten()
        .any(|(id, _)| id == line.id)
    {
        return true;
    }
    view.dossier
        .as_ref()
        .is_some_and(|dossier| dossier.sent == Some(line.id))
        || focus.passage.is_none() && focus.node == Some(line.node)
}

/// The event of the entry that was clicked.
fn clicked(event: &MouseEvent) -> Option<EventId> {
    let place = event.target()?.dyn_into::<Element>().ok()?;
    let entry = place.closest("[data-event]").ok()??;
    entry.get_attribute("data-event")?.parse().ok()
}

fn sign(kinds: &[Kind], tone: Tone) -> Html {
    match tone {
        Tone::Kind(kind) => {
            let letter = kinds.get(usize::from(kind)).map_or(' ', |k| k.letter);
            kind_sign(kind, letter)
        }
        Tone::Step => icon("step"),
        Tone::Good => icon("done"),
        Tone::Lost => icon("lost"),
        Tone::Timer => icon("clock"),
        Tone::Order => icon("order"),
        Tone::Broken => icon("broken"),
    }
}
