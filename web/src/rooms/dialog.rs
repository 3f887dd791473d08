//! Opens and closes the page's dialogs.

use web_sys::HtmlDialogElement;
use yew::NodeRef;

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
