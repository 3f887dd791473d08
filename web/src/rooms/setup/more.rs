//! What few people change: workload, the system's settings, seed, the end.

use super::super::Room;
use super::super::widgets::{Choice, NumberField};
use super::{edit, ms};
use crate::edit::setup::with_count;
use crate::page::actions::Look;
use crate::text::capital;
use quorumscope_core::knob::{self, Args, Knob, Takes, Value};
use quorumscope_core::scenario::Scenario;
use quorumscope_core::spec::Spec;
use quorumscope_core::time::{Span, Time};
use quorumscope_core::workload;
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
                {min} {max} {reach} {step} {change} leave={room.on(Look::Leave)} />
        }
    }
}

/// What is among them, for the one who looks for it.
pub(super) fn names(spec: &Spec) -> String {
    let takes = |these: fn(Takes) -> bool| spec.knobs.iter().any(|knob| these(knob.takes));
    let names = [
        ("workload", !spec.workload.is_empty()),
        (
            "timeouts",
            takes(|takes| matches!(takes, Takes::Period | Takes::Span)),
        ),
        ("seed", true),
        ("quorum", takes(|takes| takes == Takes::Votes)),
    ];
    let there = names.iter().filter(|(_, there)| *there);
    capital(&there.map(|(name, _)| *name).collect::<Vec<_>>().join(", "))
}

/// The fields of what few people change.
pub(super) fn more(room: &Room) -> Html {
    let scenario = &room.view.scenario;
    let roles = scenario.spec.roles.iter().enumerate();
    let askers = roles.filter(|(_, role)| !role.serves);
    let before = askers.map(|(index, role)| {
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
    });
    let asked = scenario.spec.workload.iter();
    let asked = asked.filter(|knob| workload::applies(&scenario.workload, knob.name));
    let knobs = scenario.spec.knobs.iter();
    html! {
        <>
            { for before.map(|setting| setting.field(room)) }
            { for asked.map(|knob| field(room, Of::Workload, knob)) }
            { for knobs.map(|knob| field(room, Of::System, knob)) }
            { for chance(scenario).into_iter().map(|setting| setting.field(room)) }
            <button key="draw" type="button" class="button" onclick={drawn(room)}>{ "Draw another seed" }</button>
        </>
    }
}

/// The largest seed that a number of a document can hold exactly.
const MOST_SEED: u64 = (1 << 53) - 1;

/// Another seed, which nobody could foresee; the same one where the browser has no chance to give.
fn drawn(room: &Room) -> Callback<MouseEvent> {
    edit(room, "seed", |scenario, _: &MouseEvent| {
        let drawn = getrandom::u64().map(|drawn| drawn & MOST_SEED);
        Scenario {
            seed: drawn.unwrap_or(scenario.seed),
            ..scenario.clone()
        }
    })
}

/// What is drawn, and the end.
fn chance(s: &Scenario) -> [Setting; 2] {
    [
        Setting::whole(
            "seed",
            "Seed",
            s.seed as f64,
            (0.0, MOST_SEED as f64, 0.0),
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

/// Whose knobs they are.
#[derive(Clone, Copy)]
enum Of {
    Workload,
    System,
}

impl Of {
    /// The values that are set.
    fn args(self, scenario: &Scenario) -> &Args {
        match self {
            Self::Workload => &scenario.workload,
            Self::System => &scenario.settings,
        }
    }

    /// Changes one of them, or leaves it as usual for `None`.
    fn set(self, scenario: &mut Scenario, name: &'static str, value: Option<Value>) {
        let spec = scenario.spec;
        match self {
            Self::Workload => {
                scenario.workload = knob::with(spec.workload, &scenario.workload, name, value);
            }
            Self::System => scenario.settings = spec.with(&scenario.settings, name, value),
        }
    }

    /// A change to the scenario in the field of this knob.
    fn edit<T: 'static>(
        self,
        room: &Room,
        name: &'static str,
        value: impl Fn(&T) -> Option<Value> + 'static,
    ) -> Callback<T> {
        edit(room, name, move |scenario, typed: &T| {
            let mut changed = scenario.clone();
            self.set(&mut changed, name, value(typed));
            changed
        })
    }
}

/// The field of one knob.
fn field(room: &Room, of: Of, knob: &'static Knob) -> Html {
    let (scenario, name) = (&room.view.scenario, knob.name);
    let args = of.args(scenario);
    match knob.takes {
        Takes::Votes => votes(scenario, knob).map_or_else(Html::default, |it| it.field(room)),
        Takes::Number { min, max } => {
            let value = args.number(name).unwrap_or(min) as f64;
            let reach = if max > 1000 { 50.0 } else { max as f64 };
            let bounds = (min as f64, max as f64, reach);
            let change = move |s: &mut Scenario, v: f64| {
                of.set(s, name, Some(Value::Number(v as i64)));
            };
            Setting::whole(name, knob.title, value, bounds, change)
                .hint(knob.says)
                .field(room)
        }
        Takes::Span | Takes::Period => {
            let least = if knob.takes == Takes::Period {
                0.001
            } else {
                0.0
            };
            let value = args.span(name).map_or(0.0, Span::ms);
            Setting::span(name, knob.title, value, (least, 1e6, 0.0), move |s, v| {
                of.set(s, name, Some(Value::Span(ms(v))));
            })
            .hint(knob.says)
            .field(room)
        }
        Takes::Flag => {
            let options = [("false", "No"), ("true", "Yes")];
            let options = options.map(|(value, title)| (value.into(), title.into()));
            let value = if args.flag(name) { "true" } else { "false" };
            let change = of.edit(room, name, |on: &String| Some(Value::Flag(on == "true")));
            choice(room, knob, options.into(), value, change)
        }
        Takes::Choice(names) => {
            let title = |name: &&'static str| ((*name).into(), capital(name).into());
            let options = names.iter().map(title).collect();
            let chosen = |text: &String| names.iter().find(|known| *known == text).copied();
            let change = of.edit(room, name, move |text: &String| {
                chosen(text).map(Value::Name)
            });
            choice(
                room,
                knob,
                options,
                args.name(name).unwrap_or_default(),
                change,
            )
        }
        _ => Html::default(),
    }
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
            {change} leave={room.on(Look::Leave)} />
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
        Of::System.set(s, knob.name, other.then_some(Value::Number(v as i64)));
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
