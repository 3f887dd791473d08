//! What few people change: workload, timeouts, quorum, seed, the end.

use super::super::Room;
use super::super::widgets::NumberField;
use super::{edit, ms};
use crate::actions::Action;
use crate::setup::with_clients;
use quorumscope_core::quorum::Quorums;
use quorumscope_core::scenario::Scenario;
use quorumscope_core::time::Time;
use yew::prelude::*;

/// One number of the scenario: its field, and what it sets.
struct Setting {
    id: &'static str,
    label: &'static str,
    unit: &'static str,
    hint: String,
    value: f64,
    /// Least and most, where its slider ends, how fine it is.
    bounds: (f64, f64, f64, f64),
    set: fn(&mut Scenario, f64),
}

impl Setting {
    const fn whole(
        id: &'static str,
        label: &'static str,
        value: f64,
        (min, max, reach): (f64, f64, f64),
        set: fn(&mut Scenario, f64),
    ) -> Self {
        Self {
            id,
            label,
            unit: "",
            hint: String::new(),
            value,
            bounds: (min, max, reach, 1.0),
            set,
        }
    }

    fn span(
        id: &'static str,
        label: &'static str,
        value: f64,
        (min, max, reach): (f64, f64, f64),
        set: fn(&mut Scenario, f64),
    ) -> Self {
        Self {
            unit: "ms",
            bounds: (min, max, reach, 0.001),
            ..Self::whole(id, label, value, (min, max, reach), set)
        }
    }

    fn hint(self, hint: impl Into<String>) -> Self {
        Self {
            hint: hint.into(),
            ..self
        }
    }

    fn field(self, room: &Room) -> Html {
        let (set, (min, max, reach, step)) = (self.set, self.bounds);
        let change = edit(room, self.id, move |scenario, value: &f64| {
            let mut changed = scenario.clone();
            set(&mut changed, *value);
            changed
        });
        html! {
            <NumberField key={self.id} id={self.id} label={self.label} unit={self.unit} hint={self.hint} value={self.value}
                {min} {max} {reach} {step} {change} leave={room.on(Action::Leave)} />
        }
    }
}

/// The quorum that theory asks for.
fn theory_of(scenario: &Scenario) -> u32 {
    Quorums::of(scenario.nodes.into()).quorum
}

/// The fields of what few people change.
pub(super) fn more(room: &Room) -> Html {
    let scenario = &room.view.scenario;
    let all = times(scenario).into_iter().chain(bounds(scenario));
    html! { <>{ for all.map(|setting| setting.field(room)) }</> }
}

/// What clients do, and how long anybody waits.
fn times(s: &Scenario) -> [Setting; 5] {
    [
        Setting::whole(
            "clients",
            "Clients",
            f64::from(s.clients),
            (0.0, 64.0, 8.0),
            |s, v| {
                *s = with_clients(s, v as u16);
            },
        ),
        Setting::whole(
            "requests",
            "Requests each",
            f64::from(s.workload.requests),
            (0.0, 1e6, 50.0),
            |s, v| {
                s.workload.requests = v as u32;
            },
        ),
        Setting::span(
            "gap",
            "Pause between",
            s.workload.gap.ms(),
            (0.0, 1e6, 2000.0),
            |s, v| {
                s.workload.gap = ms(v);
            },
        ),
        Setting::span(
            "view-timeout",
            "View timeout",
            s.settings.view_timeout.ms(),
            (0.001, 1e6, 0.0),
            |s, v| {
                s.settings.view_timeout = ms(v);
            },
        )
        .hint(
            "How long a backup waits for a request to execute before it calls for another primary.",
        ),
        Setting::span(
            "client-timeout",
            "Client timeout",
            s.settings.client_timeout.ms(),
            (0.001, 1e6, 0.0),
            |s, v| {
                s.settings.client_timeout = ms(v);
            },
        )
        .hint("How long a client waits before it asks all replicas."),
    ]
}

/// What decides, what is drawn, and the end.
fn bounds(s: &Scenario) -> [Setting; 3] {
    let nodes = f64::from(s.nodes);
    let theory = theory_of(s);
    [
        Setting::whole(
            "quorum",
            "Quorum",
            f64::from(s.quorums().quorum),
            (1.0, nodes, nodes.min(64.0)),
            |s, v| {
                s.quorum = (v as u32 != theory_of(s)).then_some(v as u32);
            },
        )
        .hint(format!(
            "Theory asks for {theory}. Take less, and see what it was good for."
        )),
        Setting::whole(
            "seed",
            "Seed",
            s.seed as f64,
            (0.0, 9_007_199_254_740_991.0, 0.0),
            |s, v| {
                s.seed = v as u64;
            },
        )
        .hint("All chance is drawn from it: the same seed, the same run."),
        Setting::span(
            "until",
            "The run ends at",
            s.until.ms(),
            (1.0, 1e9, 0.0),
            |s, v| {
                s.until = Time::ZERO + ms(v);
            },
        ),
    ]
}
