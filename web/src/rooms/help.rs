//! Keys, and how to read the stage.

use super::Room;
use super::dialog::show;
use crate::page::actions::Look;
use crate::ui::Dialog;
use yew::prelude::*;

const KEYS: [(&str, &str); 17] = [
    ("Space or K", "Play, pause"),
    ("→ ←", "One event on, back"),
    (". ,", "One step of a node on, back"),
    ("] [", "One decision on, back"),
    ("L J", "Ten events on, back"),
    ("> <", "Faster, slower"),
    ("E", "Follow events, or time"),
    ("0 … 9", "Go to a tenth of the run"),
    ("Home End", "Start, end"),
    ("R", "Restart"),
    ("I O X", "Go round from here, to here; no more"),
    ("Shift → ←, + −", "Diagram: later, earlier; closer, wider"),
    ("Z Y", "Undo, redo"),
    ("M", "What can be done to what is selected"),
    ("S", "Share"),
    ("D", "Files: save, open"),
    ("Esc", "Nothing selected, no cut"),
];

const SIGNS: [(&str, &str); 9] = [
    ("Thorns", "a traitor"),
    ("Cross, dashed", "crashed"),
    ("– on a dashed ring", "kept from sending"),
    ("↺", "restarted with old state"),
    ("«", "behind the others"),
    ("…", "slowed"),
    ("?2", "taken for faulty by two others"),
    (
        "Dashed way with ×, %, #, …, 2",
        "a link that is cut, lossy, damaging, slow, doubling",
    ),
    (
        "Hollow glyphs",
        "the run without its last change, or with it",
    ),
];

/// Signs whose meaning has a name in the system that runs.
fn named(room: &Room) -> Vec<(String, String)> {
    let present = &room.view.present;
    let (words, one) = (present.spec.words, present.cast.serving().0);
    let mut signs = Vec::new();
    if let Some(leads) = words.leads {
        let of = words.round.map(|round| format!(" of the {round}"));
        let says = format!("the {leads}{}", of.unwrap_or_default());
        signs.push(("Crown, second ring".into(), says));
    }
    if present.spec.quorums.is_some() {
        let arc = "votes it holds, out of those it needs";
        signs.push((format!("Arc around a {one}"), arc.into()));
    }
    if let Some(round) = words.round {
        let says = format!("has left its {round} for the next one");
        signs.push(("→".into(), says));
    }
    signs
}

/// The help dialog.
#[component]
pub fn Help(room: &Room) -> Html {
    let dialog = use_node_ref();
    let open = room.view.ui.dialog == Some(Dialog::Help);
    {
        let dialog = dialog.clone();
        use_effect_with(open, move |open| show(&dialog, *open));
    }
    let letters = room.view.ui.letters;
    html! {
        <dialog ref={dialog} aria-labelledby="help-title" onclose={room.on::<Event>(Look::Show(None))}>
            <h2 id="help-title">{ "How to read it, and the keys" }</h2>
            <dl class="keys">{ for named(room).into_iter().map(|(sign, says)| html! { <><dt><b>{ sign }</b></dt><dd>{ says }</dd></> }) }{ for SIGNS.iter().map(|(sign, says)| html! { <><dt><b>{ *sign }</b></dt><dd>{ *says }</dd></> }) }</dl>
            <hr class="rule" />
            <dl class="keys">{ for KEYS.iter().map(|(key, says)| html! { <><dt><kbd>{ *key }</kbd></dt><dd>{ *says }</dd></> }) }</dl>
            <div class="field check" style="margin-top: var(--s3)">
                <input id="letters" type="checkbox" checked={letters} onchange={room.on::<Event>(Look::Letters(!letters))} />
                <label for="letters">{ "Single letters and signs are keys" }</label>
            </div>
            <hr class="rule" />
            <p>{ "Every mark on this page is computed: the run is a pure function of its set-up, which is all in the address. Step back, change anything, and what follows is honest." }</p>
            <p style="margin-top: var(--s3); text-align: right"><button type="button" class="button strong" onclick={room.on(Look::Show(None))}>{ "Close" }</button></p>
        </dialog>
    }
}
