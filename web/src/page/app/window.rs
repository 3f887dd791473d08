//! The browser around the page: frames, keys, sizes, the address.

use super::{App, keys};
use crate::page::actions::{Action, Change, Look, Outside, Pointer};
use crate::ui::{Picture, Place, Touch};
use gloo_events::{EventListener, EventListenerOptions};
use gloo_render::{AnimationFrame, request_animation_frame};
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    Element, Event, HtmlCanvasElement, HtmlElement, KeyboardEvent, MouseEvent, PointerEvent,
    ResizeObserver,
};
use yew::NodeRef;
use yew::html::Scope;

/// The address is written at most this often, in milliseconds.
const WRITE_EVERY: f64 = 300.0;

/// A fault that moves less than this, in CSS pixels, is clicked and not carried.
const FIRM_GRIP: i32 = 8;

/// What pointers do, by the names of the events.
const FINGERS: [(&str, Touch); 4] = [
    ("pointerdown", Touch::Down),
    ("pointermove", Touch::Move),
    ("pointerup", Touch::Up),
    ("pointercancel", Touch::Lost),
];

/// The picture that an event is about: its canvas, or a node's button over it.
fn picture_of(event: &Event) -> Option<(Element, HtmlCanvasElement, Picture)> {
    let target: Element = event.target()?.dyn_into().ok()?;
    let canvas: HtmlCanvasElement = match target.clone().dyn_into() {
        Ok(canvas) => canvas,
        Err(button) => {
            let stage = button.closest(".actor").ok()??.closest(".stage").ok()??;
            stage.query_selector("canvas").ok()??.dyn_into().ok()?
        }
    };
    let picture = match &*canvas.get_attribute("data-picture")? {
        "ring" => Picture::Ring,
        _ => Picture::Diagram,
    };
    Some((target, canvas, picture))
}

/// Where a pointer is on a picture, in CSS pixels.
fn place_on(canvas: &Element, event: &MouseEvent) -> (f32, f32) {
    let corner = canvas.get_bounding_client_rect();
    (
        (f64::from(event.client_x()) - corner.left()) as f32,
        (f64::from(event.client_y()) - corner.top()) as f32,
    )
}

/// What a pointer does on one of the pictures.
fn finger(event: &Event, touch: Touch) -> Option<Action> {
    let (target, canvas, picture) = picture_of(event)?;
    let event = event.dyn_ref::<PointerEvent>()?;
    let id = event.pointer_id();
    let (x, y) = place_on(&canvas, event);
    match touch {
        Touch::Move if event.buttons() == 0 => {
            let hovers = event.pointer_type() != "touch";
            return hovers.then_some(Action::Pointer(Pointer::Over(picture, Some((x, y)))));
        }
        Touch::Down if event.button() != 0 => return None,
        Touch::Down => {
            let _: Result<(), JsValue> = target.set_pointer_capture(id);
        }
        _ => {}
    }
    let pointer = (id, event.pointer_type() == "touch");
    Some(Action::Pointer(Pointer::Finger(
        picture, touch, pointer, x, y,
    )))
}

/// A right click, a long press or the menu key on a picture: what can be done there?
fn asks(event: &Event) -> Option<Action> {
    let (_, canvas, picture) = picture_of(event)?;
    let (x, y) = place_on(&canvas, event.dyn_ref::<MouseEvent>()?);
    Some(Action::Pointer(Pointer::Ask(picture, x, y)))
}

/// A fault that is dragged from its list: which, where it was taken, and whether it has moved.
type Carried = (&'static str, (i32, i32), bool);

/// A mouse or pen drags a fault from its list over the page.
fn carry(carried: &Cell<Option<Carried>>, event: &Event, touch: Touch) -> Option<Action> {
    let pointer = event.dyn_ref::<PointerEvent>()?;
    let (x, y) = (pointer.client_x(), pointer.client_y());
    if touch == Touch::Down {
        let grabbed = fault_under(event).filter(|_| pointer.pointer_type() != "touch");
        carried.set(grabbed.map(|fault| (fault, (x, y), false)));
        return None;
    }
    let (fault, from, moved) = carried.get()?;
    let moved = moved || (x - from.0).abs() + (y - from.1).abs() > FIRM_GRIP;
    if touch == Touch::Move && pointer.buttons() != 0 {
        carried.set(Some((fault, from, moved)));
        return moved.then_some(Action::Look(Look::Carry(Some((fault, x as f32, y as f32)))));
    }
    carried.set(None);
    if !moved {
        return None;
    }
    let stage = web_sys::window()?
        .document()?
        .query_selector(".stage canvas")
        .ok()??;
    let ((px, py), size) = (place_on(&stage, pointer), stage.get_bounding_client_rect());
    let inside =
        (0.0..size.width()).contains(&px.into()) && (0.0..size.height()).contains(&py.into());
    let place = (inside && touch == Touch::Up).then_some((px, py));
    Some(Action::Change(Change::Drop(fault, place)))
}

fn fault_under(event: &Event) -> Option<&'static str> {
    let target: Element = event.target()?.dyn_into().ok()?;
    let name = target
        .closest("[data-fault]")
        .ok()??
        .get_attribute("data-fault")?;
    quorumscope_core::faults::find(&name).map(|fault| fault.name)
}

/// What the page holds of the browser.
pub(super) struct Browser {
    link: Scope<App>,
    frame: Option<AnimationFrame>,
    _keys: Option<EventListener>,
    _pointers: Option<[EventListener; 4]>,
    _asks: Option<EventListener>,
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
        let asks = document.as_ref().map(|document| {
            let link = link.clone();
            let options = EventListenerOptions::enable_prevent_default();
            EventListener::new_with_options(document, "contextmenu", options, move |event| {
                if let Some(action) = asks(event) {
                    event.prevent_default();
                    link.send_message(action);
                }
            })
        });
        let carried = Rc::new(Cell::new(None));
        let over = Rc::new(Cell::new(false));
        let pointers = document.map(|document| {
            FINGERS.map(|(name, touch)| {
                let (link, carried, over) = (link.clone(), Rc::clone(&carried), Rc::clone(&over));
                EventListener::new(&document, name, move |event| {
                    let action = carry(&carried, event, touch).or_else(|| finger(event, touch));
                    let left = action.is_none() && touch == Touch::Move && over.replace(false);
                    if left {
                        link.send_message(Action::Pointer(Pointer::Over(Picture::Ring, None)));
                    }
                    if let Some(action) = action {
                        over.set(
                            over.get() || matches!(action, Action::Pointer(Pointer::Over(..))),
                        );
                        link.send_message(action);
                    }
                })
            })
        });
        let address = window.map(|window| {
            let link = link.clone();
            EventListener::new(&window, "hashchange", move |_| {
                link.send_message(Action::Outside(Outside::Address));
            })
        });
        Self {
            link: link.clone(),
            frame: None,
            _keys: keys,
            _pointers: pointers,
            _asks: asks,
            _address: address,
            observer: None,
            letters,
            to_write: None,
            written_at: f64::NEG_INFINITY,
        }
    }

    /// The way to the app, for what comes later.
    pub(super) fn link(&self) -> Scope<App> {
        self.link.clone()
    }

    /// Whether single letters are keys from now on.
    pub(super) fn letters_are_keys(&self, on: bool) {
        self.letters.set(on);
    }

    /// Asks for a frame, if none is on its way.
    pub(super) fn wake(&mut self, link: &Scope<App>) {
        if self.frame.is_none() {
            let link = link.clone();
            let send = move |wall| link.send_message(Action::Outside(Outside::Frame(wall)));
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
            link.send_message(Action::Outside(Outside::Resized(w, h)));
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

/// Scrolls to a part of the page; the keyboard goes along to the panel.
pub(super) fn bring(place: Place) {
    let selector = match place {
        Place::Stage => ".stage",
        Place::Panel => ".side [aria-selected=true]",
    };
    let found = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.query_selector(selector).ok().flatten());
    let Some(found) = found.and_then(|found| found.dyn_into::<HtmlElement>().ok()) else {
        return;
    };
    if place == Place::Panel {
        let _: Result<(), JsValue> = found.focus();
    }
    found.scroll_into_view_with_bool(true);
}

/// Puts the run into the address, without a new entry in the history.
fn write(link: &str) {
    if let Some(history) = web_sys::window().and_then(|window| window.history().ok()) {
        let _: Result<(), JsValue> = history.replace_state_with_url(&JsValue::NULL, "", Some(link));
    }
}
