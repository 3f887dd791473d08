//! Every sentence of every preset is held against the run: who, to whom, which numbers, how many.
//!
//! What a sentence tells comes back with it. Here each of these values is worked out once
//! more, from the events alone, and no number may stand in a sentence beside them.

use super::story::Story;
use super::*;
use crate::run::session::Session;
use crate::text::digest;
use quorumscope_core::chronicle::Chronicle;
use quorumscope_core::knob::Value;
use quorumscope_core::presets;
use quorumscope_core::protocol::{About, Claim, value_name};
use quorumscope_core::say::capital;
use quorumscope_core::say::names;
use quorumscope_core::time::Span;
use quorumscope_core::trace::MessageId;
use std::collections::BTreeSet;

const LEVELS: [Level; 3] = [Level::First, Level::Course, Level::Paper];

/// Opens a run, plays it to its end and hands it over.
fn with_run(scenario: &Scenario, read: impl FnOnce(Narrator<'_>)) {
    let mut session = Session::open(scenario);
    session.explore(&mut || true);
    session.seek(scenario.until);
    session.pursue(&mut || true);
    let present = session.present(Span::ZERO);
    let scenario = session.scenario();
    session.reader().chronicle(|chronicle| {
        read(Narrator {
            scenario: &scenario,
            promises: &present.promises,
            run: Some(chronicle),
            idle: &chronicle.idle,
        });
    });
}

#[test]
fn every_line_of_every_preset_tells_what_happened() {
    for preset in presets::known() {
        with_run(&preset.scenario(), |narrator| {
            for level in LEVELS {
                let lines = narrator
                    .events()
                    .iter()
                    .filter_map(|e| narrator.tell(e, level));
                lines.for_each(|line| hold(&narrator, &line, preset.name));
            }
        });
    }
}

#[test]
fn every_line_of_every_story_names_those_who_did_it_and_no_event_is_told_twice() {
    for preset in presets::known() {
        with_run(&preset.scenario(), |narrator| {
            let story = Story::new(narrator, Level::First, &|_| true).deeper(1_000);
            let lines = story.before(usize::MAX, usize::MAX);
            lines
                .iter()
                .for_each(|line| hold(&narrator, line, preset.name));
            let mut told: Vec<EventId> = lines.iter().flat_map(ids).collect();
            told.sort_unstable();
            let events = narrator.events().iter();
            let tells = events.filter(|event| narrator.tells(&event.what, Level::First));
            let all: Vec<EventId> = tells.map(|event| event.id).collect();
            assert_eq!(told, all, "{}", preset.name);
        });
    }
}

#[test]
fn every_caption_tells_of_what_has_happened_by_then() {
    for preset in presets::known() {
        with_run(&preset.scenario(), |narrator| {
            let story = Story::new(narrator, Level::First, &|_| true);
            let events = narrator.events().len();
            for happened in (1..=events).step_by(events / 50 + 1) {
                for line in story.newest(happened, 8) {
                    hold(&narrator, &line, preset.name);
                    assert!(ids(&line).all(|id| (id as usize) < happened));
                }
            }
        });
    }
}

fn ids(line: &Line) -> impl Iterator<Item = EventId> + '_ {
    line.members.iter().map(|member| member.id)
}

/// Holds a line against the events that it tells.
fn hold(narrator: &Narrator<'_>, line: &Line, preset: &str) {
    let events: Vec<&Event> = ids(line)
        .map(|id| &narrator.events()[id as usize])
        .collect();
    let at = format!(
        "{preset}, event {}: {:?} {:?}",
        line.id, line.text, line.why
    );
    let (first, last) = (events[0], events[events.len() - 1]);
    assert_eq!((line.id, line.at), (first.id, first.at), "{at}");
    assert_eq!(line.last, (last.id, last.at), "{at}");
    assert!(events.is_sorted_by(|one, other| one.id < other.id), "{at}");
    let nodes: BTreeSet<NodeId> = events.iter().map(|event| event.node).collect();
    assert_eq!(line.nodes, Vec::from_iter(nodes.clone()), "{at}");
    for (name, arg) in &line.told {
        let known = known(narrator, &events, name);
        assert!(
            known.contains(arg),
            "{at}: {name} is {arg:?}, not {known:?}"
        );
    }
    if let What::Broken { promise, witness } = first.what {
        return show(narrator, line, promise, witness, &at);
    }
    // All numbers are values that were told; rules and templates bring only such as f+1.
    let mut text = format!("{} {}", line.text, line.why.as_deref().unwrap_or_default());
    let told = line
        .told
        .iter()
        .map(|(_, arg)| arg.text(&narrator.scenario.cast));
    let mut told: Vec<String> = told.flat_map(|one| [capital(&one), one]).collect();
    told.sort_by_key(|one| std::cmp::Reverse(one.len()));
    for one in told
        .iter()
        .map(String::as_str)
        .chain(["f+1", "Q-1", "last 8 writes"])
    {
        text = text.replace(one, "");
    }
    assert!(!text.contains(|c: char| c.is_ascii_digit()), "{at}: {text}");
}

/// A broken promise is told with the nodes, the number and the values of its witness.
fn show(narrator: &Narrator<'_>, line: &Line, promise: u8, witness: u32, at: &str) {
    let witness = &narrator.promises[usize::from(promise)].witnesses[witness as usize];
    let says = line.why.as_deref().unwrap_or_default().to_lowercase();
    let all = names(&witness.nodes, &narrator.scenario.cast);
    let one = |node: &NodeId| says.contains(&narrator.scenario.cast.name(*node));
    assert!(says.contains(&all) || witness.nodes.iter().all(one), "{at}");
    assert!(
        witness.sequence == 0 || says.contains(&format!("sequence {}", witness.sequence)),
        "{at}"
    );
}

/// What a field of a sentence about these events may say, by the events alone: one value, or none.
fn known(narrator: &Narrator<'_>, events: &[&Event], name: &str) -> Vec<Arg> {
    let set = |nodes: BTreeSet<NodeId>| Arg::Nodes(nodes.into_iter().collect());
    let who = set(events.iter().map(|event| event.node).collect());
    let one = |value: fn(&Narrator<'_>, &Event, &str) -> Option<Arg>| {
        let mut all: Vec<Option<Arg>> = events.iter().map(|e| value(narrator, e, name)).collect();
        all.dedup();
        match all.as_slice() {
            [Some(arg)] => vec![arg.clone()],
            _ => Vec::new(),
        }
    };
    match (name, &events[0].what) {
        (_, What::Ordered(index) | What::Lifted(index)) => ordered(narrator, *index, name),
        ("who", _) => vec![who],
        ("to", What::Sent { .. } | What::Dropped(..)) => {
            let to = events.iter().flat_map(|event| recipients(event));
            // All recipients are those of each sender, or there is but one sender.
            let senders: BTreeSet<NodeId> = events.iter().map(|event| sender(event)).collect();
            assert_eq!(senders.len(), 1, "{events:?}");
            vec![set(to.collect())]
        }
        // What it is about is still the request that was done before.
        ("value", What::Claimed(Claim::Applied { label, ops, .. }))
            if ops.is_empty() && label.digest != 0 =>
        {
            let about = value(narrator.run.expect("a run"), label.digest);
            vec![Arg::Text("nothing new".into()), Arg::Text(about)]
        }
        // Its numbers are told beside it.
        ("about", _) => about(narrator, events[0]),
        _ => one(fact),
    }
}

fn recipients(event: &Event) -> Vec<NodeId> {
    match &event.what {
        What::Sent {
            to: Recipients::One(to),
            ..
        } => vec![*to],
        What::Sent {
            to: Recipients::These(some),
            ..
        } => some.to_vec(),
        What::Delivered(transit) | What::Dropped(transit, _) => vec![transit.to],
        _ => Vec::new(),
    }
}

fn sender(event: &Event) -> NodeId {
    match event.what {
        What::Delivered(transit) | What::Dropped(transit, _) => transit.from,
        _ => event.node,
    }
}

/// All nodes that have to do with an event.
fn ends(event: &Event) -> impl Iterator<Item = NodeId> {
    let ends = [event.node, sender(event)].into_iter();
    ends.chain(recipients(event))
}

/// The label of an event, and what it means.
fn label(narrator: &Narrator<'_>, event: &Event) -> Option<(About, Label)> {
    let kinds = narrator.scenario.spec.kinds;
    match &event.what {
        What::Sent { kind, label, .. } => Some((kinds[usize::from(*kind)].about, *label)),
        What::Delivered(transit) | What::Dropped(transit, _) => {
            Some((kinds[usize::from(transit.kind)].about, transit.label))
        }
        What::Because(rule, label) => Some((rule.about, *label)),
        What::Claimed(Claim::Reached { label, .. } | Claim::Applied { label, .. }) => {
            Some((About::Number, *label))
        }
        What::Claimed(Claim::TookOver { label }) => Some((About::State, *label)),
        _ => None,
    }
}

/// What a field says of one event.
fn fact(narrator: &Narrator<'_>, event: &Event, name: &str) -> Option<Arg> {
    let text = |text: &str| Some(Arg::Text(text.into()));
    let number = |number: u64| Some(Arg::Number(number));
    let labelled = label(narrator, event);
    let kind = |kind: u8| narrator.scenario.spec.kinds[usize::from(kind)].one;
    match (name, &event.what) {
        ("slot", What::Claimed(Claim::RolledBack { to })) => number(*to),
        ("round", What::Claimed(Claim::Entered { round, .. } | Claim::GaveUp { round, .. })) => {
            number((*round).into())
        }
        ("slot", _) => number(labelled?.1.sequence),
        ("round", _) => number(labelled?.1.view.into()),
        ("digest", _) => text(&digest(labelled?.1.digest)),
        ("number", _) => number(labelled?.1.sequence),
        ("value", What::Claimed(Claim::Applied { ops, .. })) if !ops.is_empty() => {
            text(&value_name(ops))
        }
        ("value", _) => text(&value(narrator.run?, labelled?.1.digest)),
        ("votes", What::Claimed(Claim::Reached { votes, .. })) => {
            // What came too early was kept, and is counted one by one.
            let most = vouching(narrator, event);
            let enough = narrator.scenario.votes().quorum.min(most);
            assert!((enough..=most).contains(votes), "{event:?}, of {most}");
            number((*votes).into())
        }
        ("by", What::Claimed(Claim::Answered { by, .. })) => {
            assert_eq!(*by, answering(narrator, event), "{event:?}");
            number((*by).into())
        }
        ("leader", What::Claimed(Claim::Entered { leader, .. })) => {
            leader.map(|leader| Arg::Nodes(vec![leader]))
        }
        ("node", What::Claimed(Claim::Suspects { node, .. })) => Some(Arg::Nodes(vec![*node])),
        ("op", _) => text(&operation(narrator, event, labelled)?),
        ("from", What::Delivered(transit) | What::Dropped(transit, _)) => {
            Some(Arg::Nodes(vec![transit.from]))
        }
        ("message", What::Sent { kind: index, .. }) => text(kind(*index)),
        ("message", What::Delivered(transit) | What::Dropped(transit, _)) => {
            text(kind(transit.kind))
        }
        (
            "servers",
            What::Sent {
                to: Recipients::Role { role, .. },
                ..
            },
        ) => text(narrator.scenario.cast.roles()[usize::from(*role)].plural),
        ("rule", What::Because(rule, _)) => text(rule.name),
        ("source", What::Because(rule, _)) => text(rule.source),
        (
            "timer",
            What::TimerSet { timer, .. }
            | What::TimerCancelled { timer }
            | What::TimerFired { timer },
        ) => text(timer),
        ("piece", What::WorkBegun { piece, .. } | What::WorkDone { piece }) => text(piece),
        ("until", What::TimerSet { until, .. } | What::WorkBegun { until, .. }) => {
            text(&until.to_string())
        }
        ("witness", What::Broken { promise, witness }) => {
            let promise = &narrator.promises[usize::from(*promise)];
            text(&promise.witnesses[*witness as usize].says)
        }
        ("promise", What::Broken { promise, .. }) => {
            text(narrator.promises[usize::from(*promise)].promise.name)
        }
        _ => None,
    }
}

/// The operation that an event is about: as it says, or by its client and the number of its label.
fn operation(
    narrator: &Narrator<'_>,
    event: &Event,
    labelled: Option<(About, Label)>,
) -> Option<String> {
    let (client, number) = match &event.what {
        What::Claimed(
            Claim::Answered { op, .. } | Claim::Failed { op, .. } | Claim::Worked { op },
        ) => return Some(op.to_string()),
        What::Asked { number } => (event.node, u64::from(*number)),
        _ => {
            let client = ends(event).find(|node| narrator.scenario.cast.is_client(*node));
            (client?, labelled?.1.sequence)
        }
    };
    Some(format!("c{client}#{number}"))
}

/// What a message or a rule is about, with its digest or without.
fn about(narrator: &Narrator<'_>, event: &Event) -> Vec<Arg> {
    let Some((about, label)) = label(narrator, event) else {
        return Vec::new();
    };
    let ends: Vec<NodeId> = ends(event).collect();
    let said = [false, true].map(|exact| narrator.about(about, label, &ends, exact).text);
    said.map(Arg::Text).to_vec()
}

/// The value behind a digest, by those who executed it; or as the message that brought it said.
fn value(run: &Chronicle, digest: u64) -> String {
    if digest == 0 {
        return "an empty request".into();
    }
    let mut all = run.executed.iter().flatten();
    let executed = all.find(|entry| entry.digest == digest);
    let ops = executed.map_or_else(|| &run.values[&digest], |entry| &entry.ops);
    value_name(ops)
}

/// How many vouch for what a replica holds, by the votes that were delivered to it: itself and
/// the primary's proposal included.
fn vouching(narrator: &Narrator<'_>, event: &Event) -> u32 {
    let What::Claimed(Claim::Reached { stage, label, .. }) = event.what else {
        return 0;
    };
    let name = narrator.scenario.spec.stages[usize::from(stage)].name;
    let kind = if name == "prepared" {
        "prepare"
    } else {
        "commit"
    };
    let mut voters = BTreeSet::from([event.node]);
    if name == "prepared" {
        voters.insert(NodeId(
            (label.view % u32::from(narrator.scenario.servers())) as u16,
        ));
    }
    voters.extend(delivered(narrator, event, kind, |about| about == label));
    voters.len() as u32
}

/// How many gave a client the result that it accepted, by the replies that were delivered to it.
fn answering(narrator: &Narrator<'_>, event: &Event) -> u32 {
    let What::Claimed(Claim::Answered { op, result, .. }) = event.what else {
        return 0;
    };
    let same = |label: Label| label.sequence == u64::from(op.number) && label.digest == result;
    let senders: BTreeSet<NodeId> = delivered(narrator, event, "reply", same).collect();
    senders.len() as u32
}

/// Who sent the messages of a kind that reached a node up to an event.
fn delivered<'a>(
    narrator: &Narrator<'a>,
    event: &'a Event,
    kind: &'a str,
    wanted: impl Fn(Label) -> bool + 'a,
) -> impl Iterator<Item = NodeId> + 'a {
    let kinds = narrator.scenario.spec.kinds;
    let past = &narrator.events()[..event.id as usize];
    past.iter().filter_map(move |other| match other.what {
        What::Delivered(transit) if other.node == event.node => {
            let named = kinds[usize::from(transit.kind)].name == kind;
            (named && wanted(transit.label)).then_some(transit.from)
        }
        _ => None,
    })
}

/// What a field says of an order of the script: its own value, or what is known of its message.
fn ordered(narrator: &Narrator<'_>, index: u32, name: &str) -> Vec<Arg> {
    let order = &narrator.scenario.script[index as usize];
    let number = order.args.number("message").map(i64::unsigned_abs);
    let is = |message: MessageId| Some(message.0) == number;
    let mut events = narrator.events().iter();
    let sent = events.find(|e| matches!(e.what, What::Sent { message, .. } if is(message)));
    let known = sent.and_then(|sent| match (name, &sent.what) {
        ("from", _) => Some(Arg::Nodes(vec![sent.node])),
        ("kind", What::Sent { kind, .. }) => Some(Arg::Text(narrator.kind(*kind)?.one.into())),
        ("about", What::Sent { label, .. }) => Some(Arg::Text(format!(
            "number {} in view {}",
            label.sequence, label.view
        ))),
        _ => None,
    });
    if name == "settings" {
        let own = |name: &&str| order.fault.knobs.iter().all(|knob| knob.name != *name);
        let args = order.args.0.iter().filter(|(name, _)| own(name));
        let args = args.map(|(name, value)| {
            let name = name.trim_end_matches("_ms").replace('_', " ");
            format!(
                "{name} {}",
                plain(narrator, &name, value).text(&narrator.scenario.cast)
            )
        });
        let args: Vec<String> = args.collect();
        return vec![Arg::Text(quorumscope_core::say::list(&args))];
    }
    let own = order
        .args
        .0
        .get(name)
        .map(|value| plain(narrator, name, value));
    known.or(own).into_iter().collect()
}

/// A value of an order as it should be told.
fn plain(narrator: &Narrator<'_>, name: &str, value: &Value) -> Arg {
    let spec = narrator.scenario.spec;
    match value {
        Value::Node(node) => Arg::Nodes(vec![*node]),
        Value::Nodes(nodes) => Arg::Nodes(nodes.clone()),
        Value::Groups(groups) => Arg::Sides(groups.clone()),
        Value::Span(span) => Arg::Text(span.to_string()),
        Value::Number(number) if name.starts_with("per") => {
            Arg::Text(format!("{} %", *number as f64 / 10.0))
        }
        Value::Number(number) if name == "ppm" => Arg::Text(format!("{} %", *number as f64 / 1e4)),
        Value::Number(number) => Arg::Number(number.unsigned_abs()),
        Value::Name(name) => {
            let title = spec.behaviour(name).map(|behaviour| behaviour.title);
            let title = title.or(spec.title_of(name));
            Arg::Text(title.map_or_else(|| name.replace('-', " "), Into::into))
        }
        Value::Names(names) => Arg::Text(names.join(" and ").to_uppercase()),
        Value::Numbers(numbers) => {
            let numbers: Vec<String> = numbers.iter().map(ToString::to_string).collect();
            Arg::Text(numbers.join(", "))
        }
        Value::Flag(_) => Arg::Text("yes".into()),
    }
}
