//! What to hand out: a link, a frame for another page, Markdown.

use super::Room;
use super::dialog::show;
use crate::actions::{Action, Dialog};
use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

/// The share dialog.
#[component]
pub fn Share(room: &Room) -> Html {
    let dialog = use_node_ref();
    let said = use_state(String::new);
    let open = room.view.ui.dialog == Some(Dialog::Share);
    {
        let dialog = dialog.clone();
        use_effect_with(open, move |open| show(&dialog, *open));
    }
    let base = base();
    let link = format!("{base}{}", room.view.link);
    let frame = format!(
        "<iframe src=\"{base}?embed=1{}\" width=\"640\" height=\"400\" title=\"A run of {} in Quorumscope\" style=\"border:0\"></iframe>",
        room.view.link, room.view.scenario.protocol
    );
    let markdown = format!(
        "[A run of {} in Quorumscope]({link})",
        room.view.scenario.protocol
    );
    let forms = [
        ("share-link", "Link", link),
        ("share-frame", "Frame for a page", frame),
        ("share-markdown", "Markdown", markdown),
    ];
    let form = |(id, label, text): (&'static str, &'static str, String)| {
        let field = NodeRef::default();
        let (said, held) = (said.clone(), field.clone());
        let onclick = Callback::from(move |_: MouseEvent| {
            said.set(if copy(&held) {
                format!("{label}: copied.")
            } else {
                format!("{label}: selected; press Ctrl+C or ⌘C.")
            });
        });
        html! {
            <div key={id} class="field">
                <label for={id}>{ label }</label>
                <button type="button" class="button" {onclick}>{ format!("Copy {}", label.to_ascii_lowercase()) }</button>
                <textarea {id} ref={field} readonly=true style="grid-column: 1 / -1" value={text.clone()} />
            </div>
        }
    };
    html! {
        <dialog ref={dialog} aria-labelledby="share-title" onclose={room.on::<Event>(Action::Show(None))}>
            <h2 id="share-title">{ "Share this run" }</h2>
            <p style="margin-bottom: var(--s4)">{ "The whole run is in the address: whoever opens it sees the same, event for event." }</p>
            { for forms.into_iter().map(form) }
            <p role="status">{ (*said).clone() }</p>
            <p style="text-align: right"><button type="button" class="button strong" onclick={room.on(Action::Show(None))}>{ "Close" }</button></p>
        </dialog>
    }
}

/// The address without what is said in it.
fn base() -> String {
    let href = web_sys::window()
        .and_then(|window| window.location().href().ok())
        .unwrap_or_default();
    href.split(['?', '#'])
        .next()
        .unwrap_or_default()
        .to_string()
}

/// Copies a field's text, in the way that also works inside frames.
fn copy(field: &NodeRef) -> bool {
    let Some(area) = field.cast::<HtmlTextAreaElement>() else {
        return false;
    };
    let _ = area.focus();
    area.select();
    web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| wasm_bindgen::JsCast::dyn_into::<web_sys::HtmlDocument>(document).ok())
        .and_then(|document| document.exec_command("copy").ok())
        .unwrap_or(false)
}
