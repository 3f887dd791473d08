//! What to hand out: the link in many forms, with as much of the page as one likes.

use super::Room;
use super::dialog::{copying, show};
use crate::address::link_view;
use crate::address::share::{self, Choice, FORMS};
use crate::browser::files;
use crate::page::actions::Look;
use crate::page::view::View;
use crate::ui::Dialog;
use js_sys::{Function, Object, Reflect};
use quorumscope_core::time::Time;
use serde_json::Value;
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// What the link brings back besides the run, in the order of the boxes.
const BOXES: [(&str, &str); 4] = [
    ("share-moment", "This moment"),
    ("share-view", "What is open"),
    ("share-selected", "What is selected"),
    ("share-embed", "As a frame: the run alone"),
];

type Drawn = UseStateHandle<Option<Result<Vec<String>, String>>>;

/// What somebody chose in the dialog, and what came of it.
struct Sharing {
    /// Which boxes are ticked, in their order.
    chosen: UseStateHandle<[bool; 4]>,
    form: UseStateHandle<&'static str>,
    /// The QR code.
    code: Drawn,
    /// What became of a copy.
    said: UseStateHandle<String>,
}

impl Sharing {
    /// Whether the form is a frame, whatever is ticked.
    fn framed(&self) -> bool {
        matches!(*self.form, "iframe" | "Jupyter")
    }
}

/// The choices so far; a dialog that opens has neither code nor answer.
#[hook]
fn use_sharing(dialog: &NodeRef, open: bool) -> Sharing {
    let sharing = Sharing {
        chosen: use_state(|| [true, true, true, false]),
        form: use_state(|| FORMS[0]),
        code: use_state(|| None),
        said: use_state(String::new),
    };
    let (dialog, said, code) = (dialog.clone(), sharing.said.clone(), sharing.code.clone());
    use_effect_with(open, move |open| {
        said.set(String::new());
        code.set(None);
        show(&dialog, *open);
    });
    sharing
}

/// The page as it was when the dialog opened, however time runs: its instant, what is open, what is selected.
type Held = (Time, Option<Value>, Option<Value>);

#[hook]
fn use_held(view: &View, open: bool) -> Rc<Held> {
    use_memo(open, |_| {
        let (shown, selected) = (link_view::shown(&view.ui), link_view::selected(&view.ui));
        (view.present.now, shown, selected)
    })
}

/// The link as it was chosen; empty while the dialog is shut.
#[hook]
fn use_link(view: &View, open: bool, held: &Held, sharing: &Sharing) -> Rc<String> {
    let chosen = (*sharing.chosen, sharing.framed());
    use_memo(
        (open, view.link.clone(), chosen),
        |(open, run, ([moment, shown, selected, embed], framed))| {
            let choice = Choice {
                moment: moment.then_some(held.0),
                view: link_view::both(
                    held.1.clone().filter(|_| *shown),
                    held.2.clone().filter(|_| *selected),
                ),
                embed: *embed || *framed,
            };
            match open {
                true => share::link(&base(), run, &choice),
                false => String::new(),
            }
        },
    )
}

/// The share dialog.
#[component]
pub fn Share(room: &Room) -> Html {
    let (dialog, field) = (use_node_ref(), use_node_ref());
    let view = &room.view;
    let open = view.ui.dialog == Some(Dialog::Share);
    let sharing = use_sharing(&dialog, open);
    let held = use_held(view, open);
    let link = use_link(view, open, &held, &sharing);
    let (title, description) = (view.title(), view.description());
    let form = *sharing.form;
    let text = share::form(form, &link, &title, &description);
    let onclick = copying(form, &field, &sharing.said);
    let hand = pass_on(title, description, (*link).clone(), sharing.said.clone());
    let Sharing { code, chosen, .. } = &sharing;
    html! {
        <dialog ref={dialog} class="share" aria-labelledby="share-title" onclose={room.on::<Event>(Look::Show(None))}>
            <h2 id="share-title">{ "Share this run" }</h2>
            <p class="lead">{ "The whole run is in the address: whoever opens it sees the same, event for event." }</p>
            <div class="boxes" role="group" aria-label="What the link brings back besides the run">{ boxes(&sharing, &held) }</div>
            <div class="menu" role="group" aria-label="Form">{ forms(&sharing) }</div>
            <textarea ref={field} id="share-text" readonly=true rows="4" aria-label={form} value={text} />
            <div class="menu">
                <button type="button" class="button strong" {onclick}>{ "Copy" }</button>
                <button type="button" class="button" hidden={!can_pass_on()} onclick={hand}>{ "Send with…" }</button>
                <button type="button" class="button" aria-expanded={code.is_some().to_string()} onclick={draw(&link, code)}>{ "QR code" }</button>
            </div>
            <p class="said" role="status">{ (*sharing.said).clone() }</p>
            { qr(code, chosen) }
            <p class="end"><button type="button" class="button" onclick={room.on(Look::Show(None))}>{ "Close" }</button></p>
        </dialog>
    }
}

/// A box for each thing that the link can bring back.
fn boxes(sharing: &Sharing, held: &Held) -> Html {
    let framed = sharing.framed();
    let one = |(index, (id, label)): (usize, &(&'static str, &'static str))| {
        let onchange = tick(index, &sharing.chosen, &sharing.code);
        let (moment, frame) = (index == 0, index == 3 && framed);
        let moot = frame || index == 2 && held.2.is_none();
        let at = if moment {
            format!(": {}", held.0)
        } else {
            String::new()
        };
        html! {
            <label key={*id} class="box"><input id={*id} type="checkbox" checked={sharing.chosen[index] || frame} disabled={moot} {onchange} />{ label }{ at }</label>
        }
    };
    BOXES.iter().enumerate().map(one).collect()
}

/// The forms that the link can take.
fn forms(sharing: &Sharing) -> Html {
    let one = |name: &&'static str| {
        let pressed = *sharing.form == *name;
        let onclick = choose(name, &sharing.form, &sharing.code);
        html! { <button key={*name} type="button" class="button" aria-pressed={pressed.to_string()} {onclick}>{ name }</button> }
    };
    FORMS.iter().map(one).collect()
}

/// Ticks a box, or clears it.
fn tick(index: usize, chosen: &UseStateHandle<[bool; 4]>, code: &Drawn) -> Callback<Event> {
    let (chosen, code) = (chosen.clone(), code.clone());
    Callback::from(move |event: Event| {
        let mut now = *chosen;
        now[index] = event.target_unchecked_into::<HtmlInputElement>().checked();
        chosen.set(now);
        code.set(None);
    })
}

fn choose(
    name: &'static str,
    form: &UseStateHandle<&'static str>,
    code: &Drawn,
) -> Callback<MouseEvent> {
    let (form, code) = (form.clone(), code.clone());
    Callback::from(move |_| {
        form.set(name);
        code.set(None);
    })
}

/// Draws the QR code of the link, or puts it away.
fn draw(link: &str, code: &Drawn) -> Callback<MouseEvent> {
    let (link, code) = (link.to_owned(), code.clone());
    Callback::from(move |_| {
        if code.is_some() {
            return code.set(None);
        }
        let (link, code) = (link.clone(), code.clone());
        spawn_local(async move {
            let drawn = files::call("qr", &[link.into()]).await;
            code.set(Some(drawn.map(|drawn| files::texts(&drawn))));
        });
    })
}

/// The QR code, or why there is none and what can be left out.
fn qr(code: &Drawn, chosen: &UseStateHandle<[bool; 4]>) -> Html {
    match &**code {
        None => html! { <div hidden=true></div> },
        Some(Ok(drawn)) => {
            let side: u32 = drawn
                .first()
                .and_then(|side| side.parse().ok())
                .unwrap_or(0);
            let sheet = format!("-4 -4 {0} {0}", side + 8);
            let path = drawn.get(1).cloned().unwrap_or_default();
            html! {
                <div class="qr"><svg viewBox={sheet} role="img" aria-label="QR code of the link" shape-rendering="crispEdges"><path d={path} /></svg></div>
            }
        }
        Some(Err(why)) => {
            let more = chosen[..3].contains(&true);
            let (chosen, code) = (chosen.clone(), code.clone());
            let leave = Callback::from(move |_: MouseEvent| {
                chosen.set([false, false, false, chosen[3]]);
                code.set(None);
            });
            html! {
                <div class="warning" role="alert">
                    <p>{ format!("No QR code: {why}. ") }{ if more { "The link is shorter without moment and view." } else { "Nothing more can be left out: hand out the link, or the run as a file." } }</p>
                    <button type="button" class="button" hidden={!more} onclick={leave}>{ "Leave out moment and view" }</button>
                </div>
            }
        }
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

/// The browser's own way to send something on, where it has one.
fn sender() -> Option<(JsValue, Function)> {
    let navigator: JsValue = web_sys::window()?.navigator().into();
    let share = Reflect::get(&navigator, &"share".into()).ok()?;
    Some((navigator, share.dyn_into().ok()?))
}

fn can_pass_on() -> bool {
    sender().is_some()
}

fn pass_on(
    title: String,
    text: String,
    link: String,
    said: UseStateHandle<String>,
) -> Callback<MouseEvent> {
    Callback::from(move |_| {
        let given = Object::new();
        for (name, value) in [("title", &title), ("text", &text), ("url", &link)] {
            let _: Result<bool, JsValue> = Reflect::set(&given, &name.into(), &value.into());
        }
        let asked = sender().and_then(|(navigator, share)| share.call1(&navigator, &given).ok());
        let said = said.clone();
        spawn_local(async move {
            let sent = match asked {
                Some(promise) => JsFuture::from(js_sys::Promise::resolve(&promise))
                    .await
                    .is_ok(),
                None => false,
            };
            said.set(if sent { "Sent on." } else { "Not sent." }.into());
        });
    })
}
