//! The phases of an operation in order: legend of the message kinds and progress in one.

use super::Room;
use crate::browser::icons::{icon, kind_sign};
use yew::prelude::*;

/// The strip above the stage.
pub fn phases(room: &Room) -> Html {
    let present = &room.view.present;
    let mut under_way = vec![0usize; present.kinds.len()];
    // Seen through one node, nobody counts what is under way.
    let known = room.view.ui.through.is_none();
    for flight in present.flights.iter().filter(|_| known) {
        if let Some(count) = under_way.get_mut(usize::from(flight.transit.kind)) {
            *count += 1;
        }
    }
    let item = |(index, kind): (usize, &quorumscope_core::protocol::Kind)| {
        let count = under_way[index];
        let sent = present.stats.sent.get(index).copied().unwrap_or(0);
        let shown = sent > 0 || present.spec.path.contains(&kind.name);
        let mut says = format!("{}: {}", kind.name, kind.story);
        if known {
            says.push_str(&format!(" Under way: {count}; sent so far: {sent}."));
        }
        html! {
            <li key={kind.name} class={classes!("phase", (count > 0).then_some("lit"))} hidden={!shown} title={says}>
                { kind_sign(index as u8, kind.letter) }
                <span class="name">{ kind.name }</span>
                <span class="count">{ if count > 0 { count.to_string() } else { String::new() } }</span>
            </li>
        }
    };
    html! {
        <div class="phases" tabindex="0" role="region" aria-label="Kinds of message, in the order in which an operation meets them">
            <ul style="display: contents">{ for present.kinds.iter().enumerate().map(item) }</ul>
            <span class="visually-hidden">{ icon("step") }</span>
        </div>
    }
}
