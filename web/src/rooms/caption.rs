//! What just happened, in words, under the stage; or what the knife in hand would do.

use super::Room;
use crate::geometry::Stroke;
use crate::page::view::View;
use crate::scene::cut;
use crate::scene::layout::shape;
use crate::text::one;
use crate::words::narration::Tone;
use quorumscope_core::protocol::NodeId;
use yew::prelude::*;

/// The caption.
pub fn caption(room: &Room) -> Html {
    if let Some(text) = cutting(&room.view) {
        return html! { <p class="caption"><span class="says">{ text }</span></p> };
    }
    let line = room.view.told.as_deref();
    let bad = line.is_some_and(|line| line.tone == Tone::Broken);
    let when = line.map(|line| format!("{:.1} ms", line.last.1.ms()));
    let (text, why) = match line {
        Some(line) => (line.text.clone(), line.why.clone().unwrap_or_default()),
        None if room.view.present.events > 0 => ("Messages are under way.".into(), String::new()),
        None => (opening(&room.view), String::new()),
    };
    html! {
        <p class={classes!("caption", bad.then_some("bad"))}>
            <span class="when">{ when.unwrap_or_default() }</span>
            <span class="says">{ text }<span class="why" hidden={why.is_empty()}>{ format!(" {why}") }</span></span>
        </p>
    }
}

/// What is said before anything happened.
fn opening(view: &View) -> String {
    let mut roles = view.present.cast.roles().iter();
    roles.find(|role| role.asks).map_or_else(
        || "Press play.".into(),
        |role| {
            let asks = one(role.name);
            format!("Press play: {asks} is about to ask for something.")
        },
    )
}

/// What a cut would do, while somebody has the knife in hand.
fn cutting(view: &View) -> Option<String> {
    let stroke = view.ui.stroke;
    if !view.ui.cutting && stroke.is_none() {
        return None;
    }
    if let Some(stroke) = stroke.filter(|stroke| stroke.pull) {
        return Some(pulled(view, stroke));
    }
    let sides =
        stroke.and_then(|stroke| cut::sides(stroke, &view.places(), view.present.servers()));
    let cast = &view.present.cast;
    Some(sides.map_or_else(
        || {
            let (place, nodes) = (shape(cast), cast.serving().1);
            format!(
                "Draw a line across the {place}, between the {nodes} to part. Cut puts the knife away."
            )
        },
        |sides| format!("{}. Let go to part them.", cut::words(&sides, cast)),
    ))
}

/// What a line that is pulled from a node would choose.
fn pulled(view: &View, stroke: Stroke) -> String {
    let places = view.places();
    let node = |spot| places.at(spot).map(|(index, _)| NodeId(index as u16));
    match (node(stroke.from), node(stroke.to)) {
        (Some(from), Some(to)) if from != to => {
            let (from, to) = (view.short(from), view.short(to));
            format!("Link {from} – {to}: let go to choose it.")
        }
        _ => "Pull to another node to choose the link between the two.".into(),
    }
}
