//! Play the traitor: time stands still, and each recipient gets what is chosen here.

use super::Room;
use crate::page::actions::{Action, Change};
use crate::run::questions::{Awaited, first, orders};
use crate::words::puppet::question;
use quorumscope_core::trace::MessageId;
use std::rc::Rc;
use web_sys::{HtmlElement, HtmlSelectElement};
use yew::prelude::*;

/// Nobody has to answer at once.
const MAY_WAIT: &str = "Or play on: it waits, silent.";

/// The question, a choice for each recipient, and one button to send.
#[component]
pub fn Puppet(props: &Room) -> Html {
    let awaited = props.view.asked();
    let asked = first(awaited);
    let chosen = use_state(|| None::<(MessageId, Vec<&'static str>)>);
    let place = use_node_ref();
    let id = asked.first().map(|held| held.transit.message);
    use_effect_with(id.is_some(), {
        let place = place.clone();
        move |shown| {
            let Some(place) = place.cast::<HtmlElement>().filter(|_| *shown) else {
                return;
            };
            if out_of_sight(&place) {
                place.scroll_into_view_with_bool(false);
            }
            if nothing_has_the_focus() {
                let _ = place.focus();
            }
        }
    });
    let choices = match &*chosen {
        Some((about, choices)) if Some(*about) == id => choices.clone(),
        _ => vec!["genuine"; asked.len()],
    };
    let onsubmit = {
        let send = send(props, choices.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            send.emit(());
        })
    };
    let genuine = send(props, vec!["genuine"; asked.len()]).reform(|_: MouseEvent| ());
    let spec = props.view.scenario.spec;
    let field = |(index, held): (usize, &Awaited)| {
        let (chosen, choices, offered) = (chosen.clone(), choices.clone(), held.choices.clone());
        let now = choices.get(index).copied().unwrap_or("genuine");
        let onchange = Callback::from(move |event: Event| {
            let place = event.target_unchecked_into::<HtmlSelectElement>();
            let taken = offered.get(place.selected_index().max(0) as usize);
            let (mut choices, id) = (choices.clone(), id);
            if let (Some(id), Some(taken), Some(slot)) = (id, taken, choices.get_mut(index)) {
                *slot = taken;
                chosen.set(Some((id, choices)));
            }
        });
        let option = |choice: &&'static str| {
            html! { <option key={*choice} value={*choice} selected={*choice == now}>{ spec.title_of(choice).unwrap_or(choice) }</option> }
        };
        html! {
            <label key={held.transit.message.0.to_string()}>
                { props.view.name(held.transit.to) }
                <select {onchange}>{ for held.choices.iter().map(option) }</select>
            </label>
        }
    };
    let more = awaited.len() - asked.len();
    html! {
        <section ref={place} class="puppet" tabindex="-1" aria-labelledby="puppet-asks" hidden={asked.is_empty()}>
            <h2 id="puppet-asks">{ question(awaited, &props.view.scenario).unwrap_or_default() }</h2>
            <p class="hint">{ MAY_WAIT }</p>
            <form {onsubmit}>
                { for asked.iter().enumerate().map(field) }
                <span key="send" class="send">
                    <button type="submit" class="button strong">{ "Send" }</button>
                    <button type="button" class="button" onclick={genuine}>{ "All as it is" }</button>
                </span>
                <span key="more" class="hint" hidden={more == 0}>{ format!("{more} more wait") }</span>
            </form>
        </section>
    }
}

/// Answers the question with these choices.
fn send(props: &Room, choices: Vec<&'static str>) -> Callback<()> {
    let (view, act) = (Rc::clone(&props.view), props.act.clone());
    Callback::from(move |()| {
        let asked = first(view.asked());
        act.emit(Action::Change(Change::Dictate(orders(asked, &choices))));
    })
}

/// Whether some of it lies outside the window.
fn out_of_sight(place: &HtmlElement) -> bool {
    let root = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.document_element());
    let height = root.map_or(0, |root| root.client_height());
    let edges = place.get_bounding_client_rect();
    edges.top() < 0.0 || edges.bottom() > f64::from(height)
}

/// Whether the keyboard is nowhere in particular, so that the question may have it.
fn nothing_has_the_focus() -> bool {
    let document = web_sys::window().and_then(|window| window.document());
    let holder = document.and_then(|document| document.active_element());
    holder.is_none_or(|holder| holder.tag_name() == "BODY")
}
