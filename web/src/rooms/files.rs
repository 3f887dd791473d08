//! Files: the run leaves the page, and comes in.

mod bring;

mod make;

use super::Room;
use super::dialog::{copying, show};
use super::widgets::NumberField;
use crate::browser::files;
use crate::page::actions::Look;
use crate::ui::Dialog;
use make::{Made, WAYS, Way};
use quorumscope_core::export::Stretch;
use quorumscope_core::time::{Span, Time};
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use web_sys::{HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;

/// What is being made, or how that went.
#[derive(Clone, PartialEq)]
enum Job {
    Idle,
    Making(&'static str, f64),
    Done(Rc<Made>),
    Refused(String),
}

/// The dialog of files, and the page's ears for what is dropped or pasted on it.
#[component]
pub fn Files(room: &Room) -> Html {
    let dialog = use_node_ref();
    let job = use_state(|| Job::Idle);
    let stop = use_memo((), |()| Cell::new(false));
    let chosen = use_state(|| None::<(f64, f64)>);
    let open = room.view.ui.dialog == Some(Dialog::Files);
    {
        let (dialog, job, stop) = (dialog.clone(), job.clone(), Rc::clone(&stop));
        use_effect_with(open, move |open| {
            show(&dialog, *open);
            if !open {
                stop.set(true);
                if let Job::Done(made) = &*job
                    && made.printed
                {
                    spawn_local(async { drop(files::call("take_down", &[]).await) });
                }
                job.set(Job::Idle);
            }
        });
    }
    let latest = use_mut_ref(|| room.clone());
    latest.replace(room.clone());
    use_effect_with((), move |()| bring::listen(&latest));
    let whole = whole(room);
    let (from, to) = chosen.unwrap_or(whole);
    let stretch = Stretch {
        from: instant(from),
        to: instant(to),
    };
    let group = |title: &'static str, ways: &'static [Way]| {
        let busy = matches!(*job, Job::Making(..));
        let ways = ways.iter().map(|way| {
            let onclick = making(room, way, stretch, &job, &stop);
            html! {
                <button key={way.name} type="button" class="card" disabled={busy} {onclick}><b>{ way.title }</b><span>{ way.says }</span></button>
            }
        });
        html! { <section key={title}><h3>{ title }</h3><div class="cards">{ for ways }</div></section> }
    };
    html! {
        <dialog ref={dialog} class="files" aria-labelledby="files-title" onclose={room.on::<Event>(Look::Show(None))}>
            <h2 id="files-title">{ "Files" }</h2>
            { incoming(room) }
            <h3>{ "Save: which stretch of the run" }</h3>
            { span(room, (from, to), whole, &chosen) }
            <div class="ways">{ for WAYS.iter().map(|(title, ways)| group(title, ways)) }</div>
            { outcome(&job, &stop) }
            <p class="end"><button type="button" class="button" onclick={room.on(Look::Show(None))}>{ "Close" }</button></p>
        </dialog>
    }
}

/// From the start to the end, as far as that is known, in milliseconds.
fn whole(room: &Room) -> (f64, f64) {
    let clock = &room.view.clock;
    let end = if clock.complete {
        clock.horizon
    } else {
        room.view.scenario.until
    };
    (0.0, end.ms())
}

fn instant(ms: f64) -> Time {
    Time::ZERO + Span::try_from_ms(ms).unwrap_or(Span::ZERO)
}

/// The fields of the stretch, and two ways to fill them.
fn span(
    room: &Room,
    (from, to): (f64, f64),
    whole: (f64, f64),
    chosen: &UseStateHandle<Option<(f64, f64)>>,
) -> Html {
    let set = |value: Option<(f64, f64)>| {
        let chosen = chosen.clone();
        Callback::from(move |_: MouseEvent| chosen.set(value))
    };
    let window = room.view.ui.window.at(room.view.present.now);
    let tenths = |micros: f64| (micros / 100.0).round() / 10.0;
    let seen = (
        tenths(window.from),
        tenths(window.from + window.span).min(whole.1),
    );
    let most = room.view.scenario.until.ms();
    let change = |edit: fn((f64, f64), f64) -> (f64, f64)| {
        let chosen = chosen.clone();
        Callback::from(move |ms| chosen.set(Some(edit((from, to), ms))))
    };
    html! {
        <div class="stretch">
            <NumberField id="span-from" label="From" value={from} min={0.0} max={most} step={0.001} unit="ms" change={change(|(_, to), ms| (ms, to))} />
            <NumberField id="span-to" label="To" value={to} min={0.0} max={most} step={0.001} unit="ms" change={change(|(from, _), ms| (from, ms))} />
            <button type="button" class="button" onclick={set(None)}>{ "Whole run" }</button>
            <button type="button" class="button" disabled={seen.0 >= seen.1} onclick={set(Some(seen))}>{ "What the diagram shows" }</button>
        </div>
    }
}

/// Makes a file, hands it over, and says how that went.
fn making(
    room: &Room,
    way: &'static Way,
    stretch: Stretch,
    job: &UseStateHandle<Job>,
    stop: &Rc<Cell<bool>>,
) -> Callback<MouseEvent> {
    let (room, job, stop) = (room.clone(), job.clone(), Rc::clone(stop));
    Callback::from(move |_| {
        stop.set(false);
        job.set(Job::Making(way.title, 0.0));
        let (room, job, stop) = (room.clone(), job.clone(), Rc::clone(&stop));
        spawn_local(async move {
            let (told, stopped) = (job.clone(), Rc::clone(&stop));
            let progress = Rc::new(move |part: f64| {
                if !stopped.get() {
                    told.set(Job::Making(way.title, part));
                }
                !stopped.get()
            });
            let made = make::make(&room, way, stretch, progress).await;
            if stop.get() {
                return job.set(Job::Idle);
            }
            job.set(match made {
                Ok(made) => Job::Done(Rc::new(made)),
                Err(why) => Job::Refused(format!("{}: {why}", way.title)),
            });
        });
    })
}

/// How it went; where a download may be refused, the file itself.
fn outcome(job: &UseStateHandle<Job>, stop: &Rc<Cell<bool>>) -> Html {
    let says = match &**job {
        Job::Idle => String::new(),
        Job::Making(title, part) if *part > 0.0 => format!("{title}: {:.0} %", part * 100.0),
        Job::Making(title, _) => format!("{title}: under way…"),
        Job::Done(made) => made.says(),
        Job::Refused(why) => why.clone(),
    };
    let making = matches!(**job, Job::Making(..));
    let refused = matches!(**job, Job::Refused(_));
    let give_up = {
        let (job, stop) = (job.clone(), Rc::clone(stop));
        Callback::from(move |_: MouseEvent| {
            stop.set(true);
            job.set(Job::Idle);
        })
    };
    let here = match &**job {
        Job::Done(made) if !made.kept => html! { <Inline {made} /> },
        _ => html! { <div hidden=true></div> },
    };
    html! {
        <div class={classes!("outcome", refused.then_some("bad"))} hidden={**job == Job::Idle}>
            <p role="status">{ says }</p>
            <button type="button" class="button" hidden={!making} onclick={give_up}>{ "Give up" }</button>
            { here }
        </div>
    }
}

/// A file that is shown.
#[derive(Clone, PartialEq, Properties)]
struct InlineProps {
    made: Rc<Made>,
}

/// A file shown in the page, to copy or to save by hand.
#[component]
fn Inline(props: &InlineProps) -> Html {
    let (field, said) = (use_node_ref(), use_state(String::new));
    let made = &props.made;
    let onclick = copying("The file", &field, &said);
    let url = made.url.clone();
    html! {
        <div class="inline">
            <textarea ref={field} readonly=true rows="6" aria-label={made.name.clone()} hidden={made.text.is_none()} value={made.text.clone().unwrap_or_default()} />
            <img src={url.clone()} alt={made.name.clone()} hidden={!made.mime.starts_with("image/")} />
            <div class="menu">
                <button type="button" class="button" hidden={made.text.is_none()} {onclick}>{ "Copy" }</button>
                <a class="button" href={url} target="_blank" rel="noopener">{ "Open in a new tab" }</a>
            </div>
            <p role="status">{ (*said).clone() }</p>
        </div>
    }
}

/// The way in: a file, a link or a document.
fn incoming(room: &Room) -> Html {
    let field = NodeRef::default();
    let onchange = {
        let room = room.clone();
        Callback::from(move |event: Event| {
            let input: HtmlInputElement = event.target_unchecked_into();
            if let Some(file) = input.files().and_then(|files| files.get(0)) {
                bring::file(room.clone(), file);
            }
            // The same file can be chosen again.
            input.set_value("");
        })
    };
    let onclick = {
        let (room, field) = (room.clone(), field.clone());
        Callback::from(move |_: MouseEvent| {
            if let Some(area) = field.cast::<HtmlTextAreaElement>() {
                bring::text(room.clone(), "What was pasted".into(), area.value());
            }
        })
    };
    html! {
        <section class="incoming" aria-label="Open a run" hidden={room.view.ui.locked}>
            <h3>{ "Open a scenario, a recorded run or a link" }</h3>
            <div class="menu">
                <label class="button strong" for="file-in">{ "Choose a file…" }<input id="file-in" class="visually-hidden" type="file" accept=".json,.jsonl,.txt,application/json" {onchange} /></label>
                <span class="hint">{ "or drop one anywhere on the page, or paste with Ctrl+V" }</span>
            </div>
            <details>
                <summary>{ "Paste it here" }</summary>
                <textarea ref={field} rows="3" aria-label="A scenario as JSON, a recorded run or a link" spellcheck="false" />
                <button type="button" class="button" {onclick}>{ "Open" }</button>
            </details>
        </section>
    }
}
