//! What just happened, in words, under the stage; or what the knife in hand would do.

use super::Room;
use crate::narration::{Line, Tone};
use crate::scene::cut;
use crate::view::View;
use yew::prelude::*;

/// No older event than this many back becomes the caption.
const CAPTION_DEPTH: usize = 40_000;

/// The caption.
pub fn caption(room: &Room) -> Html {
    if let Some(text) = cut::says(&room.view) {
        return html! { <p class="caption"><span class="says">{ text }</span></p> };
    }
    let line = last_line(&room.view);
    let bad = line.as_ref().is_some_and(|line| line.tone == Tone::Broken);
    let when = line.as_ref().map(|line| format!("{:.1} ms", line.at.ms()));
    let (text, why) = match line {
        Some(line) => (line.text, line.why.unwrap_or_default()),
        None if room.view.present.events > 0 => ("Messages are under way.".into(), String::new()),
        None => (
            "Press play: a client is about to ask for something.".into(),
            String::new(),
        ),
    };
    html! {
        <p class={classes!("caption", bad.then_some("bad"))}>
            <span class="when">{ when.unwrap_or_default() }</span>
            <span class="says">{ text }<span class="why" hidden={why.is_empty()}>{ format!(" {why}") }</span></span>
        </p>
    }
}

/// The last thing that the story tells at this level.
fn last_line(view: &View) -> Option<Line> {
    let cast = view.cast();
    view.lens.chronicle(|chronicle| {
        let so_far = (view.present.events as usize).min(chronicle.events.len());
        let past = chronicle.events[..so_far].iter().rev().take(CAPTION_DEPTH);
        past.filter(|event| view.shows(event))
            .find_map(|event| cast.tell(event, view.ui.level))
    })
}
