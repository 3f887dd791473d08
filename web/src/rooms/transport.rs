//! The transport: play, step, scrub, speed.

use super::Room;
use super::widgets::icon_button;
use crate::actions::{Action, Unit, Way};
use crate::icons::icon;
use crate::playback::{Pace, RATES, SPEEDS, from_slider, to_slider};
use crate::view::View;
use quorumscope_core::protocol::Claim;
use quorumscope_core::time::Time;
use quorumscope_core::trace::What;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// No more ticks than this are drawn on the scrubber.
const MOST_TICKS: usize = 300;

/// The transport.
pub fn transport(room: &Room) -> Html {
    let view = &room.view;
    let clock = view.clock;
    let label = if clock.playing { "Pause" } else { "Play" };
    let step = |unit, way| room.on(Action::Step(unit, way, 1));
    html! {
        <section class="transport" aria-label="Time">
            { scrubber(room) }
            <div class="buttons">
                { icon_button("start", "Back to the start", view.present.now == Time::ZERO, room.on(Action::Restart)) }
                { icon_button("back", "One event back", view.present.events == 0, step(Unit::Event, Way::Back)) }
                <button type="button" class="button strong icon play" aria-label={label} title={format!("{label} (space)")} onclick={room.on(Action::Toggle)}>
                    { icon(if clock.playing { "pause" } else { "play" }) }
                </button>
                { icon_button("on", "One event on", view.present.ended, step(Unit::Event, Way::On)) }
                { icon_button("end", "To the end", view.present.ended, room.on(Action::End)) }
            </div>
            <p class="clock">
                <b>{ instant(view.present.now) }</b>
                <span>{ format!(" of {}{}", instant(clock.horizon), if clock.complete { "" } else { "…" }) }</span>
                <span hidden={!clock.busy}>{ " · computing…" }</span>
            </p>
            { speed(room) }
            <a class="home" href={format!("./{}", view.link)} target="_blank" rel="noopener">{ "Quorumscope ↗" }</a>
        </section>
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
            Action::Rate(value)
        } else {
            Action::Speed(value)
        });
    });
    let says = if by_events {
        format!("{value} events a second")
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
                title="Follow events: the same time for each" onclick={room.on(Action::SetPace(other))}>{ icon("events") }</button>
            <input type="range" min="0" max="1000" step="1" aria-label="Speed" aria-valuetext={says.clone()}
                value={to_slider(value, range).to_string()} {oninput} />
            <output>{ says }</output>
        </div>
    }
}

fn span(ms: f64) -> String {
    if ms >= 1000.0 {
        format!("{} s", ms / 1000.0)
    } else {
        format!("{ms} ms")
    }
}

/// The whole run as it is known: what is gone, what is known to come, and its marks.
fn scrubber(room: &Room) -> Html {
    let view = &room.view;
    let whole = view.clock.horizon.0.max(view.present.now.0).max(1);
    let part = |at: Time| at.0 as f64 / whole as f64;
    let act = room.act.clone();
    let oninput = Callback::from(move |event: InputEvent| {
        let place = event
            .target_unchecked_into::<HtmlInputElement>()
            .value_as_number();
        act.emit(Action::Seek(Time((place / 10_000.0 * whole as f64) as u64)));
    });
    let now = part(view.present.now);
    // The thumb is 16 px wide and stays within the slider: so does the track.
    let x = |part: f64| format!("calc(8px + {part:.5} * (100% - 16px))");
    let width = |part: f64| format!("calc({part:.5} * (100% - 16px))");
    let tick = |(index, (at, class)): (usize, (Time, &'static str))| {
        html! { <rect key={index.to_string()} class={classes!("tick", class)} style={format!("x:{}", x(part(at)))} y="7" width="1.5" height="22" /> }
    };
    html! {
        <div class="scrub">
            <svg aria-hidden="true">
                <rect class="track" style={format!("x:8px;width:{}", width(1.0))} y="16" height="4" rx="2" />
                <rect class="gone" style={format!("x:8px;width:{}", width(now))} y="16" height="4" rx="2" />
                <g>{ for ticks(view).into_iter().enumerate().map(tick) }</g>
            </svg>
            <input type="range" min="0" max="10000" step="1" aria-label="Instant" aria-valuetext={view.present.now.to_string()}
                value={(now * 10_000.0).round().to_string()} {oninput} />
        </div>
    }
}

/// Answers, view changes, orders and broken promises, over all that is known.
fn ticks(view: &View) -> Vec<(Time, &'static str)> {
    let mut found: Vec<(Time, &'static str)> = view.lens.chronicle(|chronicle| {
        let mark = |event: &quorumscope_core::trace::Event| {
            let class = match &event.what {
                What::Claimed(Claim::Answered { .. }) => "answer",
                What::Claimed(Claim::Entered { view }) if *view > 0 => "view",
                What::Ordered(_) if event.at > Time::ZERO => "order",
                What::Broken { .. } => "bad",
                _ => return None,
            };
            Some((event.at, class))
        };
        chronicle.events.iter().filter_map(mark).collect()
    });
    if found.len() > MOST_TICKS {
        let every = found.len().div_ceil(MOST_TICKS);
        found = found.into_iter().step_by(every).collect();
    }
    found
}
