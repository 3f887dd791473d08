//! Breaking it by hand: every fault with the form that it describes itself.

use super::Room;
use crate::actions::{Action, Target};
use crate::forms::{Draft, LASTS, begin, entry, knobs};
use crate::view::View;
use quorumscope_core::fault::{Fault, Knob, Takes};
use quorumscope_core::{behaviours, faults};
use std::rc::Rc;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

/// Lists of nodes to choose from are no longer than this.
const MOST_CHOICES: usize = 200;

/// The panel: faults to take up, the form of the one that is, and what was ordered so far.
pub fn breaking(room: &Room) -> Html {
    let view = &room.view;
    let taken = view.ui.fault.and_then(faults::find);
    let button = |fault: &&'static Fault| {
        let open = view.ui.fault == Some(fault.name);
        let then = Action::Choose((!open).then_some(fault.name));
        html! {
            <button key={fault.name} type="button" class="button" data-fault={fault.name} aria-pressed={open.to_string()} title={fault.says} onclick={room.on(then)}>{ fault.title }</button>
        }
    };
    let carried = view
        .ui
        .carried
        .and_then(|(name, at)| Some((faults::find(name)?, at)));
    let form = taken.map_or_else(
        || html! { <p class="lead">{ "Take something up, or drag it onto a node, a link or a message: it happens at the present instant, and what follows is computed anew. Undo brings the old future back." }</p> },
        |fault| html! { <FaultForm key={form_key(view, fault)} view={view.clone()} act={room.act.clone()} fault={fault.name} /> },
    );
    html! {
        <>
            <div key="menu" class="menu" role="group" aria-label="What can be done">{ for faults::ALL.iter().map(button) }</div>
            <div key="form">{ form }</div>
            { in_hand(carried) }
            <h2 key="title">{ "Done so far" }</h2>
            <ul key="script" class="script">{ for (0..view.scenario.script.len()).map(|index| done(room, index)) }</ul>
            <p key="none" class="lead" hidden={!view.scenario.script.is_empty()}>{ "Nothing: the run is as the set-up says." }</p>
        </>
    }
}

/// A fault on its way to where it is dropped.
fn in_hand(carried: Option<(&'static Fault, crate::scene::Point)>) -> Html {
    let (title, style) = carried.map_or_else(Default::default, |(fault, at)| {
        (fault.title, format!("left:{:.0}px;top:{:.0}px", at.x, at.y))
    });
    html! { <p key="hand" class="carried" hidden={carried.is_none()} {style}>{ title }</p> }
}

/// Another selection makes another form, filled in anew.
fn form_key(view: &View, fault: &Fault) -> String {
    let about = match view.ui.selected {
        Some(Target::Node(node) | Target::Cell(node, _)) => format!("node {node}"),
        Some(Target::Message(message, to)) => format!("message {} to {to}", message.0),
        Some(Target::Link(from, to)) => format!("link {from} to {to}"),
        _ => String::new(),
    };
    let filled = view.ui.draft.as_ref().map(|draft| format!("{draft:?}"));
    format!("{} {about} {}", fault.name, filled.unwrap_or_default())
}

/// One order of the script, with a way to take it out.
fn done(room: &Room, index: usize) -> Html {
    let view = &room.view;
    let order = &view.scenario.script[index];
    let mut without = (*view.scenario).clone();
    without.script.remove(index);
    let says = view
        .lens
        .chronicle(|chronicle| view.cast().among(&chronicle.events).ordered(order));
    let until = order.until.map(|until| format!(", until {until}"));
    html! {
        <li key={index.to_string()}>
            <span class="when">{ order.at.to_string() }</span>
            <span>{ says }{ until.unwrap_or_default() }</span>
            <button type="button" class="button bare icon" aria-label={format!("Take out: {}", order.fault.title)} onclick={room.on(Action::Propose(Rc::new(without)))}>{ crate::icons::icon("cross") }</button>
        </li>
    }
}

/// What the form is handed.
#[derive(Clone, PartialEq, Properties)]
pub struct FormProps {
    /// What there is to see.
    pub view: Rc<View>,
    /// What can be done.
    pub act: Callback<Action>,
    /// The fault's name.
    pub fault: &'static str,
}

/// The form of one fault.
#[component]
pub fn FaultForm(props: &FormProps) -> Html {
    let Some(fault) = faults::find(props.fault) else {
        return html! { <div hidden=true></div> };
    };
    let view = &props.view;
    let draft = use_state(|| {
        let filled = view.ui.draft.clone();
        filled.unwrap_or_else(|| begin(fault, view.aim(), view.scenario.nodes))
    });
    let unread = use_state(|| None::<(&'static str, String)>);
    let set = {
        let draft = draft.clone();
        Callback::from(move |(name, text): (&'static str, String)| {
            let mut changed: Draft = (*draft).clone();
            changed.set(name, text);
            draft.set(changed);
        })
    };
    let onsubmit = {
        let (draft, unread, act) = (draft.clone(), unread.clone(), props.act.clone());
        let now = view.present.now;
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            match entry(fault, &draft, now) {
                Ok(entry) => {
                    unread.set(None);
                    act.emit(Action::Order(entry));
                }
                Err(problem) => unread.set(Some(problem)),
            }
        })
    };
    let wrong = (*unread).clone().or_else(|| {
        let refused = view.refused.as_ref()?;
        Some((owned(fault, &draft, &refused.path), refused.message.clone()))
    });
    let error = |name: &str| match &wrong {
        Some((at, message)) if *at == name => message.clone(),
        _ => String::new(),
    };
    let lasts: &'static [Knob] = if fault.lasts { &LASTING } else { &[] };
    let fields = knobs(fault, &draft).into_iter().chain(lasts);
    html! {
        <form class="theory" {onsubmit}>
            <h2>{ fault.title }</h2>
            <p class="lead">{ fault.says }</p>
            { for fields.map(|knob| field(view, knob, &draft, &error(knob.name), &set)) }
            <p class="error" role="alert" hidden={!wrong.as_ref().is_some_and(|(at, _)| at.is_empty())}>{ error("") }</p>
            <button type="submit" class="button strong">{ format!("Do it now, at {:.1} ms", view.present.now.ms()) }</button>
        </form>
    }
}

/// How long a lasting fault lasts.
static LASTING: [Knob; 1] = [Knob {
    name: LASTS,
    takes: Takes::Period,
    optional: true,
    says: "Ends after so many milliseconds; never if left out.",
}];

/// The knob that a path of the reader begins with; the whole form if none.
fn owned(fault: &'static Fault, draft: &Draft, path: &str) -> &'static str {
    let names = knobs(fault, draft).into_iter().map(|knob| knob.name);
    let mut names = names.chain(std::iter::once(LASTS));
    names.find(|name| path.starts_with(name)).unwrap_or("")
}

fn field(
    view: &View,
    knob: &'static Knob,
    draft: &Draft,
    error: &str,
    set: &Callback<(&'static str, String)>,
) -> Html {
    let id = format!("knob-{}", knob.name);
    let value = draft.get(knob.name).to_string();
    let name = knob.name;
    let chosen = set.reform(move |event: Event| {
        (
            name,
            event.target_unchecked_into::<HtmlSelectElement>().value(),
        )
    });
    let typed = set.reform(move |event: InputEvent| {
        (
            name,
            event.target_unchecked_into::<HtmlInputElement>().value(),
        )
    });
    let input = match choices(view, knob) {
        Some(options) => html! {
            <select id={id.clone()} onchange={chosen}>
                { for options.into_iter().map(|(key, title)| html! { <option key={key.clone()} value={key.clone()} selected={key == value}>{ title }</option> }) }
            </select>
        },
        None => html! {
            <input id={id.clone()} type="text" autocomplete="off" {value} placeholder={example(knob)} aria-invalid={(!error.is_empty()).to_string()} oninput={typed} />
        },
    };
    let label = crate::narration::capital(knob.name.trim_end_matches("_ms")).replace('_', " ");
    let unit = if matches!(knob.takes, Takes::Span | Takes::Period) {
        ", ms"
    } else {
        ""
    };
    html! {
        <div key={knob.name} class="field stack">
            <label for={id}>{ label }{ unit }</label>
            { input }
            <span class="error" role="alert" hidden={error.is_empty()}>{ error.to_string() }</span>
            <span class="hint">{ knob.says }</span>
        </div>
    }
}

/// What a knob may be chosen from; `None` if it has to be typed.
fn choices(view: &View, knob: &Knob) -> Option<Vec<(String, String)>> {
    let replicas = view.present.replicas;
    let all = view.present.actors.len();
    let node = |actor: &crate::view::Actor| (actor.id.to_string(), view.name(actor.id));
    let some = |from: usize, to: usize| {
        let actors = view.present.actors[from..to].iter().take(MOST_CHOICES);
        actors.map(node).collect::<Vec<_>>()
    };
    let mut found = match knob.takes {
        Takes::Replica => some(0, replicas),
        Takes::Client => some(replicas, all),
        Takes::Node | Takes::NodeOrAll => some(0, all),
        Takes::Choice(names) => names
            .iter()
            .map(|name| ((*name).into(), (*name).into()))
            .collect(),
        Takes::Behaviour => behaviours::ALL
            .iter()
            .map(|behaviour| (behaviour.name.into(), behaviour.title.into()))
            .collect(),
        Takes::Kinds => view
            .present
            .kinds
            .iter()
            .map(|kind| (kind.name.into(), kind.name.into()))
            .collect(),
        Takes::Flag => vec![("false".into(), "No".into()), ("true".into(), "Yes".into())],
        _ => return None,
    };
    // What a form leaves out is a choice, too: without it a browser would show another in its place.
    let nothing = match knob.takes {
        Takes::NodeOrAll | Takes::Kinds => "All",
        _ if knob.optional => "As usual",
        _ => "Choose…",
    };
    found.insert(0, (String::new(), nothing.into()));
    Some(found)
}

/// How something typed looks like.
fn example(knob: &Knob) -> &'static str {
    match knob.takes {
        Takes::Groups => "0, 1 | 2, 3",
        Takes::Nodes => "0, 1",
        _ => "",
    }
}
