//! Below the stage: the space-time diagram and its window.

use super::Room;
use super::widgets::icon_button;
use crate::actions::{Action, Deck};
use crate::scene::spacetime::Window;
use yew::prelude::*;

/// The space-time diagram.
pub fn diagram(room: &Room, canvas: &NodeRef) -> Html {
    let act = room.act.clone();
    let onclick = Callback::from(move |event: MouseEvent| {
        act.emit(Action::PokeDiagram(
            event.offset_x() as f32,
            event.offset_y() as f32,
        ));
    });
    let window = room.view.ui.window.at(room.view.present.now);
    let act = room.act.clone();
    let onwheel = Callback::from(move |event: WheelEvent| {
        let width = event
            .target_unchecked_into::<web_sys::HtmlCanvasElement>()
            .client_width();
        act.emit(Action::Window(wheeled(window, &event, width as f32)));
    });
    let says = format!(
        "Space-time diagram from {:.1} to {:.1} milliseconds: a line for each node, messages aslant. The log tells the same in words.",
        window.from / 1000.0,
        (window.from + window.span) / 1000.0
    );
    html! {
        <div class="spacetime" hidden={room.view.ui.deck != Deck::SpaceTime}>
            <canvas ref={canvas.clone()} {onclick} {onwheel} role="img" aria-label={says}></canvas>
        </div>
    }
}

/// Up and down is closer and wider around the pointer; sideways, or with shift, is earlier and later.
fn wheeled(window: Window, event: &WheelEvent, width: f32) -> Window {
    let sideways = event.delta_x().abs() > event.delta_y().abs();
    if sideways || event.shift_key() {
        let way = if sideways {
            event.delta_x()
        } else {
            event.delta_y()
        };
        return window.moved(way / f64::from(width.max(1.0)));
    }
    let under = window.instant(event.offset_x() as f32, width);
    let around = (under.0 as f64 - window.from) / window.span;
    let factor = if event.delta_y() > 0.0 {
        1.2
    } else {
        1.0 / 1.2
    };
    Window {
        follow: false,
        ..window.zoomed(factor, around)
    }
}

/// Zoom, pan and follow, beside the tabs.
pub fn tools(room: &Room) -> Html {
    let window = room.view.ui.window;
    let here = window.at(room.view.present.now);
    let tool = |icon: &str, label: &str, to: Window| {
        icon_button(icon, label, false, room.on(Action::Window(to)))
    };
    let follow = Window {
        follow: !window.follow,
        ..here
    };
    html! {
        <div class="zoom" role="group" aria-label="Window of the diagram" hidden={room.view.ui.deck != Deck::SpaceTime}>
            { tool("left", "Earlier", here.moved(-0.5)) }
            { tool("right", "Later", here.moved(0.5)) }
            { tool("plus", "Closer", here.zoomed(0.5, 0.72)) }
            { tool("minus", "Wider", here.zoomed(2.0, 0.72)) }
            <button type="button" class="button bare" aria-pressed={window.follow.to_string()} onclick={room.on(Action::Window(follow))}>{ "Follow" }</button>
        </div>
    }
}
