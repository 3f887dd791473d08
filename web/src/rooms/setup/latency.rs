//! How long messages take: model, its numbers, and a sketch of what comes of it.

use super::super::Room;
use super::super::widgets::{Choice, NumberField};
use super::places::places;
use super::{edit, ms};
use crate::edit::setup::{check, typical};
use crate::page::actions::Look;
use quorumscope_core::latency::{Latency, Regions};
use quorumscope_core::scenario::Scenario;
use quorumscope_core::time::Span;
use std::rc::Rc;
use yew::prelude::*;

/// Fields of the latency model in force.
pub(super) fn latency_fields(room: &Room) -> Html {
    let latency = &room.view.scenario.latency;
    let options: Rc<[(AttrValue, AttrValue)]> = [
        ("constant", "Always the same"),
        ("uniform", "Evenly spread"),
        ("normal", "Bell curve"),
        ("exponential", "Exponential"),
        ("pareto", "Heavy tail"),
        ("regions", "Between places"),
    ]
    .map(|(value, title)| (value.into(), title.into()))
    .into();
    let known = room.view.ui.latencies.clone();
    let choose = edit(room, "latency-model", move |scenario, chosen: &String| {
        another(scenario, chosen, &known)
    });
    let leave = room.on(Look::Leave);
    html! {
        <>
            <Choice key="model" id="latency-model" label="Latency" {options} value={name(latency)} change={choose} {leave} />
            <div key="numbers">{ numbers(room, latency) }</div>
            <div key="sketch">{ sketch(latency) }</div>
            <div key="places">{ places(room, latency) }</div>
        </>
    }
}

fn name(latency: &Latency) -> &'static str {
    match latency {
        Latency::Constant(_) => "constant",
        Latency::Uniform { .. } => "uniform",
        Latency::Normal { .. } => "normal",
        Latency::Exponential { .. } => "exponential",
        Latency::Pareto { .. } => "pareto",
        Latency::Regions(_) => "regions",
    }
}

/// The scenario with another model of latency: as it was when it was last in force, or much like the present one.
fn another(scenario: &Scenario, chosen: &str, known: &[Latency]) -> Scenario {
    let with = |latency: Latency| Scenario {
        latency,
        ..scenario.clone()
    };
    if name(&scenario.latency) == chosen {
        return scenario.clone();
    }
    let kept = known.iter().find(|latency| name(latency) == chosen);
    let kept = kept.map(|latency| with(latency.clone()));
    // Places that were set for other nodes do not fit these.
    kept.filter(|kept| check(kept).is_ok()).unwrap_or_else(|| {
        let middle = typical(&scenario.latency);
        with(model(chosen, middle, scenario.servers()))
    })
}

/// A model of this name whose messages take about as long as before.
fn model(name: &str, middle: Span, nodes: u16) -> Latency {
    let part = |of: u64| Span((middle.0 * of / 100 / 1000).max(1) * 1000);
    match name {
        "constant" => Latency::Constant(part(100)),
        "normal" => Latency::Normal {
            mean: part(100),
            sd: part(25),
        },
        "exponential" => Latency::Exponential {
            min: part(50),
            mean: part(50),
        },
        "pareto" => Latency::Pareto {
            min: part(50),
            shape: 2000,
            max: part(2000),
        },
        "regions" => Latency::Regions(Rc::new(Regions::known(nodes.into(), Span::from_ms(2)))),
        _ => Latency::Uniform {
            min: part(50),
            max: part(150),
        },
    }
}

/// One field: its id, name, value and what it changes.
type FieldOf = (&'static str, &'static str, Span, fn(&mut Latency, Span));

fn fields(latency: &Latency) -> Vec<FieldOf> {
    match latency {
        Latency::Constant(span) => vec![("latency", "Takes", *span, |l, v| {
            *l = Latency::Constant(v);
        })],
        Latency::Uniform { min, max } => vec![
            ("latency-min", "At least", *min, |l, v| {
                if let Latency::Uniform { min, max } = l {
                    (*min, *max) = (v, (*max).max(v));
                }
            }),
            ("latency-max", "At most", *max, |l, v| {
                if let Latency::Uniform { min, max } = l {
                    (*min, *max) = ((*min).min(v), v);
                }
            }),
        ],
        Latency::Normal { mean, sd } => vec![
            ("latency-mean", "Mean", *mean, |l, v| {
                if let Latency::Normal { mean, .. } = l {
                    *mean = v;
                }
            }),
            ("latency-sd", "Deviation", *sd, |l, v| {
                if let Latency::Normal { sd, .. } = l {
                    *sd = v;
                }
            }),
        ],
        Latency::Exponential { min, mean } => vec![
            ("latency-min", "At least", *min, |l, v| {
                if let Latency::Exponential { min, .. } = l {
                    *min = v;
                }
            }),
            ("latency-mean", "On top, mean", *mean, |l, v| {
                if let Latency::Exponential { mean, .. } = l {
                    *mean = v;
                }
            }),
        ],
        Latency::Pareto { min, max, .. } => vec![
            ("latency-min", "At least", *min, |l, v| {
                if let Latency::Pareto { min, max, .. } = l {
                    (*min, *max) = (v, (*max).max(v));
                }
            }),
            ("latency-max", "At most", *max, |l, v| {
                if let Latency::Pareto { min, max, .. } = l {
                    (*min, *max) = ((*min).min(v), v);
                }
            }),
        ],
        Latency::Regions(regions) => {
            vec![("latency-jitter", "On top, up to", regions.jitter, |l, v| {
                if let Latency::Regions(regions) = l {
                    Rc::make_mut(regions).jitter = v;
                }
            })]
        }
    }
}

fn numbers(room: &Room, latency: &Latency) -> Html {
    let field = |(id, label, span, set): FieldOf| {
        let change = edit(room, id, move |scenario, value: &f64| {
            let mut changed = scenario.clone();
            set(&mut changed.latency, ms(*value));
            changed
        });
        // A slider for whole milliseconds; the field takes microseconds.
        html! {
            <NumberField key={format!("{id}-{label}")} {id} {label} unit="ms" value={span.ms()} min={if id == "latency-sd" || id == "latency-mean" { 0.001 } else { 0.0 }}
                max=1e6 reach={(span.ms() * 1.5).max(200.0).ceil()} step=0.001 {change} leave={room.on(Look::Leave)} />
        }
    };
    html! { <>{ for fields(latency).into_iter().map(field) }</> }
}

/// The distribution as a small curve over the time from zero on.
fn sketch(latency: &Latency) -> Html {
    const W: f64 = 320.0;
    const H: f64 = 48.0;
    let points = outline(latency);
    let most = points.iter().map(|(_, weight)| *weight).fold(0.0, f64::max);
    let (Some((first, _)), Some((last, _)), true) = (points.first(), points.last(), most > 0.0)
    else {
        return html! { <p class="hint">{ format!("Every message takes {}.", typical(latency)) }</p> };
    };
    // One latency alone stands in the middle.
    let reach = if first == last {
        (last * 2.0).max(1.0)
    } else {
        last * 1.04
    };
    let x = |ms: f64| ms / reach * W;
    let mut path = format!("M{:.1},{H}", x(*first));
    for (ms, weight) in &points {
        path.push_str(&format!(
            "L{:.1},{:.1}",
            x(*ms),
            H - weight / most * (H - 4.0)
        ));
    }
    path.push_str(&format!("L{:.1},{H}Z", x(*last)));
    html! {
        <figure class="sketch">
            <svg viewBox={format!("0 0 {W} {H}")} width="100%" height="48" preserveAspectRatio="none" aria-hidden="true">
                <path d={format!("M0,{H}H{W}")} stroke="var(--line)" stroke-width="1.5" vector-effect="non-scaling-stroke" />
                <path d={path} fill="var(--wash)" stroke="var(--accent)" stroke-width="1.5" vector-effect="non-scaling-stroke" />
            </svg>
            <figcaption>
                <span>{ "0 ms" }</span><span>{ format!("about {:.0} ms on average", typical(latency).ms()) }</span><span>{ format!("{reach:.0} ms") }</span>
            </figcaption>
        </figure>
    }
}

/// Milliseconds and weights along the curve; a spike if all messages take the same.
fn outline(latency: &Latency) -> Vec<(f64, f64)> {
    match latency {
        Latency::Constant(span) => vec![(span.ms(), 1.0)],
        Latency::Uniform { min, max } if min == max => vec![(min.ms(), 1.0)],
        Latency::Uniform { min, max } => vec![(min.ms(), 1.0), (max.ms(), 1.0)],
        other => {
            let drawn = other.sketch(48).into_iter();
            drawn.map(|(span, weight)| (span.ms(), weight)).collect()
        }
    }
}
