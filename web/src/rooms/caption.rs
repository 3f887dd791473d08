//! What just happened, in words, under the stage; or what the knife in hand would do.

use super::Room;
use crate::narration::Tone;
use crate::scene::cut;
use yew::prelude::*;

/// The caption.
pub fn caption(room: &Room) -> Html {
    if let Some(text) = cut::says(&room.view) {
        return html! { <p class="caption"><span class="says">{ text }</span></p> };
    }
    let line = room.view.told.as_deref();
    let bad = line.is_some_and(|line| line.tone == Tone::Broken);
    let when = line.map(|line| format!("{:.1} ms", line.last.1.ms()));
    let (text, why) = match line {
        Some(line) => (line.text.clone(), line.why.clone().unwrap_or_default()),
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
