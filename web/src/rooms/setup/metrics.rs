//! What is measured of the run so far: the metrics that its system declares.

use super::super::Room;
use quorumscope_core::metric::Metric;
use yew::prelude::*;

/// A row for each metric: its name, what it means, its value at this instant.
pub(super) fn metrics(room: &Room) -> Html {
    let metrics = room.view.scenario.spec.metrics;
    html! {
        <section class="theory" aria-label="What is measured of this run" hidden={metrics.is_empty()}>
            <table class="verdicts measures">
                <thead><tr><th scope="col">{ "Measured" }</th><th scope="col">{ "So far" }</th></tr></thead>
                <tbody>{ for metrics.iter().map(|metric| row(room, metric)) }</tbody>
            </table>
        </section>
    }
}

fn row(room: &Room, metric: &'static Metric) -> Html {
    html! {
        <tr key={metric.name}>
            <th scope="row">{ metric.title }<span class="means">{ metric.says }</span></th>
            <td>{ value(room, metric) }</td>
        </tr>
    }
}

/// The value with its unit, or why there is none. It is for observers: no node knows it.
fn value(room: &Room, metric: &Metric) -> Html {
    let view = &room.view;
    if view.ui.through.is_some() {
        return html! { <span class="none">{ "not known" }</span> };
    }
    match view.reader.look(metric.measure) {
        Some(value) => {
            html! { <><b>{ metric.unit.shown(value) }</b><span class="unit">{ metric.unit.sign() }</span></> }
        }
        None => html! { <span class="none">{ "nothing yet" }</span> },
    }
}
