//! What the run is made of, and what theory promises for it next to what it has shown.

mod latency;

mod more;

mod next;

mod places;

mod theory;

pub use next::next;

use super::Room;
use super::widgets::{Choice, NumberField};
use crate::edit::setup::{loss, traitors, with_loss, with_nodes, with_traitors};
use crate::page::actions::{Action, Change, Edit, Look};
use quorumscope_core::scenario::Scenario;
use quorumscope_core::time::Span;
use std::rc::Rc;
use yew::prelude::*;

/// The slider for replicas reaches so far; the field takes more.
const SLIDER_NODES: f64 = 31.0;
/// Most replicas that a scenario may have.
const MOST_NODES: f64 = 1024.0;

/// The setup panel.
pub fn setup(room: &Room) -> Html {
    html! {
        <>
            <div class="next" key="next" hidden={room.view.leads_on()}>{ next(room) }</div>
            <h2 key="cluster">{ "Cluster" }</h2>
            <div key="fields">{ cluster(room) }</div>
            <div key="theory">{ theory::theory(room) }</div>
            <h2 key="network">{ "Network" }</h2>
            <div key="latency">{ latency::latency_fields(room) }</div>
            <div key="loss">{ loss_field(room) }</div>
            <details key="more">
                <summary>{ "Workload, timeouts, seed, quorum" }</summary>
                <div style="margin-top: var(--s3)">{ more::more(room) }</div>
            </details>
        </>
    }
}

/// A callback that changes one thing of the scenario: in the field of this id.
fn edit<T: 'static>(
    room: &Room,
    id: &str,
    change: impl Fn(&Scenario, &T) -> Scenario + 'static,
) -> Callback<T> {
    let (field, change): (Rc<str>, _) = (id.into(), Rc::new(change));
    room.act.reform(move |value: T| {
        let change = Rc::clone(&change);
        Action::Change(Change::Edit(Edit {
            field: Some(Rc::clone(&field)),
            change: Rc::new(move |scenario| change(scenario, &value)),
        }))
    })
}

fn cluster(room: &Room) -> Html {
    let scenario = &room.view.scenario;
    let found = traitors(scenario);
    let behaviour = found.first().map(|(_, behaviour)| *behaviour);
    let kinds = scenario
        .spec
        .behaviours
        .iter()
        .map(|behaviour| (behaviour.name.into(), behaviour.title.into()));
    let nobody = behaviour
        .is_none()
        .then(|| ("".into(), "Nobody lies".into()));
    let options: Rc<[(AttrValue, AttrValue)]> = nobody.into_iter().chain(kinds).collect();
    let says = behaviour
        .and_then(|name| scenario.spec.behaviour(name))
        .map_or(
            "Choose what they do, and one replica does it.",
            |behaviour| behaviour.says,
        );
    let choose = edit(room, "behaviour", |scenario, name: &String| {
        with_traitors(scenario, traitors(scenario).len().max(1), name)
    });
    let count = edit(room, "traitors", |scenario, count: &f64| {
        let behaviour = traitors(scenario).first().map_or("silent", |found| found.1);
        with_traitors(scenario, *count as usize, behaviour)
    });
    let leave = room.on(Look::Leave);
    html! {
        <>
            <NumberField id="nodes" label="Replicas, n" value={f64::from(scenario.servers())} min=1.0 max={MOST_NODES}
                reach={SLIDER_NODES.max(f64::from(scenario.servers()))} change={edit(room, "nodes", |s, n: &f64| with_nodes(s, *n as u16))} leave={leave.clone()} />
            <NumberField id="traitors" label="Traitors, f" value={found.len() as f64} min=0.0 max={f64::from(scenario.servers())}
                reach={f64::from(scenario.servers().min(16))} change={count} leave={leave.clone()} />
            <Choice id="behaviour" label="They are" {options} value={behaviour.unwrap_or_default()} hint={says} change={choose} {leave} />
        </>
    }
}

/// How much is lost on any link.
fn loss_field(room: &Room) -> Html {
    let change = edit(room, "loss", |s, per_cent: &f64| {
        with_loss(s, (per_cent * 10.0).round() as u16)
    });
    html! {
        <NumberField id="loss" label="Loss" unit="%" value={f64::from(loss(&room.view.scenario)) / 10.0} min=0.0 max=100.0 reach=30.0 step=0.1
            hint="How many of a hundred messages are lost on any link, by chance." {change} leave={room.on(Look::Leave)} />
    }
}

/// Milliseconds as a field has them.
fn ms(value: f64) -> Span {
    Span((value * 1000.0).round() as u64)
}
