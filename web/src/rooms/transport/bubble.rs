//! The bubble at the scrubber: what is at the instant under the pointer.

use super::super::Room;
use super::instant;
use super::scrubber::{whole, x};
use crate::page::view::View;
use quorumscope_core::time::Time;
use quorumscope_core::trace::What;
use yew::prelude::*;

/// How many events back it looks for something to tell, and for a message.
const DEPTH: usize = 2_000;

/// The instant under the pointer: when it is, in which phase the run is there, what happens.
pub fn bubble(room: &Room) -> Html {
    let view = &room.view;
    let at = |part: f64| Time((part * whole(view)) as u64);
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
    view.reader.chronicle(|chronicle| {
        let events = &chronicle.events;
        let narrator = view.narrator().among(chronicle);
        let past = events[..events.partition_point(|event| event.at <= at)].iter();
        let transit = past
            .clone()
            .rev()
            .take(DEPTH)
            .find_map(|event| match event.what {
                What::Delivered(transit) | What::Dropped(transit, _) => Some(transit),
                _ => None,
            });
        let phase = transit.map(|transit| {
            let kind = view
                .present
                .kinds
                .get(usize::from(transit.kind))
                .map_or("", |kind| kind.name);
            format!(" {kind} · view {}", transit.label.view)
        });
        let line = past
            .rev()
            .take(DEPTH)
            .find_map(|event| narrator.tell(event, view.ui.level));
        (
            phase.unwrap_or_default(),
            line.map(|line| line.text).unwrap_or_default(),
        )
    })
}
