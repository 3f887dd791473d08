//! Keys, and how to read the stage.

use super::Room;
use super::dialog::show;
use crate::page::actions::Look;
use crate::ui::Dialog;
use yew::prelude::*;

const KEYS: [(&str, &str); 17] = [
    ("Space or K", "Play, pause"),
    ("→ ←", "One event on, back"),
    (". ,", "One step of a replica on, back"),
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

const SIGNS: [(&str, &str); 12] = [
    ("Crown, second ring", "the primary of the view"),
    (
        "Arc around a replica",
        "votes it holds, out of those it needs",
    ),
    ("Thorns", "a traitor"),
    ("Cross, dashed", "crashed"),
    ("– on a dashed ring", "kept from sending"),
    ("↺", "restarted with old state"),
    ("«", "behind the others"),
    ("…", "slowed"),
    ("?2", "taken for faulty by two others"),
    ("→", "has left its view for the next one"),
    (
        "Dashed way with ×, %, #, …, 2",
        "a link that is cut, lossy, damaging, slow, doubling",
    ),
    (
        "Hollow glyphs",
        "the run without its last change, or with it",
    ),
];

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
            <dl class="keys">{ for SIGNS.iter().map(|(sign, says)| html! { <><dt><b>{ *sign }</b></dt><dd>{ *says }</dd></> }) }</dl>
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
