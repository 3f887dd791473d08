//! The transport: play, step, scrub, speed.

pub mod bubble;

mod scrubber;

use super::Room;
use super::widgets::icon_button;
use crate::browser::icons::icon;
use crate::page::actions::{Action, Look, Tempo, Travel};
use crate::run::playback::{Pace, RATES, SPEEDS, from_slider, readable, to_slider};
use crate::ui::{Mark, Unit, Way};
use quorumscope_core::time::Time;
use scrubber::scrubber;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

/// The transport, with the bubble at its scrubber.
pub fn transport(room: &Room, bubble: Html) -> Html {
    let view = &room.view;
    let clock = view.clock;
    let label = if clock.playing { "Pause" } else { "Play" };
    let unit = view.ui.unit;
    let name = UNITS
        .iter()
        .find(|(which, _)| *which == unit)
        .map_or("", |(_, name)| *name);
    let step = |way| room.on(Travel::Step(unit, way, 1));
    html! {
        <section class="transport" aria-label="Time">
            { scrubber(room, bubble) }
            <div class="buttons">
                { icon_button("start", "Back to the start", view.present.now == Time::ZERO, room.on(Travel::Restart)) }
                { icon_button("back", &format!("One {name} back"), view.present.events == 0, step(Way::Back)) }
                <button type="button" class="button strong icon play" aria-label={label} title={format!("{label} (space)")} onclick={room.on(Travel::Toggle)}>
                    { icon(if clock.playing { "pause" } else { "play" }) }
                </button>
                { icon_button("on", &format!("One {name} on"), view.present.ended, step(Way::On)) }
                { icon_button("end", "To the end", view.present.ended, room.on(Travel::End)) }
                { units(room) }
                { round(room) }
            </div>
            <p class="clock">
                <b>{ instant(view.present.now) }</b>
                <span hidden={clock.quiet}>{ format!(" of {}{}", instant(clock.horizon), if clock.complete { "" } else { "…" }) }</span>
                <span hidden={!clock.busy}>{ " · computing…" }</span>
                <span hidden={!clock.quiet || clock.busy} title="Nothing is under way, so time passes quickly">{ " · nothing under way: faster" }</span>
            </p>
            { speed(room) }
            <a class="home" href={format!("./{}", view.link)} target="_blank" rel="noopener">{ "Quorumscope ↗" }</a>
        </section>
    }
}

/// What the step buttons step by.
const UNITS: [(Unit, &str); 3] = [
    (Unit::Event, "event"),
    (Unit::Phase, "phase"),
    (Unit::Decision, "decision"),
];

/// A choice of what the step buttons step by.
fn units(room: &Room) -> Html {
    let unit = room.view.ui.unit;
    let onchange = room.act.reform(|event: Event| {
        let place = event
            .target_unchecked_into::<HtmlSelectElement>()
            .selected_index();
        Action::Look(Look::StepBy(UNITS[place.clamp(0, 2) as usize].0))
    });
    let option = |(which, name): &(Unit, &'static str)| {
        html! { <option key={*name} value={*name} selected={*which == unit}>{ *name }</option> }
    };
    html! { <select class="units" aria-label="Step by" title="What the step buttons step by" {onchange}>{ for UNITS.iter().map(option) }</select> }
}

/// Round and round in a span: from here, to here, no more.
fn round(room: &Room) -> Html {
    let marks = room.view.ui.round;
    let label = match marks {
        (None, None) => "Go round from here (I)",
        (Some(_), None) => "Go round to here (O)",
        _ => "Go round no more (X)",
    };
    html! {
        <button type="button" class="button icon bare round" aria-label={label} title={label} aria-pressed={(marks != (None, None)).to_string()}
            onclick={room.on(Look::Mark(Mark::Next))}>{ icon("loop") }</button>
    }
}

/// An instant as people read it.
fn instant(at: Time) -> String {
    let ms = at.ms();
    if ms >= 10_000.0 {
        format!("{:.2} s", ms / 1000.0)
    } else {
        format!("{ms:.1} ms")
    }
}

fn speed(room: &Room) -> Html {
    let clock = room.view.clock;
    let by_events = clock.pace == Pace::Events;
    let (value, range) = if by_events {
        (clock.rate, RATES)
    } else {
        (clock.speed, SPEEDS)
    };
    let act = room.act.clone();
    let oninput = Callback::from(move |event: InputEvent| {
        let place = event
            .target_unchecked_into::<HtmlInputElement>()
            .value_as_number();
        let value = from_slider(place, range);
        act.emit(if by_events {
            Action::Tempo(Tempo::Rate(value))
        } else {
            Action::Tempo(Tempo::Speed(value))
        });
    });
    let says = if by_events {
        format!("{} events a second", readable(value))
    } else {
        format!("1 s shows {}", span(value))
    };
    let other = if by_events {
        Pace::Steady
    } else {
        Pace::Events
    };
    html! {
        <div class="speed">
            <button type="button" class="button icon bare" aria-pressed={by_events.to_string()} aria-label="Follow events: the same time for each"
                title="Follow events: the same time for each" onclick={room.on(Tempo::SetPace(other))}>{ icon("events") }</button>
            <input type="range" min="0" max="1000" step="1" aria-label="Speed" aria-valuetext={says.clone()}
                value={to_slider(value, range).to_string()} {oninput} />
            <output>{ says }</output>
        </div>
    }
}

fn span(ms: f64) -> String {
    if ms >= 1000.0 {
        format!("{} s", readable(ms / 1000.0))
    } else {
        format!("{} ms", readable(ms))
    }
}
