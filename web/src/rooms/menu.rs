//! What is selected, named on the stage; and on demand, what can be done to it.

use super::Room;
use super::widgets::icon_button;
use crate::edit::applicable::{ApplicableFault, applicable};
use crate::edit::forms::{Draft, entry};
use crate::geometry::Point;
use crate::page::actions::{Action, Change, Look};
use crate::page::view::View;
use crate::text::capital;
use crate::ui::{Panel, Place};
use quorumscope_core::fault::Fault;
use wasm_bindgen::JsCast;
use web_sys::{Element, FocusOptions, HtmlElement};
use yew::prelude::*;

/// The name of what is selected or pointed at, and the menu.
#[component]
pub fn Menu(room: &Room) -> Html {
    let place = use_node_ref();
    let open = room.view.ui.menu.is_some();
    use_effect_with(open, {
        let place = place.clone();
        move |open| {
            let before = focused();
            if *open {
                step_focus(&place, 0);
            }
            move || {
                // Where the keyboard was, it is again.
                if let Some(before) = before {
                    let _ = before.focus();
                }
            }
        }
    });
    use_effect_with(room.view.ui.menu, {
        let place = place.clone();
        move |_| keep_in_sight(&place)
    });
    let onkeydown = {
        let place = place.clone();
        Callback::from(move |event: KeyboardEvent| {
            let by = match event.key().as_str() {
                "ArrowDown" | "ArrowRight" => 1,
                "ArrowUp" | "ArrowLeft" => -1,
                _ => return,
            };
            event.prevent_default();
            event.stop_propagation();
            step_focus(&place, by);
        })
    };
    let list = if open {
        menu(room)
    } else {
        html! {}
    };
    let style = room.view.ui.menu.map(|spot| anchored(&room.view, spot));
    html! {
        <>
            { chip(room) }
            <div ref={place} class="deeds" hidden={!open} {style} role="dialog" aria-label="What can be done" tabindex="-1" {onkeydown}>{ list }</div>
        </>
    }
}

/// What has the keyboard.
fn focused() -> Option<HtmlElement> {
    let document = web_sys::window()?.document()?;
    document.active_element()?.dyn_into().ok()
}

/// Gives the keyboard to the next button of the menu, or the one before; to the first if it has none.
fn step_focus(place: &NodeRef, by: i32) {
    let Some(buttons) = place
        .cast::<Element>()
        .and_then(|place| place.query_selector_all("button").ok())
    else {
        return;
    };
    let count = buttons.length() as i32;
    let now = focused();
    let at = (0..count).find(|index| {
        let button = buttons.item(*index as u32);
        button.is_some() && button.as_ref() == now.as_ref().map(AsRef::as_ref)
    });
    let next = at.map_or(0, |at| (at + by).rem_euclid(count.max(1)));
    let button = buttons.item(next as u32);
    if let Some(button) = button.and_then(|button| button.dyn_into::<HtmlElement>().ok()) {
        // The menu is put in sight itself; the page stays where it is.
        let still = FocusOptions::new();
        still.set_prevent_scroll(true);
        let _ = button.focus_with_options(&still);
    }
}

/// Where the menu opens, in CSS pixels of the stage.
fn anchored(view: &View, spot: Point) -> String {
    let scale = view.ui.scale;
    format!("left:{:.0}px;top:{:.0}px", spot.x * scale, spot.y * scale)
}

/// Moves the menu until all of it is in the window.
fn keep_in_sight(place: &NodeRef) {
    /// Its least distance from the edges, in pixels.
    const EDGE: f64 = 8.0;
    let window = web_sys::window();
    let (Some(menu), Some(window)) = (place.cast::<HtmlElement>(), window) else {
        return;
    };
    let root = window
        .document()
        .and_then(|document| document.document_element());
    let Some(root) = root else {
        return;
    };
    let (w, h) = (
        f64::from(root.client_width()),
        f64::from(root.client_height()),
    );
    let style = menu.style();
    let _ = style.remove_property("transform");
    let rect = menu.get_bounding_client_rect();
    let back = |end: f64, start: f64, size: f64| {
        let over = (end - (size - EDGE)).max(0.0);
        -over.min((start - EDGE).max(0.0))
    };
    let (dx, dy) = (
        back(rect.right(), rect.left(), w),
        back(rect.bottom(), rect.top(), h),
    );
    let _ = style.set_property("transform", &format!("translate({dx:.0}px,{dy:.0}px)"));
}

/// The name of what is selected, with a way to its menu and a way to let it go.
fn chip(room: &Room) -> Html {
    let view = &room.view;
    let shown = view.ui.pointed.or(view.ui.selected);
    let selected = view.ui.pointed.is_none() && view.ui.selected.is_some();
    let watched = view.ui.embed || view.ui.locked;
    html! {
        <div class="chip" hidden={shown.is_none()}>
            <span class="what">{ shown.map(|target| view.called(target)).unwrap_or_default() }</span>
            <button type="button" class="button" hidden={!selected || watched || view.aim().is_none()} aria-haspopup="dialog"
                aria-expanded={view.ui.menu.is_some().to_string()} onclick={room.on(Look::MenuHere)}>{ "Do…" }</button>
            <button type="button" class="button below" hidden={!selected || watched} onclick={inspect(room)}>{ "Inspect" }</button>
            <span hidden={!selected}>{ icon_button("cross", "Select nothing", false, room.on(Look::Select(None))) }</span>
        </div>
    }
}

/// Opens the inspector, and goes there where it is out of sight.
fn inspect(room: &Room) -> Callback<MouseEvent> {
    let act = room.act.clone();
    Callback::from(move |_| {
        act.emit(Action::Look(Look::Menu(None)));
        act.emit(Action::Look(Look::Open(Panel::Inspect)));
        act.emit(Action::Look(Look::Bring(Place::Panel)));
    })
}

fn menu(room: &Room) -> Html {
    let view = &room.view;
    let aim = view.aim();
    let title = aim.map_or_else(|| "The whole run".into(), |target| view.called(target));
    let look = inspect(room);
    html! {
        <>
            <p class="title">
                <b>{ title }</b>
                <button type="button" class="button bare" hidden={aim.is_none()} onclick={look}>{ "Inspect" }</button>
                { icon_button("cross", "Close", false, room.on(Look::Menu(None))) }
            </p>
            { rows(room) }
        </>
    }
}

/// Everything that fits what is selected, a row each.
pub fn rows(room: &Room) -> Html {
    let view = &room.view;
    let all = applicable(view.aim(), &view.scenario);
    html! { <ul class="rows">{ for all.iter().map(|offer| row(room, offer)) }</ul> }
}

/// One fault: done at once in each of its ways, or by its form.
fn row(room: &Room, offer: &ApplicableFault) -> Html {
    let fault = offer.fault;
    let form = Action::Look(Look::Fill(fault.name, offer.draft.clone()));
    let way = |(name, draft): &(String, Draft)| {
        let title = if name.is_empty() {
            fault.title.to_string()
        } else {
            capital(name)
        };
        let label = format!("{} {name}", fault.title);
        html! {
            <button key={name.clone()} type="button" class="button" aria-label={label.trim().to_string()} title={fault.says} onclick={at_once(room, fault, draft)}>{ title }</button>
        }
    };
    let plain = matches!(offer.ways.as_slice(), [(name, _)] if name.is_empty());
    html! {
        <li key={fault.name}>
            <span class="fault" hidden={plain || offer.ways.is_empty()}>{ fault.title }</span>
            { for offer.ways.iter().map(way) }
            <button key="form" type="button" class={if offer.ways.is_empty() { "button" } else { "button bare" }} hidden={fault.knobs.len() < 2}
                aria-label={format!("{}, by its form", fault.title)} title={fault.says} onclick={room.on(form)}>{ if offer.ways.is_empty() { format!("{}…", fault.title) } else { "…".into() } }</button>
        </li>
    }
}

/// Does it now.
fn at_once(room: &Room, fault: &'static Fault, draft: &Draft) -> Callback<MouseEvent> {
    match entry(fault, draft, room.view.scenario.spec, room.view.present.now) {
        Ok(entry) => room.on(Change::Order(entry)),
        Err(_) => room.on(Look::Fill(fault.name, draft.clone())),
    }
}
