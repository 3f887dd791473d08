//! The scrubber: the whole run as it is known, its marks, and what is at the instant under the pointer.

use super::super::Room;
use super::instant;
use crate::actions::Action;
use crate::marks::Tick;
use crate::view::View;
use quorumscope_core::time::Time;
use quorumscope_core::trace::What;
use web_sys::{HtmlInputElement, PointerEvent};
use yew::prelude::*;

/// So many places it has.
const PLACES: f64 = 10_000.0;
/// Half the thumb, in pixels: it stays within the slider, and so does the track.
const THUMB: f64 = 8.0;
/// The bubble looks so many events back for something to tell, and for a message.
const DEPTH: usize = 2_000;

/// The scrubber, with a bubble at the pointer.
pub(super) fn scrubber(room: &Room) -> Html {
    let view = &room.view;
    let whole = view.clock.horizon.0.max(view.present.now.0).max(1);
    let part = |at: Time| (at.0 as f64 / whole as f64).min(1.0);
    let at = move |part: f64| Time((part * whole as f64) as u64);
    let act = room.act.clone();
    let oninput = Callback::from(move |event: InputEvent| {
        let input = event.target_unchecked_into::<HtmlInputElement>();
        act.emit(Action::Seek(at(input.value_as_number() / PLACES)));
    });
    let onpointermove = {
        let act = room.act.clone();
        Callback::from(move |event: PointerEvent| {
            let input = event.target_unchecked_into::<HtmlInputElement>();
            let room = f64::from(input.client_width()) - 2.0 * THUMB;
            let place = (f64::from(event.offset_x()) - THUMB) / room.max(1.0);
            act.emit(Action::Hover(Some(place.clamp(0.0, 1.0))));
        })
    };
    let leave = room.on::<PointerEvent>(Action::Hover(None));
    let now = part(view.present.now);
    let span = |class: &'static str, from: f64, to: f64| {
        let style = format!("x:{};width:calc({:.5} * (100% - 16px))", x(from), to - from);
        html! { <rect {class} {style} y="16" height="4" rx="2" /> }
    };
    let tick = |(index, (at, class)): (usize, Tick)| {
        html! { <rect key={index.to_string()} class={classes!("tick", class)} style={format!("x:{}", x(part(at)))} y="7" width="1.5" height="22" /> }
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
            { bubble(view, at) }
        </div>
    }
}

fn x(part: f64) -> String {
    format!("calc({THUMB}px + {part:.5} * (100% - 16px))")
}

/// The instant under the pointer: when it is, in which phase the run is there, what happens.
fn bubble(view: &View, at: impl Fn(f64) -> Time) -> Html {
    let under = view.ui.under;
    let place = under.unwrap_or_default();
    let (phase, told) = under
        .map(|place| around(view, at(place)))
        .unwrap_or_default();
    html! {
        <p class="bubble" aria-hidden="true" hidden={under.is_none()} style={format!("left:{};--place:{place:.3}", x(place))}>
            <b>{ instant(at(place)) }</b>{ phase }<span>{ told }</span>
        </p>
    }
}

/// The last message and the last line of the story by an instant.
fn around(view: &View, at: Time) -> (String, String) {
    view.lens.chronicle(|chronicle| {
        let events = &chronicle.events;
        let cast = view.cast().among(events);
        let past = events[..events.partition_point(|event| event.at <= at)].iter();
        let passage = past
            .clone()
            .rev()
            .take(DEPTH)
            .find_map(|event| match event.what {
                What::Delivered(passage) | What::Dropped(passage, _) => Some(passage),
                _ => None,
            });
        let phase = passage.map(|passage| {
            let kind = view
                .present
                .kinds
                .get(usize::from(passage.kind))
                .map_or("", |kind| kind.name);
            format!(" {kind} · view {}", passage.label.view)
        });
        let line = past
            .rev()
            .take(DEPTH)
            .find_map(|event| cast.tell(event, view.ui.level));
        (
            phase.unwrap_or_default(),
            line.map(|line| line.text).unwrap_or_default(),
        )
    })
}
