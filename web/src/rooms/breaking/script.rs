//! What was ordered so far, in the order in which it happens: to go there, or to take it out.

use super::super::Room;
use crate::browser::icons::icon;
use crate::page::actions::{Action, Change, Edit, Travel};
use crate::page::view::View;
use crate::run::sorting::arrange;
use quorumscope_core::scenario::{Scenario, order_to_value};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

/// The script as a list.
#[component]
pub(super) fn Script(room: &Room) -> Html {
    let list = use_node_ref();
    // Whose button was pressed to take it out: the next one gets the keyboard.
    let taken = use_mut_ref(|| None::<usize>);
    // Nobody knows what was done to the others.
    let through = room.view.ui.through.is_some();
    let rows = if through {
        Vec::new()
    } else {
        rows(&room.view)
    };
    use_effect_with(rows.len(), {
        let (list, taken) = (list.clone(), taken.clone());
        move |_| {
            if let Some(place) = taken.take() {
                focus(&list, place);
            }
        }
    });
    let row = |(place, (index, key)): (usize, &(usize, String))| {
        let taken = taken.clone();
        let index = *index;
        let take_out = room.act.reform(move |_: MouseEvent| {
            taken.replace(Some(place));
            Action::Change(Change::Edit(Edit::alone(move |scenario| {
                without(scenario, index)
            })))
        });
        html! { <li key={key.clone()} class={classes!(to_come(&room.view, index).then_some("later"))}>{ entry(room, index, take_out) }</li> }
    };
    html! {
        <ul ref={list} class="script" tabindex="-1" aria-label="Done so far">{ for rows.iter().enumerate().map(row) }</ul>
    }
}

/// The places of the script's orders by time, each with a key that stays when others go.
fn rows(view: &View) -> Vec<(usize, String)> {
    let script = &view.scenario.script;
    let mut places: Vec<usize> = (0..script.len()).collect();
    arrange(&mut places, |place| script[*place].at);
    let mut rows: Vec<(usize, String)> = Vec::new();
    for place in places {
        let says = order_to_value(&script[place]).to_string();
        let again = rows
            .iter()
            .filter(|(other, _)| script[*other] == script[place])
            .count();
        rows.push((place, format!("{says} {again}")));
    }
    rows
}

fn without(scenario: &Scenario, index: usize) -> Scenario {
    let mut without = scenario.clone();
    if index < without.script.len() {
        without.script.remove(index);
    }
    without
}

fn to_come(view: &View, index: usize) -> bool {
    view.scenario.script[index].at > view.present.now
}

/// One order: when, what, and a way to take it out.
fn entry(room: &Room, index: usize, take_out: Callback<MouseEvent>) -> Html {
    let view = &room.view;
    let (order, narrator) = (&view.scenario.script[index], view.narrator());
    let says = view
        .reader
        .chronicle(|chronicle| narrator.among(chronicle).ordered(order));
    let until = order.until.map(|until| format!(" Until {until}."));
    let later = to_come(view, index);
    let idle = narrator.came_to_nothing(index as u32).filter(|_| !later);
    let note = if later {
        Some("Still to come.".into())
    } else {
        idle
    };
    let label = format!("Take out: {says}");
    html! {
        <>
            <button key="go" type="button" class="button bare go" title="Go there" onclick={room.on(Travel::Seek(order.at))}>
                <span class="when">{ order.at.to_string() }</span>
                <span>{ says }{ until.unwrap_or_default() }<span class="hint" hidden={note.is_none()}>{ " " }{ note.unwrap_or_default() }</span></span>
            </button>
            <button key="out" type="button" class="button bare icon" aria-label={label} title="Take it out" onclick={take_out}>{ icon("cross") }</button>
        </>
    }
}

/// Gives the keyboard to the button that took the place of one that is gone, or to the list.
fn focus(list: &NodeRef, place: usize) {
    let Some(element) = list.cast::<Element>() else {
        return;
    };
    let Ok(buttons) = element.query_selector_all("button.icon") else {
        return;
    };
    let last = buttons.length().saturating_sub(1);
    let next = buttons.item((place as u32).min(last));
    let next = next.and_then(|button| button.dyn_into::<HtmlElement>().ok());
    if let Some(next) = next.or_else(|| list.cast::<HtmlElement>()) {
        let _ = next.focus();
    }
}
