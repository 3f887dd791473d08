//! What few people change: workload, the system's settings, seed, the end.

use super::super::Room;
use super::super::widgets::{Choice, NumberField};
use super::{edit, ms};
use crate::actions::Action;
use crate::setup::with_count;
use quorumscope_core::knob::{Knob, Takes, Value};
use quorumscope_core::scenario::Scenario;
use quorumscope_core::time::{Span, Time};
use std::rc::Rc;
use yew::prelude::*;

/// What a number in a field does to the scenario.
type Set = dyn Fn(&mut Scenario, f64);

/// One number of the scenario: its field, and what it sets.
struct Setting {
    id: &'static str,
    label: &'static str,
    unit: &'static str,
    hint: String,
    value: f64,
    /// Least and most, where its slider ends, how fine it is.
    bounds: (f64, f64, f64, f64),
    set: Rc<Set>,
}

impl Setting {
    fn whole(
        id: &'static str,
        label: &'static str,
        value: f64,
        (min, max, reach): (f64, f64, f64),
        set: impl Fn(&mut Scenario, f64) + 'static,
    ) -> Self {
        Self {
            id,
            label,
            unit: "",
            hint: String::new(),
            value,
            bounds: (min, max, reach, 1.0),
            set: Rc::new(set),
        }
    }

    fn span(
        id: &'static str,
        label: &'static str,
        value: f64,
        (min, max, reach): (f64, f64, f64),
        set: impl Fn(&mut Scenario, f64) + 'static,
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

/// The fields of what few people change.
pub(super) fn more(room: &Room) -> Html {
    let scenario = &room.view.scenario;
    let roles = scenario.spec.roles.iter().enumerate();
    let askers = roles.filter(|(_, role)| !role.serves);
    let before = askers
        .map(|(index, role)| {
            let (least, most) = (f64::from(role.bounds.0), f64::from(role.bounds.1));
            let count = f64::from(scenario.cast.count(index));
            let set = move |s: &mut Scenario, v: f64| *s = with_count(s, index, v as u16);
            Setting::whole(
                role.plural,
                role.title,
                count,
                (least, most, most.min(8.0)),
                set,
            )
        })
        .chain(workload(scenario));
    let knobs = scenario.spec.knobs.iter();
    html! {
        <>
            { for before.map(|setting| setting.field(room)) }
            { for knobs.map(|knob| field(room, knob)) }
            { for chance(scenario).into_iter().map(|setting| setting.field(room)) }
        </>
    }
}

/// What clients do.
fn workload(s: &Scenario) -> [Setting; 2] {
    [
        Setting::whole(
            "requests",
            "Requests each",
            f64::from(s.workload.requests),
            (0.0, 1e6, 50.0),
            |s, v| s.workload.requests = v as u32,
        ),
        Setting::span(
            "gap",
            "Pause between",
            s.workload.gap.ms(),
            (0.0, 1e6, 2000.0),
            |s, v| s.workload.gap = ms(v),
        ),
    ]
}

/// What is drawn, and the end.
fn chance(s: &Scenario) -> [Setting; 2] {
    [
        Setting::whole(
            "seed",
            "Seed",
            s.seed as f64,
            (0.0, 9_007_199_254_740_991.0, 0.0),
            |s, v| s.seed = v as u64,
        )
        .hint("Same seed, same run."),
        Setting::span(
            "until",
            "The run ends at",
            s.until.ms(),
            (1.0, 1e9, 0.0),
            |s, v| s.until = Time::ZERO + ms(v),
        ),
    ]
}

/// The scenario with one of the system's settings changed.
fn set(scenario: &mut Scenario, name: &'static str, value: Option<Value>) {
    scenario.settings = scenario.spec.with(&scenario.settings, name, value);
}

/// The field of one of the system's settings.
fn field(room: &Room, knob: &'static Knob) -> Html {
    let (scenario, name) = (&room.view.scenario, knob.name);
    let settings = &scenario.settings;
    let number = |value: i64, bounds| {
        let change = move |s: &mut Scenario, v: f64| set(s, name, Some(Value::Number(v as i64)));
        Setting::whole(name, knob.title, value as f64, bounds, change).hint(knob.says)
    };
    match knob.takes {
        Takes::Votes => votes(scenario, knob).map_or_else(Html::default, |it| it.field(room)),
        Takes::Number { min, max } => {
            let value = settings.number(name).unwrap_or(min);
            let reach = if max > 1000 { 0.0 } else { max as f64 };
            number(value, (min as f64, max as f64, reach)).field(room)
        }
        Takes::Span | Takes::Period => {
            let least = if knob.takes == Takes::Period {
                0.001
            } else {
                0.0
            };
            let value = settings.span(name).map_or(0.0, Span::ms);
            Setting::span(name, knob.title, value, (least, 1e6, 0.0), move |s, v| {
                set(s, name, Some(Value::Span(ms(v))));
            })
            .hint(knob.says)
            .field(room)
        }
        Takes::Flag => flag(room, knob, settings.flag(name)),
        Takes::Choice(names) => {
            let options = names.iter().map(|name| ((*name).into(), (*name).into()));
            let change = edit(room, name, move |scenario, chosen: &String| {
                let chosen = names.iter().find(|known| *known == chosen);
                let mut changed = scenario.clone();
                set(&mut changed, name, chosen.map(|name| Value::Name(name)));
                changed
            });
            let value = settings.name(name).unwrap_or_default();
            choice(room, knob, options.collect(), value, change)
        }
        _ => Html::default(),
    }
}

/// Yes or no.
fn flag(room: &Room, knob: &'static Knob, on: bool) -> Html {
    let name = knob.name;
    let change = edit(room, name, move |scenario, chosen: &String| {
        let mut changed = scenario.clone();
        set(&mut changed, name, Some(Value::Flag(chosen == "true")));
        changed
    });
    let options = [("false", "No"), ("true", "Yes")];
    let options = options.map(|(value, title)| (value.into(), title.into()));
    choice(
        room,
        knob,
        options.into(),
        if on { "true" } else { "false" },
        change,
    )
}

fn choice(
    room: &Room,
    knob: &'static Knob,
    options: Rc<[(AttrValue, AttrValue)]>,
    value: &'static str,
    change: Callback<String>,
) -> Html {
    html! {
        <Choice key={knob.name} id={knob.name} label={knob.title} {options} {value} hint={knob.says}
            {change} leave={room.on(Action::Leave)} />
    }
}

/// The votes that decide; what theory asks for is left out of the document.
fn votes(scenario: &Scenario, knob: &'static Knob) -> Option<Setting> {
    let spec = scenario.spec;
    let count = spec.quorums?;
    let usual = spec.with(&scenario.settings, knob.name, None);
    let theory = count(&usual, &scenario.cast).quorum;
    let all = f64::from(scenario.servers());
    let value = f64::from(count(&scenario.settings, &scenario.cast).quorum);
    let change = move |s: &mut Scenario, v: f64| {
        let other = v as u32 != theory;
        set(s, knob.name, other.then_some(Value::Number(v as i64)));
    };
    let setting = Setting::whole(
        knob.name,
        knob.title,
        value,
        (1.0, all, all.min(64.0)),
        change,
    );
    Some(setting.hint(format!(
        "Safe from {theory}. Try fewer and see what breaks."
    )))
}
