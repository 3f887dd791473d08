//! What the run is made of, and what theory promises for it next to what it has shown.

mod latency;

mod next;

mod places;

mod theory;

use super::Room;
use super::widgets::{Choice, NumberField};
use crate::actions::Action;
use crate::setup::{traitors, with_clients, with_nodes, with_traitors};
use quorumscope_core::behaviours;
use quorumscope_core::scenario::Scenario;
use quorumscope_core::time::{Span, Time};
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
            <div class="next" key="next">{ next::next(room) }</div>
            <h2 key="cluster">{ "Cluster" }</h2>
            <div key="fields">{ cluster(room) }</div>
            <div key="theory">{ theory::theory(room) }</div>
            <h2 key="network">{ "Network" }</h2>
            <div key="latency">{ latency::latency_fields(room) }</div>
            <details key="more">
                <summary>{ "Workload, timeouts, seed, quorum" }</summary>
                <div style="margin-top: var(--s3)">{ more(room) }</div>
            </details>
        </>
    }
}

/// Makes a callback that proposes the scenario with one thing changed.
fn edit(room: &Room, change: impl Fn(&Scenario, f64) -> Scenario + 'static) -> Callback<f64> {
    let (view, act) = (Rc::clone(&room.view), room.act.clone());
    Callback::from(move |value| act.emit(Action::Propose(Rc::new(change(&view.scenario, value)))))
}

fn cluster(room: &Room) -> Html {
    let scenario = &room.view.scenario;
    let found = traitors(scenario);
    let behaviour = found.first().map_or("silent", |(_, behaviour)| *behaviour);
    let options: Rc<[(AttrValue, AttrValue)]> = behaviours::ALL
        .iter()
        .map(|behaviour| (behaviour.name.into(), behaviour.title.into()))
        .collect();
    let says = behaviours::find(behaviour).map_or("", |behaviour| behaviour.says);
    let choose = {
        let (view, act, count) = (Rc::clone(&room.view), room.act.clone(), found.len());
        Callback::from(move |name: String| {
            let changed = with_traitors(&view.scenario, count.max(1), &name);
            act.emit(Action::Propose(Rc::new(changed)));
        })
    };
    html! {
        <>
            <NumberField id="nodes" label="Replicas, n" value={f64::from(scenario.nodes)} min=1.0 max={MOST_NODES}
                reach={SLIDER_NODES.max(f64::from(scenario.nodes))} change={edit(room, |s, n| with_nodes(s, n as u16))} />
            <NumberField id="traitors" label="Traitors, f" value={found.len() as f64} min=0.0 max={f64::from(scenario.nodes)}
                reach={f64::from(scenario.nodes.min(16))} change={edit(room, move |s, f| with_traitors(s, f as usize, behaviour))} />
            <Choice id="behaviour" label="They are" {options} value={behaviour} hint={says} change={choose} />
        </>
    }
}

fn more(room: &Room) -> Html {
    let scenario = &room.view.scenario;
    let ms = |value: f64| Span((value * 1000.0).round() as u64);
    let quorum = f64::from(scenario.quorums().quorum);
    let theory = f64::from(quorumscope_core::quorum::Quorums::of(scenario.nodes.into()).quorum);
    let set = |change: fn(&mut Scenario, f64)| {
        edit(room, move |scenario, value| {
            let mut changed = scenario.clone();
            change(&mut changed, value);
            changed
        })
    };
    html! {
        <>
            <NumberField id="clients" label="Clients" value={f64::from(scenario.clients)} min=0.0 max=64.0 reach=8.0
                change={edit(room, |s, c| with_clients(s, c as u16))} />
            <NumberField id="requests" label="Requests each" value={f64::from(scenario.workload.requests)} min=0.0 max=1_000_000.0 reach=50.0
                change={set(|s, v| s.workload.requests = v as u32)} />
            <NumberField id="gap" label="Pause between" unit="ms" value={scenario.workload.gap.ms()} min=0.0 max=1e6 reach=2000.0 step=0.001
                change={edit(room, move |s, v| { let mut s = s.clone(); s.workload.gap = ms(v); s })} />
            <NumberField id="view-timeout" label="View timeout" unit="ms" value={scenario.settings.view_timeout.ms()} min=0.001 max=1e6 step=0.001
                hint="How long a backup waits for a request to execute before it calls for another primary."
                change={edit(room, move |s, v| { let mut s = s.clone(); s.settings.view_timeout = ms(v); s })} />
            <NumberField id="client-timeout" label="Client timeout" unit="ms" value={scenario.settings.client_timeout.ms()} min=0.001 max=1e6 step=0.001
                hint="How long a client waits before it asks all replicas."
                change={edit(room, move |s, v| { let mut s = s.clone(); s.settings.client_timeout = ms(v); s })} />
            <NumberField id="quorum" label="Quorum" value={quorum} min=1.0 max={f64::from(scenario.nodes)} reach={f64::from(scenario.nodes.min(64))}
                hint={format!("Theory asks for {theory}. Take less, and see what it was good for.")}
                change={edit(room, move |s, v| { let mut s = s.clone(); s.quorum = (v != theory).then_some(v as u32); s })} />
            <NumberField id="seed" label="Seed" value={scenario.seed as f64} min=0.0 max=9_007_199_254_740_991.0
                hint="All chance is drawn from it: the same seed, the same run." change={set(|s, v| s.seed = v as u64)} />
            <NumberField id="until" label="The run ends at" unit="ms" value={scenario.until.ms()} min=1.0 max=1e9 step=0.001
                change={edit(room, move |s, v| { let mut s = s.clone(); s.until = Time::ZERO + ms(v); s })} />
        </>
    }
}
