//! What happened and why, newest last; what is known to come, dimmed. Filter, search, click to go there.

mod entry;

use super::Room;
use crate::page::actions::{Action, Look, Travel};
use crate::page::view::View;
use crate::ui::{Level, Target};
use crate::words::narration::Line;
use crate::words::narration::filter::{Search, Sort, concerns};
use crate::words::narration::story::Story;
use entry::entry;
use quorumscope_core::protocol::NodeId;
use quorumscope_core::trace::{Event, EventId};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

/// How many lines are shown at first, and how many more each time that earlier ones are asked for.
const LINES: usize = 60;
/// The most lines of what is known to come.
const AHEAD: usize = 30;
/// The most lines that are searched for the words.
const SEARCHED: usize = 3_000;
/// More nodes than this are found by their names in the search, not in a list.
const MOST_LISTED: usize = 40;

/// What of the story is shown.
#[derive(Clone, Default, PartialEq)]
struct Sieve {
    words: String,
    sort: Option<Sort>,
    node: Option<NodeId>,
    /// How often earlier lines were asked for.
    earlier: usize,
}

/// The lines before the present and after it, and whether there may be earlier ones.
struct Told {
    past: Vec<Line>,
    ahead: Vec<Line>,
    more: bool,
}

/// The log.
#[component]
pub fn Log(room: &Room) -> Html {
    let sieve = use_state(Sieve::default);
    let (list, now) = (use_node_ref(), use_node_ref());
    let view = &room.view;
    let told = told(view, &sieve);
    let newest = told.past.last().map(|line| line.id);
    {
        // Keep the present in sight, as chats do, inside the panel only.
        let (list, now) = (list.clone(), now.clone());
        use_effect_with(newest, move |_| {
            if let (Some(list), Some(now)) = (list.cast(), now.cast()) {
                keep_in_sight(&list, &now);
            }
        });
    }
    let onclick = {
        let act = room.act.clone();
        Callback::from(move |event: MouseEvent| {
            if let Some(id) = clicked(&event) {
                act.emit(Action::Travel(Travel::GoTo(id)));
                act.emit(Action::Look(Look::Select(Some(Target::Event(id)))));
            }
        })
    };
    let earlier = change(&sieve, |sieve, _: MouseEvent| sieve.earlier += 1);
    let narrowed = *sieve != Sieve::default();
    let none = if narrowed {
        "Nothing fits."
    } else {
        "Nothing to tell yet."
    };
    html! {
        <div class="logroom">
            { levels(room) }
            { filters(view, &sieve) }
            <p class="lead" role="status" hidden={!told.past.is_empty() || !told.ahead.is_empty()}>{ none }</p>
            <ol class="log" ref={list} tabindex="0" aria-label="What happened, newest last" {onclick}>
                <li key="earlier" hidden={!told.more}><button type="button" class="button earlier" onclick={earlier}>{ "Earlier" }</button></li>
                { for told.past.iter().map(|line| entry(view, line, newest, false)) }
                <li key="now" class="now" ref={now} data-ahead={(!told.ahead.is_empty()).to_string()}>
                    <span hidden={told.ahead.is_empty()}>{ format!("Now, {:.1} ms. What follows is known, and still to come.", view.present.now.ms()) }</span>
                </li>
                { for told.ahead.iter().map(|line| entry(view, line, newest, true)) }
            </ol>
        </div>
    }
}

/// How much the story tells.
fn levels(room: &Room) -> Html {
    let level = room.view.ui.level;
    let choose = |which: Level, title: &'static str, says: &'static str| {
        html! {
            <button type="button" class="button" aria-pressed={(level == which).to_string()} title={says} onclick={room.on(Look::SetLevel(which))}>{ title }</button>
        }
    };
    html! {
        <div class="tools" role="group" aria-label="How much the story tells">
            { choose(Level::First, "Story", "What happened") }
            { choose(Level::Course, "Course", "With the messages and the rules") }
            { choose(Level::Paper, "Paper", "Everything, with sections of the paper") }
        </div>
    }
}

/// Which of it is shown.
fn filters(view: &View, sieve: &UseStateHandle<Sieve>) -> Html {
    let oninput = change(sieve, |sieve, event: InputEvent| {
        sieve.words = event.target_unchecked_into::<HtmlInputElement>().value();
    });
    let sorts = change(sieve, |sieve, event: Event_| {
        let place = chosen(&event);
        sieve.sort = place.map(|place| Sort::ALL[place.min(6)].1);
    });
    let nodes = change(sieve, |sieve, event: Event_| {
        sieve.node = chosen(&event).map(|place| NodeId(place as u16));
    });
    let sort = |(name, sort): &(&'static str, Sort)| {
        html! { <option key={*name} selected={sieve.sort == Some(*sort)}>{ *name }</option> }
    };
    let listed = view.present.actors.len() <= MOST_LISTED;
    let node = |actor: &crate::run::present::Actor| {
        html! { <option key={actor.id.0.to_string()} selected={sieve.node == Some(actor.id)}>{ view.name(actor.id) }</option> }
    };
    let all = if listed {
        view.present.actors.as_slice()
    } else {
        &[]
    };
    html! {
        <div class="tools" role="group" aria-label="What of it is shown">
            <select aria-label="What it is about" onchange={sorts}>
                <option key="all" selected={sieve.sort.is_none()}>{ "All" }</option>
                { for Sort::ALL.iter().map(sort) }
            </select>
            <select aria-label="Which node" onchange={nodes} hidden={!listed}>
                <option key="all" selected={sieve.node.is_none()}>{ "All nodes" }</option>
                { for all.iter().map(node) }
            </select>
            <input type="search" aria-label="Search the log" placeholder="Search: R2 commit" value={sieve.words.clone()} {oninput} />
        </div>
    }
}

/// An event of the browser, not of the run.
type Event_ = web_sys::Event;

/// Which option but the first was chosen.
fn chosen(event: &Event_) -> Option<usize> {
    let select: HtmlSelectElement = event.target()?.dyn_into().ok()?;
    usize::try_from(select.selected_index() - 1).ok()
}

/// A callback that changes what is shown.
fn change<E: 'static>(
    sieve: &UseStateHandle<Sieve>,
    how: impl Fn(&mut Sieve, E) + 'static,
) -> Callback<E> {
    let sieve = sieve.clone();
    Callback::from(move |event| {
        let mut changed = (*sieve).clone();
        how(&mut changed, event);
        sieve.set(changed);
    })
}

/// The lines that fit, before the present and, while time stands, after it.
fn told(view: &View, sieve: &Sieve) -> Told {
    let search = Search::new(&sieve.words, view.scenario.cast);
    let wanted = |event: &Event| {
        view.shows(event)
            && sieve.sort.is_none_or(|sort| Sort::of(&event.what) == sort)
            && sieve.node.is_none_or(|node| concerns(event, node))
    };
    let most = LINES * (1 + sieve.earlier);
    let looked = if search.is_empty() {
        most
    } else {
        SEARCHED.max(most)
    };
    view.reader.chronicle(|chronicle| {
        let happened = (view.present.events as usize).min(chronicle.events.len());
        let narrator = view.narrator().among(chronicle);
        let story = Story::new(narrator, view.ui.level, &wanted).deeper(1 + sieve.earlier);
        let mut past = story.before(happened, looked);
        let more = past.len() == looked || happened > story.depth();
        past.retain(|line| search.fits(line));
        let surplus = past.len().saturating_sub(most);
        past.drain(..surplus);
        let past = past.into_iter().map(|line| search.aimed(line)).collect();
        let mut ahead = match view.clock.playing {
            true => Vec::new(),
            false => story.after(
                happened,
                if search.is_empty() {
                    AHEAD
                } else {
                    SEARCHED / 10
                },
            ),
        };
        ahead.retain(|line| search.fits(line));
        ahead.truncate(AHEAD);
        // What is to come begins with the first who did it.
        let first = |line: Line| Line {
            aim: line.id,
            ..line
        };
        let ahead = ahead.into_iter().map(|line| search.aimed(first(line)));
        let ahead = ahead.collect();
        Told {
            past,
            ahead,
            more: more || surplus > 0,
        }
    })
}

/// Scrolls a list so that the present is near its lower edge, unless it is well in sight.
fn keep_in_sight(list: &HtmlElement, now: &HtmlElement) {
    let place = now.offset_top() - list.offset_top();
    let (top, height) = (list.scroll_top(), list.client_height());
    let foot = place + now.offset_height();
    // Some of what is to come shows too.
    let ahead = if now.next_element_sibling().is_some() {
        height / 4
    } else {
        0
    };
    if place < top || foot > top + height - ahead {
        list.set_scroll_top(foot + ahead - height);
    }
}

/// The event of the entry that was clicked.
fn clicked(event: &MouseEvent) -> Option<EventId> {
    let place = event.target()?.dyn_into::<Element>().ok()?;
    let entry = place.closest("[data-event]").ok()??;
    entry.get_attribute("data-event")?.parse().ok()
}
