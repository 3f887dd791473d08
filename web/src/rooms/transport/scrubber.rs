//! The scrubber: the whole run as it is known, and its marks.

use super::super::Room;
use crate::page::actions::{Action, Pointer, Travel};
use crate::page::view::View;
use crate::run::marks::Tick;
use quorumscope_core::time::Time;
use web_sys::{HtmlInputElement, PointerEvent};
use yew::prelude::*;

/// How many places it has.
const PLACES: f64 = 10_000.0;
/// Half the thumb, in pixels: it stays within the slider, and so does the track.
const THUMB: f64 = 8.0;

/// The scrubber, with a bubble at the pointer.
pub(super) fn scrubber(room: &Room, bubble: Html) -> Html {
    let view = &room.view;
    let whole = whole(view);
    let part = |at: Time| (at.0 as f64 / whole).min(1.0);
    let at = move |part: f64| Time((part * whole) as u64);
    let act = room.act.clone();
    let oninput = Callback::from(move |event: InputEvent| {
        let input = event.target_unchecked_into::<HtmlInputElement>();
        act.emit(Action::Travel(Travel::Seek(at(
            input.value_as_number() / PLACES
        ))));
    });
    let onpointermove = {
        let act = room.act.clone();
        Callback::from(move |event: PointerEvent| {
            let input = event.target_unchecked_into::<HtmlInputElement>();
            let room = f64::from(input.client_width()) - 2.0 * THUMB;
            let place = (f64::from(event.offset_x()) - THUMB) / room.max(1.0);
            act.emit(Action::Pointer(Pointer::Hover(Some(place.clamp(0.0, 1.0)))));
        })
    };
    let leave = room.on::<PointerEvent>(Pointer::Hover(None));
    let now = part(view.present.now);
    let span = |class: &'static str, from: f64, to: f64| {
        let style = format!("x:{};width:calc({:.5} * (100% - 16px))", x(from), to - from);
        html! { <rect {class} {style} y="16" height="4" rx="2" /> }
    };
    let tick = |(index, (at, class)): (usize, Tick)| {
        let style = format!("transform:translateX({})", x(part(at)));
        html! { <path key={index.to_string()} class={classes!("tick", class)} {style} d={sign(class)} /> }
    };
    let (from, to) = view.ui.round;
    let (from, to, off) = (
        from.map_or(0.0, part),
        to.map_or(1.0, part),
        (from, to) == (None, None),
    );
    html! {
        <div class="scrub">
            <svg aria-hidden="true">
                { span("track", 0.0, 1.0) }
                { span("gone", 0.0, now) }
                <g>{ for view.ticks.iter().filter(|_| view.ui.through.is_none()).copied().enumerate().map(tick) }</g>
                <rect class="round" hidden={off} style={format!("x:{};width:calc({:.5} * (100% - 16px))", x(from), to - from)} y="5" height="26" rx="3" />
            </svg>
            <input type="range" min="0" max={PLACES.to_string()} step="1" aria-label="Instant" aria-valuetext={view.present.now.to_string()}
                value={(now * PLACES).round().to_string()} {oninput} {onpointermove} onpointerleave={leave} />
            { bubble }
        </div>
    }
}

/// What a tick looks like: a stroke for an answer, a flag for a view, a diamond for an order, a cross for a broken promise.
fn sign(class: &str) -> &'static str {
    match class {
        "view" => "M0 29V3h7l-2 3 2 3H0",
        "lifted" => "M0 10v8l4.5 5L0 28l-4.5-5L0 18",
        "order" => "M0 7v15l4.5 5L0 32l-4.5-5L0 22",
        "bad" => "M0 11v19M-4.5 2l9 9M4.5 2l-9 9",
        _ => "M0 10v16",
    }
}

/// How much time it stands for, in microseconds.
pub(super) fn whole(view: &View) -> f64 {
    view.clock.horizon.0.max(view.present.now.0).max(1) as f64
}

pub(super) fn x(part: f64) -> String {
    format!("calc({THUMB}px + {part:.5} * (100% - 16px))")
}

#[cfg(test)]
mod tests {
    use super::sign;

    #[test]
    fn each_mark_has_a_shape_of_its_own() {
        let mut shapes = ["answer", "view", "order", "lifted", "bad"]
            .map(sign)
            .to_vec();
        shapes.sort_unstable();
        shapes.dedup();
        assert_eq!(shapes.len(), 5);
    }
}
