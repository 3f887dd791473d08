//! The window itself: its address, its clock, and what it shows when the program fails.

use std::panic::PanicHookInfo;
use wasm_bindgen::JsValue;
use web_sys::Document;

/// The document that the page is.
#[must_use]
pub fn document() -> Option<Document> {
    web_sys::window()?.document()
}

/// The whole address.
#[must_use]
pub fn address() -> String {
    web_sys::window()
        .and_then(|window| window.location().href().ok())
        .unwrap_or_default()
}

/// Opens the page anew.
pub fn reload() {
    if let Some(window) = web_sys::window() {
        let _: Result<(), JsValue> = window.location().reload();
    }
}

/// The window that this one is a frame of.
#[must_use]
pub fn parent() -> Option<web_sys::Window> {
    let window = web_sys::window()?;
    let parent = window.parent().ok()??;
    (JsValue::from(&parent) != JsValue::from(&window)).then_some(parent)
}

/// A moment until which work may go on.
#[derive(Clone, Copy, Debug)]
pub struct Deadline(f64);

/// The moment `ms` milliseconds from now.
#[must_use]
pub fn deadline(ms: f64) -> Deadline {
    Deadline(wall() + ms)
}

impl Deadline {
    /// Whether it is over.
    #[must_use]
    pub fn passed(&self) -> bool {
        wall() >= self.0
    }
}

fn wall() -> f64 {
    web_sys::window()
        .and_then(|window| window.performance())
        .map_or(0.0, |performance| performance.now())
}

/// What must not happen is said on the page, with a way out, and never leaves it blank.
pub fn tell_panic(panic: &PanicHookInfo<'_>) {
    let Some(document) = document() else {
        return;
    };
    let (Ok(notice), Ok(Some(body))) = (
        document.create_element("p"),
        document.query_selector("body"),
    ) else {
        return;
    };
    notice.set_class_name("fatal");
    let _: Result<(), JsValue> = notice.set_attribute("role", "alert");
    notice.set_inner_html("Quorumscope met a fault of its own and stopped. <a href=\"./\">Start afresh</a>, and please report this: ");
    if let Ok(what) = document.create_element("code") {
        what.set_text_content(Some(&panic.to_string()));
        let _ = notice.append_child(&what);
    }
    let _ = body.append_child(&notice);
}
