//! Below the stage: the space-time diagram and its window, or the ledger.

use super::widgets::{ROW_REM, icon_button};
use super::{Room, tabs};
use crate::page::actions::{Action, Look, Pointer};
use crate::ui::Deck;
use yew::prelude::*;

const DECKS: [(Deck, &str); 4] = [
    (Deck::SpaceTime, "Space and time"),
    (Deck::Ledger, "Ledger"),
    (Deck::Both, "Both"),
    (Deck::Shut, "Hide"),
];

/// What lies below the stage.
pub fn deck(room: &Room, canvas: &NodeRef, (leaves, ledger): (Html, Html)) -> Html {
    let chosen = room.view.ui.deck;
    let slots = room.view.present.spec.words.slot.is_some();
    let (decks, titles) = offered(chosen, room.view.ui.wide, slots);
    let open = decks.iter().position(|deck| *deck == chosen);
    let open = open.unwrap_or(0);
    let tabs = tabs::titles(&titles, open);
    let choose = room
        .act
        .reform(move |index: usize| Action::Look(Look::ShowDeck(decks[index % decks.len()])));
    let class = match chosen {
        Deck::Shut => Some("shut"),
        Deck::Both => Some("both"),
        _ => None,
    };
    html! {
        <section class={classes!("deck", class)} aria-label="Below the stage">
            <div class="bar">
                <tabs::Tabs label="Below the stage" controls="deck" {tabs} {choose} />
                { tools(room) }
                { leaves }
            </div>
            <div class="body" id="deck" role="tabpanel" aria-labelledby={format!("deck-tab-{open}")}>
                { diagram(room, canvas) }
                <div class="scroll" tabindex="0" role="region" aria-label="Ledger" onscroll={scrolled(room)} hidden={!chosen.has(Deck::Ledger)}>{ ledger }</div>
            </div>
        </section>
    }
}

/// The ledger was scrolled: other rows are in sight.
fn scrolled(room: &Room) -> Callback<Event> {
    let (act, shown) = (room.act.clone(), room.view.ui.row);
    let high = ROW_REM * 16.0 * room.view.ui.text;
    Callback::from(move |event: Event| {
        let top = event
            .target_unchecked_into::<web_sys::Element>()
            .scroll_top();
        let row = (top as f32 / high) as usize;
        if row != shown {
            act.emit(Action::Look(Look::Row(row)));
        }
    })
}

/// What can be chosen: a ledger where there are slots, both where there is room, and what a link says.
fn offered(chosen: Deck, wide: bool, slots: bool) -> (Vec<Deck>, Vec<&'static str>) {
    let fits = |deck: Deck| {
        let room = deck != Deck::Both || wide;
        chosen == deck || room && (slots || !deck.has(Deck::Ledger))
    };
    DECKS.into_iter().filter(|(deck, _)| fits(*deck)).unzip()
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
        <div class="spacetime" hidden={!room.view.ui.deck.has(Deck::SpaceTime)}>
            <canvas ref={canvas.clone()} data-picture="diagram" {onwheel} role="img" aria-label={says}></canvas>
        </div>
    }
}

/// Up and down is closer and wider around the pointer; sideways, or with shift, is earlier and later.
fn wheeled(event: &WheelEvent, width: f64) -> Action {
    event.prevent_default();
    let (across, down) = (event.delta_x(), event.delta_y());
    if across.abs() > down.abs() {
        return Action::Pointer(Pointer::Pan(across / width));
    }
    if event.shift_key() {
        return Action::Pointer(Pointer::Pan(down / width));
    }
    let factor = if down > 0.0 { 1.2 } else { 1.0 / 1.2 };
    Action::Pointer(Pointer::Zoom(factor, Some(event.offset_x() as f32)))
}

/// Zoom, pan and follow, beside the tabs.
fn tools(room: &Room) -> Html {
    let window = room.view.ui.window;
    let tool = |icon: &str, label: &str, then| icon_button(icon, label, false, room.on(then));
    html! {
        <div class="zoom" role="group" aria-label="Window of the diagram" hidden={!room.view.ui.deck.has(Deck::SpaceTime)}>
            { tool("left", "Earlier", Action::Pointer(Pointer::Pan(-0.5))) }
            { tool("right", "Later", Action::Pointer(Pointer::Pan(0.5))) }
            { tool("plus", "Closer", Action::Pointer(Pointer::Zoom(0.5, None))) }
            { tool("minus", "Wider", Action::Pointer(Pointer::Zoom(2.0, None))) }
            <button type="button" class="button bare" aria-pressed={window.follow.to_string()} onclick={room.on(Look::Follow(!window.follow))}>{ "Follow" }</button>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_are_offered_where_there_is_room_or_a_link_says_so() {
        let both = |chosen, wide| offered(chosen, wide, true).1.contains(&"Both");
        assert!(!both(Deck::Ledger, false));
        assert!(both(Deck::Ledger, true));
        assert!(both(Deck::Both, false));
        let bare = offered(Deck::SpaceTime, true, false).1;
        assert_eq!(bare, ["Space and time", "Hide"], "without slots");
        assert!(Deck::Both.has(Deck::Ledger) && Deck::Both.has(Deck::SpaceTime));
        assert!(!Deck::Ledger.has(Deck::SpaceTime) && !Deck::Both.has(Deck::Shut));
    }
}
