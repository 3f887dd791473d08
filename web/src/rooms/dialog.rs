//! Opens and closes the page's dialogs, and copies what stands in their fields.

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{HtmlDialogElement, HtmlDocument, HtmlTextAreaElement};
use yew::prelude::*;

/// Opens or closes a dialog element.
pub(super) fn show(dialog: &NodeRef, open: bool) {
    if let Some(dialog) = dialog.cast::<HtmlDialogElement>() {
        if open && !dialog.open() {
            let _ = dialog.show_modal();
        } else if !open && dialog.open() {
            dialog.close();
        }
    }
}

/// Copies a field's text when it is called, and says so of what `name` calls it.
pub(super) fn copying(
    name: &'static str,
    field: &NodeRef,
    said: &UseStateHandle<String>,
) -> Callback<MouseEvent> {
    let (field, said) = (field.clone(), said.clone());
    Callback::from(move |_| {
        let (field, said) = (field.clone(), said.clone());
        spawn_local(async move {
            let done = copy(&field).await;
            let how = if done {
                "copied."
            } else {
                "selected; press Ctrl+C or ⌘C."
            };
            said.set(format!("{name}: {how}"));
        });
    })
}

/// Copies a field's text: by the clipboard, or where that is closed, as in many frames, by the
/// document's own command. False if both are refused; the text is selected then.
async fn copy(field: &NodeRef) -> bool {
    let (Some(area), Some(window)) = (field.cast::<HtmlTextAreaElement>(), web_sys::window())
    else {
        return false;
    };
    let _ = area.focus();
    area.select();
    // Without a secure context there is no clipboard, whatever the types say.
    let clipboard = window.navigator().clipboard();
    if clipboard.is_object()
        && JsFuture::from(clipboard.write_text(&area.value()))
            .await
            .is_ok()
    {
        return true;
    }
    let document = window.document();
    let document = document.and_then(|document| document.dyn_into::<HtmlDocument>().ok());
    document.is_some_and(|document| document.exec_command("copy").unwrap_or(false))
}
