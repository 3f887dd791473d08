//! What the lists of a form offer: nodes, names, and the messages that are under way.

use crate::edit::forms::{Draft, of_a_message, words};
use crate::page::view::View;
use crate::run::questions::Awaited;
use quorumscope_core::fault::{Family, Fault};
use quorumscope_core::knob::{Among, Knob, Takes};
use quorumscope_core::trace::Transit;

/// Lists to choose from are no longer than this.
const MOST: usize = 200;

/// One thing to choose.
pub(super) struct One {
    pub(super) key: String,
    pub(super) title: String,
    /// What it writes into the form.
    pub(super) writes: Vec<(&'static str, String)>,
}

/// Things to choose from, and which of them is chosen.
pub(super) struct Options {
    pub(super) all: Vec<One>,
    pub(super) now: usize,
}

/// What a knob may be chosen from; `None` if it has to be typed.
pub(super) fn offered(
    view: &View,
    fault: &'static Fault,
    knob: &'static Knob,
    draft: &Draft,
) -> Option<Options> {
    let spec = view.scenario.spec;
    let nothing = One {
        key: String::new(),
        title: words::usual(knob, spec),
        writes: vec![(knob.name, String::new())],
    };
    if knob.name == "message" {
        let mut all = vec![nothing];
        all.extend(messages(view, fault));
        let wanted = copy(draft);
        let now = all.iter().position(|one| one.key == wanted).unwrap_or(0);
        return Some(Options { all, now });
    }
    let mut all: Vec<(String, String)> = Vec::new();
    if knob.takes != Takes::Flag {
        all.push((String::new(), words::usual(knob, spec)));
    }
    all.extend(names(view, fault, knob, draft)?);
    let value = draft.get(knob.name);
    let now = all.iter().position(|(key, _)| key == value).unwrap_or(0);
    let one = |(key, title): (String, String)| One {
        writes: vec![(knob.name, key.clone())],
        key,
        title,
    };
    let all = all.into_iter().map(one).collect();
    Some(Options { all, now })
}

/// Values and titles, without the one that stands for nothing chosen.
fn names(
    view: &View,
    fault: &'static Fault,
    knob: &'static Knob,
    draft: &Draft,
) -> Option<Vec<(String, String)>> {
    let spec = view.scenario.spec;
    let some = |among: Among| {
        let nodes = view.scenario.cast.those(among).take(MOST);
        nodes
            .map(|id| (id.to_string(), view.name(id)))
            .collect::<Vec<_>>()
    };
    let own = |(key, title): (&str, &str)| (key.to_string(), title.to_string());
    Some(match knob.takes {
        Takes::Node(among) => some(among),
        Takes::NodeOrAll => some(Among::Any),
        Takes::Choice(_) | Takes::Disk | Takes::Answer => match held(view, fault, draft) {
            // A traitor that waits says itself what it could send.
            Some(held) => {
                let title = |choice: &&str| ((*choice).into(), words::title(choice, spec).into());
                held.choices.iter().map(title).collect()
            }
            None => words::choices(knob, spec),
        },
        Takes::Behaviour => {
            let all = spec.behaviours.iter();
            all.map(|known| own((known.name, known.title))).collect()
        }
        Takes::Kinds => {
            let all = view.present.kinds.iter();
            all.map(|kind| own((kind.name, kind.name))).collect()
        }
        Takes::Flag => words::flag(knob).map(own).into(),
        _ => return None,
    })
}

/// Whether a fault is about what a traitor holds back until it is told.
pub(super) fn dictates(fault: &Fault) -> bool {
    of_a_message(fault) && fault.family == Family::Byzantine
}

/// The copies of messages that a fault can be about: those under way, or those that a traitor holds back.
fn messages(view: &View, fault: &Fault) -> Vec<One> {
    let one = |transit: &Transit, says: String| One {
        key: key(transit.message.0, transit.to.0),
        title: format!("{}, {says}", view.letter(transit)),
        writes: vec![
            ("message", transit.message.0.to_string()),
            ("to", transit.to.to_string()),
        ],
    };
    if dictates(fault) {
        let held = view.present.awaited.iter().take(MOST);
        return held
            .map(|held| one(&held.transit, "held back".into()))
            .collect();
    }
    let flights = view.present.flights.iter().take(MOST);
    flights
        .map(|flight| {
            let lands = format!("arrives {:.1} ms", flight.lands.ms());
            one(&flight.transit, lands)
        })
        .collect()
}

fn key(message: u64, to: u16) -> String {
    format!("{message} to {to}")
}

/// The copy that a form is about.
fn copy(draft: &Draft) -> String {
    format!("{} to {}", draft.get("message"), draft.get("to"))
}

/// The copy that a form is about, if it is still there.
pub(super) fn chosen(view: &View, fault: &Fault, draft: &Draft) -> Option<Transit> {
    let wanted = copy(draft);
    let flights = view.present.flights.iter().map(|flight| flight.transit);
    let held = view.present.awaited.iter().map(|held| held.transit);
    let mut all: Box<dyn Iterator<Item = Transit>> = if dictates(fault) {
        Box::new(held)
    } else {
        Box::new(flights)
    };
    all.find(|transit| key(transit.message.0, transit.to.0) == wanted)
}

/// What a traitor holds back, if the form is about that.
fn held<'a>(view: &'a View, fault: &Fault, draft: &Draft) -> Option<&'a Awaited> {
    let transit = chosen(view, fault, draft).filter(|_| dictates(fault))?;
    let mut held = view.present.awaited.iter();
    held.find(|held| held.transit == transit)
}
