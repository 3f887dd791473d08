//! Hands things to the visitor: a file to keep, a figure to print.

use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, Document, HtmlAnchorElement, Url, Window};

/// Where the figure hangs that is printed in place of the page.
const FIGURE: &str = "figure-to-print";

fn place() -> Result<(Window, Document), JsValue> {
    let window = web_sys::window().ok_or("no window")?;
    let document = window.document().ok_or("no document")?;
    Ok((window, document))
}

/// Text as something that can be kept.
#[wasm_bindgen]
pub fn blob(text: &str, mime: &str) -> Result<Blob, JsValue> {
    let kind = BlobPropertyBag::new();
    kind.set_type(mime);
    Blob::new_with_str_sequence_and_options(&js_sys::Array::of1(&text.into()), &kind)
}

/// Offers a file as a download; false where that may be refused without a word.
///
/// Frames may forbid downloads, and no frame can find out. One without an origin of its own
/// is in a sandbox, and there it is not even tried.
///
/// # Errors
/// Those of the browser.
#[wasm_bindgen]
pub fn keep(name: &str, file: &Blob) -> Result<bool, JsValue> {
    let (window, document) = place()?;
    let sandbox = window.origin() == "null" && window.location().protocol()? != "file:";
    if !sandbox {
        let url = Url::create_object_url_with_blob(file)?;
        let link: HtmlAnchorElement = document.create_element("a")?.dyn_into()?;
        link.set_href(&url);
        link.set_download(name);
        link.click();
    }
    let framed = JsValue::from(window.parent()?) != JsValue::from(&window);
    Ok(!sandbox && !framed)
}

/// Prints a picture with what stands below it: lines of text, the last of them an address.
///
/// The figure stays in the page, for print alone, until [`take_down`].
///
/// # Errors
/// Those of the browser.
#[wasm_bindgen]
pub fn print(svg: &str, caption: &str, address: &str) -> Result<(), JsValue> {
    let (window, document) = place()?;
    take_down()?;
    let figure = document.create_element("figure")?;
    figure.set_id(FIGURE);
    figure.set_inner_html(svg);
    let below = document.create_element("figcaption")?;
    for line in caption.lines() {
        let paragraph = document.create_element("p")?;
        paragraph.set_text_content(Some(line));
        below.append_child(&paragraph)?;
    }
    let link = document.create_element("a")?;
    link.set_attribute("href", address)?;
    link.set_text_content(Some(address));
    below.append_child(&link)?;
    figure.append_child(&below)?;
    document.body().ok_or("no body")?.append_child(&figure)?;
    window.print()
}

/// Takes the figure out of the page.
///
/// # Errors
/// Those of the browser.
#[wasm_bindgen]
pub fn take_down() -> Result<(), JsValue> {
    let (_, document) = place()?;
    if let Some(figure) = document.get_element_by_id(FIGURE) {
        figure.remove();
    }
    Ok(())
}
