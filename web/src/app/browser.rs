//! The browser around the page: frames, keys, sizes, the address.

use super::{App, keys};
use crate::actions::{Action, Picture, Touch};
use crate::options::{self, Options};
use gloo_events::{EventListener, EventListenerOptions};
use gloo_render::{AnimationFrame, request_animation_frame};
use quorumscope_core::link::query_of;
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Event, HtmlCanvasElement, KeyboardEvent, PointerEvent, ResizeObserver};
use yew::NodeRef;
use yew::html::Scope;

/// The address is written at most this often, in milliseconds.
const WRITE_EVERY: f64 = 300.0;

/// What pointers do, by the names of the events.
const FINGERS: [(&str, Touch); 4] = [
    ("pointerdown", Touch::Down),
    ("pointermove", Touch::Move),
    ("pointerup", Touch::Up),
    ("pointercancel", Touch::Lost),
];

/// What a pointer does on one of the pictures.
fn finger(event: &Event, touch: Touch) -> Option<Action> {
    let event = event.dyn_ref::<PointerEvent>()?;
    let canvas = event.target()?.dyn_into::<HtmlCanvasElement>().ok()?;
    let picture = match &*canvas.get_attribute("data-picture")? {
        "ring" => Picture::Ring,
        _ => Picture::Diagram,
    };
    let id = event.pointer_id();
    match touch {
        Touch::Move if event.buttons() == 0 => return None,
        Touch::Down if event.button() != 0 => return None,
        Touch::Down => {
            let _: Result<(), JsValue> = canvas.set_pointer_capture(id);
        }
        _ => {}
    }
    let (x, y) = (event.offset_x() as f32, event.offset_y() as f32);
    let pointer = (id, event.pointer_type() == "touch");
    Some(Action::Finger(picture, touch, pointer, x, y))
}

/// What the page holds of the browser.
pub(super) struct Browser {
    frame: Option<AnimationFrame>,
    _keys: Option<EventListener>,
    _pointers: Option<[EventListener; 4]>,
    _address: Option<EventListener>,
    observer: Option<(ResizeObserver, Closure<dyn FnMut()>)>,
    letters: Rc<Cell<bool>>,
    to_write: Option<String>,
    written_at: f64,
}

impl Browser {
    pub(super) fn new(link: &Scope<App>) -> Self {
        let window = web_sys::window();
        let letters = Rc::new(Cell::new(true));
        let keys = window
            .as_ref()
            .and_then(web_sys::Window::document)
            .map(|document| {
                let (link, letters) = (link.clone(), Rc::clone(&letters));
                let options = EventListenerOptions::enable_prevent_default();
                EventListener::new_with_options(&document, "keydown", options, move |event| {
                    let Some(event) = event.dyn_ref::<KeyboardEvent>() else {
                        return;
                    };
                    if let Some(action) = keys::action(event, letters.get()) {
                        event.prevent_default();
                        link.send_message(action);
                    }
                })
            });
        let document = window.as_ref().and_then(web_sys::Window::document);
        let pointers = document.map(|document| {
            FINGERS.map(|(name, touch)| {
                let link = link.clone();
                EventListener::new(&document, name, move |event| {
                    if let Some(action) = finger(event, touch) {
                        link.send_message(action);
                    }
                })
            })
        });
        let address = window.map(|window| {
            let link = link.clone();
            EventListener::new(&window, "hashchange", move |_| {
                link.send_message(Action::Address);
            })
        });
        Self {
            frame: None,
            _keys: keys,
            _pointers: pointers,
            _address: address,
            observer: None,
            letters,
            to_write: None,
            written_at: f64::NEG_INFINITY,
        }
    }

    /// Whether single letters are keys from now on.
    pub(super) fn letters_are_keys(&self, on: bool) {
        self.letters.set(on);
    }

    /// Asks for a frame, if none is on its way.
    pub(super) fn wake(&mut self, link: &Scope<App>) {
        if self.frame.is_none() {
            let link = link.clone();
            let send = move |wall| link.send_message(Action::Frame(wall));
            self.frame = Some(request_animation_frame(send));
        }
    }

    pub(super) fn frame_came(&mut self, wall: f64) {
        self.frame = None;
        if wall - self.written_at >= WRITE_EVERY
            && let Some(link) = self.to_write.take()
        {
            self.written_at = wall;
            write(&link);
        }
    }

    /// Whether the address is behind the run.
    pub(super) fn has_to_write(&self) -> bool {
        self.to_write.is_some()
    }

    pub(super) fn address_is_to_be(&mut self, link: &str) {
        self.to_write = Some(link.to_string());
    }

    /// Tells the app whenever the stage has another size.
    pub(super) fn watch(&mut self, link: &Scope<App>, canvas: &NodeRef) {
        let Some(canvas) = canvas.cast::<HtmlCanvasElement>() else {
            return;
        };
        let (link, watched) = (link.clone(), canvas.clone());
        let told = Closure::<dyn FnMut()>::new(move || {
            let (w, h) = (
                watched.client_width() as f32,
                watched.client_height() as f32,
            );
            link.send_message(Action::Resized(w, h));
        });
        if let Ok(observer) = ResizeObserver::new(told.as_ref().unchecked_ref()) {
            observer.observe(&canvas);
            self.observer = Some((observer, told));
        }
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        if let Some((observer, _)) = &self.observer {
            observer.disconnect();
        }
    }
}

/// A moment until which work may go on.
pub(super) struct Deadline(f64);

/// So many milliseconds from now.
pub(super) fn deadline(ms: f64) -> Deadline {
    Deadline(wall() + ms)
}

impl Deadline {
    pub(super) fn passed(&self) -> bool {
        wall() >= self.0
    }
}

fn wall() -> f64 {
    web_sys::window()
        .and_then(|window| window.performance())
        .map_or(0.0, |performance| performance.now())
}

/// Opens the page anew.
pub(super) fn reload() {
    if let Some(window) = web_sys::window() {
        let _: Result<(), JsValue> = window.location().reload();
    }
}

/// The whole address.
pub(super) fn address() -> String {
    web_sys::window()
        .and_then(|window| window.location().href().ok())
        .unwrap_or_default()
}

/// What the address says about the page itself.
pub(super) fn options() -> Options {
    let options = options::options(&query_of(&address()));
    if !options.strange.is_empty() {
        let names = options.strange.join(", ");
        web_sys::console::info_1(&format!("Quorumscope passes over: {names}").into());
    }
    options
}

/// Hides and shows what the address says; the style sheet knows the names.
pub(super) fn dress(options: &Options) {
    let root = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.document_element());
    let Some(classes) = root.map(|root| root.class_list()) else {
        return;
    };
    let views = &options.views;
    let put = |class: &str| drop(classes.add_1(class));
    for part in &options.hidden {
        put(&format!("no-{part}"));
    }
    for view in views {
        put(&format!("with-{view}"));
    }
    if options.embed && !views.is_empty() && !views.contains(&"ring") {
        put("no-ring");
    }
    for (on, class) in [(options.calm, "calm"), (options.locked, "locked")] {
        if on {
            put(class);
        }
    }
}

/// Puts the run into the address, without a new entry in the history.
fn write(link: &str) {
    if let Some(history) = web_sys::window().and_then(|window| window.history().ok()) {
        let _: Result<(), JsValue> = history.replace_state_with_url(&JsValue::NULL, "", Some(link));
    }
}

/// What must not happen is said on the page, with a way out, and never leaves it blank.
pub(super) fn tell_panics() {
    std::panic::set_hook(Box::new(|panic| {
        let Some(document) = web_sys::window().and_then(|window| window.document()) else {
            return;
        };
        let (Ok(notice), Some(body)) = (
            document.create_element("p"),
            document.query_selector("body").ok().flatten(),
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
    }));
}
