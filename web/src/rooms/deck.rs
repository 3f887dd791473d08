//! Below the stage: the space-time diagram and its window, or the ledger.

use super::widgets::{ROW_REM, icon_button};
use super::{Room, tabs};
use crate::actions::{Action, Deck};
use yew::prelude::*;

const DECKS: [(Deck, &str); 3] = [
    (Deck::SpaceTime, "Space and time"),
    (Deck::Ledger, "Ledger"),
    (Deck::Shut, "Hide"),
];

/// What lies below the stage.
pub fn deck(room: &Room, canvas: &NodeRef, (leaves, ledger): (Html, Html)) -> Html {
    let chosen = room.view.ui.deck;
    let open = DECKS.iter().position(|(deck, _)| *deck == chosen);
    let open = open.unwrap_or(0);
    let tabs = tabs::titles(&DECKS.map(|(_, title)| title), open);
    let choose = room
        .act
        .reform(|index: usize| Action::ShowDeck(DECKS[index % DECKS.len()].0));
    let shut = chosen == Deck::Shut;
    html! {
        <section class={classes!("deck", shut.then_some("shut"))} aria-label="Below the stage">
            <div class="bar">
                <tabs::Tabs label="Below the stage" controls="deck" {tabs} {choose} />
                { tools(room) }
                { leaves }
            </div>
            <div class="body" id="deck" role="tabpanel" aria-labelledby={format!("deck-tab-{open}")}>
                { diagram(room, canvas) }
                <div class="scroll" tabindex="0" role="region" aria-label="Ledger" onscroll={scrolled(room)} hidden={chosen != Deck::Ledger}>{ ledger }</div>
            </div>
        </section>
    }
}

/// The ledger was scrolled: other rows are in sight.
fn scrolled(room: &Room) -> Callback<Event> {
    let (act, shown) = (room.act.clone(), room.view.ui.row);
    let high = ROW_REM * 16.0 * room.view.ui.scale;
    Callback::from(move |event: Event| {
        let top = event
            .target_unchecked_into::<web_sys::Element>()
            .scroll_top();
        let row = (top as f32 / high) as usize;
        if row != shown {
            act.emit(Action::Row(row));
        }
    })
}

/// The space-time diagram.
fn diagram(room: &Room, canvas: &NodeRef) -> Html {
    let window = room.view.ui.window.at(room.view.present.now);
    let act = room.act.clone();
    let onwheel = Callback::from(move |event: WheelEvent| {
        let width = event
            .target_unchecked_into::<web_sys::HtmlCanvasElement>()
            .client_width();
        act.emit(wheeled(&event, f64::from(width.max(1))));
    });
    let says = format!(
        "Space-time diagram from {:.3} to {:.3} milliseconds: a line for each node, messages aslant. The log tells the same in words.",
        window.from / 1000.0,
        (window.from + window.span) / 1000.0
    );
    html! {
        <div class="spacetime" hidden={room.view.ui.deck != Deck::SpaceTime}>
            <canvas ref={canvas.clone()} data-picture="diagram" {onwheel} role="img" aria-label={says}></canvas>
        </div>
    }
}

/// Up and down is closer and wider around the pointer; sideways, or with shift, is earlier and later.
fn wheeled(event: &WheelEvent, width: f64) -> Action {
    event.prevent_default();
    let (across, down) = (event.delta_x(), event.delta_y());
    if across.abs() > down.abs() {
        return Action::Pan(across / width);
    }
    if event.shift_key() {
        return Action::Pan(down / width);
    }
    let factor = if down > 0.0 { 1.2 } else { 1.0 / 1.2 };
    Action::Zoom(factor, Some(event.offset_x() as f32))
}

/// Zoom, pan and follow, beside the tabs.
fn tools(room: &Room) -> Html {
    let window = room.view.ui.window;
    let tool = |icon: &str, label: &str, then| icon_button(icon, label, false, room.on(then));
    html! {
        <div class="zoom" role="group" aria-label="Window of the diagram" hidden={room.view.ui.deck != Deck::SpaceTime}>
            { tool("left", "Earlier", Action::Pan(-0.5)) }
            { tool("right", "Later", Action::Pan(0.5)) }
            { tool("plus", "Closer", Action::Zoom(0.5, None)) }
            { tool("minus", "Wider", Action::Zoom(2.0, None)) }
            <button type="button" class="button bare" aria-pressed={window.follow.to_string()} onclick={room.on(Action::Follow(!window.follow))}>{ "Follow" }</button>
        </div>
    }
}
