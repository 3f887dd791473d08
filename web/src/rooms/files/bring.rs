//! What comes in: a file, something dropped or pasted. It is read aside, and the run below stays
//! as it is until that has gone well.

use super::super::Room;
use crate::browser::files;
use crate::page::actions::{Action, Change, Look, Travel};
use crate::page::parts;
use crate::ui::Notice;
use crate::ui::{Panel, Target};
use gloo_events::{EventListener, EventListenerOptions};
use quorumscope_core::link::{self, LinkExtras};
use quorumscope_core::problem::Problem;
use quorumscope_core::recorded::MOST_BYTES;
use quorumscope_core::scenario::Scenario;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{ClipboardEvent, DataTransfer, DragEvent, Element, File};

/// Set on the page while something is dragged over it.
const DROPPING: &str = "dropping";

/// Listens for what is dropped and pasted anywhere, for as long as what it returns is kept.
pub(super) fn listen(latest: &Rc<RefCell<Room>>) -> impl FnOnce() + 'static + use<> {
    let document = web_sys::window().and_then(|window| window.document());
    let listeners = document.map(|document| {
        let on = |name: &'static str, act: fn(&Room, &web_sys::Event)| {
            let latest = Rc::clone(latest);
            let options = EventListenerOptions::enable_prevent_default();
            EventListener::new_with_options(&document, name, options, move |event| {
                act(&latest.borrow(), event);
            })
        };
        [
            on("paste", pasted),
            on("dragover", dragged),
            on("dragleave", |_, _| mark(false)),
            on("drop", dropped),
        ]
    });
    move || drop(listeners)
}

fn mark(on: bool) {
    let document = web_sys::window().and_then(|window| window.document());
    if let Some(root) = document.and_then(|document| document.document_element()) {
        let _ = root.class_list().toggle_with_force(DROPPING, on);
    }
}

fn dragged(_: &Room, event: &web_sys::Event) {
    event.prevent_default();
    mark(true);
}

fn dropped(room: &Room, event: &web_sys::Event) {
    event.prevent_default();
    mark(false);
    let data = event
        .dyn_ref::<DragEvent>()
        .and_then(DragEvent::data_transfer);
    carried(room, data, "What was dropped");
}

/// A file, or else text.
fn carried(room: &Room, data: Option<DataTransfer>, name: &str) {
    let Some(data) = data else {
        return;
    };
    match data.files().and_then(|files| files.get(0)) {
        Some(found) => file(room.clone(), found),
        None => {
            let found = data.get_data("text").unwrap_or_default();
            text(room.clone(), name.into(), found);
        }
    }
}

/// Whoever pastes into a field means the field.
fn pasted(room: &Room, event: &web_sys::Event) {
    let into = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok());
    let field = |element: &Element| {
        element
            .closest("input, textarea, select")
            .ok()
            .flatten()
            .is_some()
    };
    if into.as_ref().is_some_and(field) {
        return;
    }
    let data = event
        .dyn_ref::<ClipboardEvent>()
        .and_then(ClipboardEvent::clipboard_data);
    carried(room, data, "What was pasted");
}

/// Reads a file and opens what is in it.
pub(super) fn file(room: Room, file: File) {
    let name = file.name();
    if file.size() > MOST_BYTES as f64 {
        return refuse(&room, &name, "is longer than 64 MB, and no run is");
    }
    spawn_local(async move {
        match JsFuture::from(file.text()).await {
            Ok(read) => text(room, name, read.as_string().unwrap_or_default()),
            Err(_) => refuse(&room, &name, "cannot be read"),
        }
    });
}

/// Opens a link, a scenario or a recorded run; `name` says where it came from.
pub(super) fn text(room: Room, name: String, text: String) {
    if text.trim().is_empty() {
        return;
    }
    if room.view.ui.locked {
        return refuse(&room, &name, "this run is only to be watched");
    }
    if link::is_link(&text) {
        return spawn_local(async move {
            let opened = parts::reading(|| link::open(&text)).await;
            follow(&room, &name, &text, opened);
        });
    }
    spawn_local(async move {
        let present = room.view.scenario.to_value().to_string();
        let read = files::call("read", &[text.into(), present.into()]).await;
        let read = read.map(|read| files::texts(&read));
        let opened = match read {
            Ok(told) => open(&room, &name, &told).await,
            Err(why) => Err(why),
        };
        if let Err(why) = opened {
            refuse(&room, &name, &why);
        }
    });
}

/// What a link says.
type Opened = (Scenario, LinkExtras);

/// A link goes into the address, and the page follows it from there.
fn follow(room: &Room, name: &str, text: &str, opened: Result<Opened, Problem>) {
    match (opened, link::find_in(text), web_sys::window()) {
        (Err(problem), ..) => refuse(room, name, &problem.to_string()),
        (Ok(_), Some(code), Some(window)) => {
            room.act.emit(Action::Look(Look::Show(None)));
            let _ = window.location().set_hash(&format!("s={code}"));
        }
        (Ok((scenario, _)), ..) => {
            room.act.emit(Action::Look(Look::Show(None)));
            room.act
                .emit(Action::Change(Change::Propose(scenario.into())));
        }
    }
}

/// Opens what was read, and says how its replay went.
async fn open(room: &Room, name: &str, told: &[String]) -> Result<(), String> {
    let part = |index: usize| told.get(index).map_or("", String::as_str);
    let scenario = parts::reading(|| Scenario::parse(part(0))).await;
    let scenario = scenario.map_err(|problem| problem.to_string())?;
    room.act.emit(Action::Look(Look::Show(None)));
    room.act
        .emit(Action::Change(Change::Propose(scenario.into())));
    if let Ok(event) = part(3).parse() {
        room.act.emit(Action::Travel(Travel::GoTo(event)));
        room.act
            .emit(Action::Look(Look::Select(Some(Target::Event(event)))));
        room.act.emit(Action::Look(Look::Open(Panel::Inspect)));
    }
    let text = match part(2) {
        "" => format!("{name} is open."),
        verdict => format!("{name} is open: {verdict}."),
    };
    tell(room, part(1) == "false", text);
    Ok(())
}

fn refuse(room: &Room, name: &str, why: &str) {
    room.act.emit(Action::Look(Look::Show(None)));
    tell(
        room,
        true,
        format!("{name} cannot be opened: {why}. The run below is unchanged."),
    );
}

fn tell(room: &Room, bad: bool, text: String) {
    room.act.emit(Action::Look(Look::Tell(Some(Notice {
        bad,
        text,
        offer_default: false,
    }))));
}
