//! What the run is made of, and what theory promises for it next to what it has shown.

mod latency;

mod metrics;

mod more;

mod next;

mod places;

mod theory;

pub use next::next;

use super::Room;
use super::widgets::{Choice, NumberField};
use crate::edit::setup::{loss, traitors, with_count, with_loss, with_traitors};
use crate::page::actions::{Action, Change, Edit, Look};
use quorumscope_core::cast::Role;
use quorumscope_core::knob::Among;
use quorumscope_core::scenario::Scenario;
use quorumscope_core::systems;
use quorumscope_core::time::Span;
use std::rc::Rc;
use yew::prelude::*;

/// The most nodes that the slider reaches; the field takes more.
const SLIDER_NODES: f64 = 31.0;

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
                <summary>{ more::names(room.view.scenario.spec) }</summary>
                <div style="margin-top: var(--s3)">{ more::more(room) }</div>
            </details>
            <div key="metrics">{ metrics::metrics(room) }</div>
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
    let cast = &room.view.scenario.cast;
    let roles = cast.roles().iter().enumerate();
    let sized = |role: &Role| role.serves && role.bounds.0 < role.bounds.1;
    let counts = roles.filter(|(_, role)| sized(role));
    html! {
        <>
            { system(room) }
            { for counts.map(|(index, role)| count(room, index, role)) }
            { faulty(room) }
        </>
    }
}

/// Which system runs, where there is a choice.
fn system(room: &Room) -> Html {
    let listed = systems::titles();
    if listed.len() < 2 {
        return Html::default();
    }
    let titles = listed
        .into_iter()
        .map(|(name, title)| (name.into(), title.into()));
    let options: Rc<[(AttrValue, AttrValue)]> = titles.collect();
    let spec = room.view.scenario.spec;
    let act = room.act.clone();
    let change = Callback::from(move |name: String| {
        act.emit(Action::Change(Change::System(name.into())));
    });
    html! {
        <Choice id="system" label="System" {options} value={spec.name} hint={spec.says} {change} leave={room.on(Look::Leave)} />
    }
}

/// How many nodes play a role.
fn count(room: &Room, index: usize, role: &'static Role) -> Html {
    let scenario = &room.view.scenario;
    let alone = scenario.cast.serving().0 == role.name;
    // The one that votes are counted among has the letter of the theory.
    let voters = alone && scenario.spec.quorums.is_some();
    let label = if voters {
        format!("{}, n", role.title)
    } else {
        role.title.into()
    };
    let id = if alone { "nodes" } else { role.plural };
    let value = f64::from(scenario.cast.count(index));
    let (min, max) = (f64::from(role.bounds.0), f64::from(role.bounds.1));
    let change = edit(room, id, move |s, n: &f64| with_count(s, index, *n as u16));
    html! {
        <NumberField key={id} {id} {label} {value} {min} {max} reach={SLIDER_NODES.min(max).max(value)} {change} leave={room.on(Look::Leave)} />
    }
}

/// How many are traitors from the start, and what they do, where any can be.
fn faulty(room: &Room) -> Html {
    let scenario = &room.view.scenario;
    let corruptible = scenario.cast.those(Among::Serving).count() as f64;
    if scenario.spec.behaviours.is_empty() || corruptible == 0.0 {
        return Html::default();
    }
    let found = traitors(scenario);
    let behaviour = found.first().map(|(_, behaviour)| *behaviour);
    let kinds = scenario
        .spec
        .behaviours
        .iter()
        .filter(|behaviour| behaviour.by != Among::Asking)
        .map(|behaviour| (behaviour.name.into(), behaviour.title.into()));
    let nobody = behaviour
        .is_none()
        .then(|| ("".into(), "Nobody lies".into()));
    let options: Rc<[(AttrValue, AttrValue)]> = nobody.into_iter().chain(kinds).collect();
    let says = behaviour
        .and_then(|name| scenario.spec.behaviour(name))
        .map_or_else(
            || {
                let one = scenario.cast.serving().0;
                format!("Choose what they do, and one {one} does it.")
            },
            |behaviour| behaviour.says.into(),
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
            <NumberField id="traitors" label="Traitors" value={found.len() as f64} min=0.0 max={corruptible}
                reach={corruptible.min(16.0)} change={count} leave={leave.clone()} />
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
