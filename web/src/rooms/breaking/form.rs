//! The form of one fault, made from the fault's own description.

use super::choices::{Options, chosen, offered};
use crate::edit::forms::{Draft, LASTS, begin, entry, knobs, of_a_message, words};
use crate::page::actions::{Action, Change, Look};
use crate::page::view::View;
use quorumscope_core::fault::Fault;
use quorumscope_core::faults;
use quorumscope_core::knob::{Knob, Takes};
use quorumscope_core::spec::Spec;
use std::rc::Rc;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

/// What the form is handed.
#[derive(Clone, PartialEq, Properties)]
pub(super) struct FormProps {
    /// What there is to see.
    pub(super) view: Rc<View>,
    /// What can be done.
    pub(super) act: Callback<Action>,
    /// The fault's name.
    pub(super) fault: &'static str,
}

/// A knob that is wrong, and why.
type Wrong = (&'static str, String);

/// The form of one fault; what stands in it belongs to the page, so that it is there again after a look elsewhere.
#[component]
pub(super) fn FaultForm(props: &FormProps) -> Html {
    let unread = use_state(|| None::<(Draft, Wrong)>);
    let Some(fault) = faults::find(props.fault) else {
        return html! { <form hidden=true></form> };
    };
    let view = &props.view;
    let draft = view.ui.draft.clone();
    let draft = draft.unwrap_or_else(|| begin(fault, view.aim(), &view.scenario));
    let set = {
        let draft = draft.clone();
        props.act.reform(move |typed: Vec<(&'static str, String)>| {
            let mut changed = draft.clone();
            for (name, text) in typed {
                changed.set(name, text);
            }
            Action::Look(Look::Write(changed))
        })
    };
    let onsubmit = {
        let (draft, unread, props) = (draft.clone(), unread.clone(), props.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            match read(&props.view, fault, &draft) {
                Ok(entry) => {
                    unread.set(None);
                    props.act.emit(Action::Change(Change::Order(entry)));
                }
                Err(wrong) => unread.set(Some((draft.clone(), wrong))),
            }
        })
    };
    // An error is about what was there when it was found.
    let found = unread.as_ref().filter(|(about, _)| *about == draft);
    let wrong = found.map(|(_, wrong)| wrong.clone()).or_else(|| {
        let refused = view.refused.as_ref()?;
        let says = words::refusal(&refused.message);
        Some((
            owned(fault, &draft, view.scenario.spec, &refused.path),
            says,
        ))
    });
    let error = |name: &str| match &wrong {
        Some((at, message)) if *at == name => message.clone(),
        _ => String::new(),
    };
    let lasts: &'static [Knob] = if fault.lasts { &LASTING } else { &[] };
    let fields = knobs(fault, &draft, view.scenario.spec)
        .into_iter()
        .chain(lasts);
    html! {
        <form class="theory" {onsubmit}>
            <h2>{ fault.title }</h2>
            <p class="lead">{ fault.says }</p>
            { for fields.map(|knob| field(view, fault, knob, &draft, &error(knob.name), &set)) }
            <p key="whole" class="error" role="alert" hidden={!wrong.as_ref().is_some_and(|(at, _)| at.is_empty())}>{ error("") }</p>
            <button key="do" type="submit" class="button strong">{ format!("Do it now, at {:.1} ms", view.present.now.ms()) }</button>
        </form>
    }
}

/// The entry that the form stands for, at this instant.
fn read(view: &View, fault: &'static Fault, draft: &Draft) -> Result<serde_json::Value, Wrong> {
    let entry = entry(fault, draft, view.scenario.spec, view.present.now)?;
    if of_a_message(fault) && chosen(view, fault, draft).is_none() {
        let says = "It is not under way any more: choose another.";
        return Err(("message", says.into()));
    }
    Ok(entry)
}

/// How long a lasting fault lasts.
static LASTING: [Knob; 1] = [Knob::optional(
    LASTS,
    Takes::Period,
    "For so many milliseconds from now; for ever if left out.",
)];

/// The knob that a path of the reader begins with; the whole form if none.
fn owned(fault: &'static Fault, draft: &Draft, spec: &Spec, path: &str) -> &'static str {
    let names = knobs(fault, draft, spec).into_iter().map(|knob| knob.name);
    let mut names = names.chain(std::iter::once(LASTS));
    names.find(|name| path.starts_with(name)).unwrap_or("")
}

fn field(
    view: &View,
    fault: &'static Fault,
    knob: &'static Knob,
    draft: &Draft,
    error: &str,
    set: &Callback<Vec<(&'static str, String)>>,
) -> Html {
    let id = format!("knob-{}", knob.name);
    let (hint_id, error_id) = (format!("{id}-hint"), format!("{id}-error"));
    let describes = if error.is_empty() {
        hint_id.clone()
    } else {
        format!("{error_id} {hint_id}")
    };
    let (name, invalid) = (knob.name, (!error.is_empty()).to_string());
    let typed = set.reform(move |event: InputEvent| {
        let input = event.target_unchecked_into::<HtmlInputElement>();
        vec![(name, input.value())]
    });
    let input = match offered(view, fault, knob, draft) {
        Some(options) => list(&id, &options, (describes, invalid), set),
        None => html! {
            <input id={id.clone()} type="text" autocomplete="off" value={draft.get(name).to_string()} placeholder={example(knob)}
                aria-describedby={describes} aria-invalid={invalid} oninput={typed} />
        },
    };
    html! {
        <div key={knob.name} class="field stack">
            <label for={id}>{ words::label(knob) }</label>
            { input }
            <span class="error" id={error_id} role="alert" hidden={error.is_empty()}>{ error.to_string() }</span>
            <span class="hint" id={hint_id}>{ knob.says }</span>
        </div>
    }
}

/// A list to choose from.
fn list(
    id: &str,
    options: &Options,
    (describes, invalid): (String, String),
    set: &Callback<Vec<(&'static str, String)>>,
) -> Html {
    let writes: Vec<_> = options.all.iter().map(|one| one.writes.clone()).collect();
    let onchange = set.reform(move |event: Event| {
        let list = event.target_unchecked_into::<HtmlSelectElement>();
        let at = list.selected_index().max(0) as usize;
        writes.get(at).cloned().unwrap_or_default()
    });
    let option = |(at, one): (usize, &super::choices::One)| {
        html! { <option key={one.key.clone()} value={one.key.clone()} selected={at == options.now}>{ &one.title }</option> }
    };
    html! {
        <select id={id.to_string()} aria-describedby={describes} aria-invalid={invalid} {onchange}>
            { for options.all.iter().enumerate().map(option) }
        </select>
    }
}

/// How something typed looks like.
fn example(knob: &Knob) -> &'static str {
    match knob.takes {
        Takes::Groups if !knob.must() => "such as R0, R1 | R2",
        Takes::Nodes => "such as R0, R1",
        _ => "",
    }
}
