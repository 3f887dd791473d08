//! What is selected: a node's state, a message's contents, a cell's votes, why something happened.

use super::Room;
use crate::actions::{Action, Level, Panel, Target};
use crate::narration::digest;
use quorumscope_core::protocol::{Cell, NodeId, Role};
use quorumscope_core::trace::{EventId, MessageId, What};
use quorumscope_core::trace_json;
use yew::prelude::*;

/// No more links of a chain of causes are shown.
const MOST_CAUSES: usize = 40;
/// So many events back a message that has arrived is looked for.
const MESSAGE_DEPTH: usize = 20_000;

/// The inspector.
pub fn inspect(room: &Room) -> Html {
    match room.view.ui.selected {
        Some(Target::Node(node)) => node_state(room, node),
        Some(Target::Cell(node, sequence)) => cell_state(room, node, sequence),
        Some(Target::Message(message, to)) => message_state(room, message, to),
        Some(Target::Event(event)) => event_state(room, event),
        None => nothing(room),
    }
}

/// The list of nodes: the way in for those who do not click on the stage.
fn nothing(room: &Room) -> Html {
    let node = |actor: &crate::view::Actor| {
        html! {
            <button key={actor.id.0.to_string()} type="button" class="button" onclick={room.on(Action::Select(Some(Target::Node(actor.id))))}>{ room.view.name(actor.id) }</button>
        }
    };
    html! {
        <>
            <p key="lead" class="lead">{ "Click anything on the stage, in the diagram, the ledger or the log; or choose a node:" }</p>
            <div key="menu" class="menu">{ for room.view.present.actors.iter().map(node) }</div>
        </>
    }
}

fn node_state(room: &Room, node: NodeId) -> Html {
    let view = &room.view;
    if node.index() >= view.present.actors.len() {
        return nothing(room);
    }
    let portrait = view.lens.portrait(node);
    let sketch = portrait.sketch;
    let through = view.ui.through == Some(node);
    let mut facts: Vec<(String, String)> = vec![
        ("role".into(), role(sketch.role).into()),
        ("view".into(), sketch.view.to_string()),
        ("phase".into(), sketch.phase.into()),
        (
            "votes".into(),
            format!("{} of {}", sketch.votes, sketch.needed),
        ),
        ("executed".into(), sketch.executed.to_string()),
        ("stable checkpoint".into(), sketch.stable.to_string()),
    ];
    facts.extend(
        portrait
            .facts
            .iter()
            .map(|(name, value)| ((*name).into(), value.clone())),
    );
    facts.push((
        "waits for".into(),
        if portrait.waiting.is_empty() {
            "nothing".into()
        } else {
            portrait.waiting.join(", ")
        },
    ));
    let raw = serde_json::to_string_pretty(&portrait).unwrap_or_default();
    let seen = Action::Through((!through).then_some(node));
    html! {
        <>
            <h2 key="title">{ view.name(node) }</h2>
            <div key="menu" class="menu">
                <button type="button" class="button" hidden={room.view.ui.hidden.contains(&"break")} onclick={room.on(Action::Open(Panel::Break))}>{ "Do something to it" }</button>
                <button type="button" class="button" aria-pressed={through.to_string()} onclick={room.on(seen)}>{ "Only what it has seen" }</button>
            </div>
            <dl key="facts" class="facts">{ for facts.into_iter().map(|(name, value)| html! { <><dt>{ name }</dt><dd>{ value }</dd></> }) }</dl>
            <h2 key="log">{ "Its log" }</h2>
            <div key="cells">{ for portrait.log.iter().rev().map(|cell| cell_line(room, node, cell)) }</div>
            <details key="raw"><summary>{ "As JSON" }</summary><pre tabindex="0">{ raw }</pre></details>
        </>
    }
}

const fn role(role: Role) -> &'static str {
    match role {
        Role::Primary => "primary",
        Role::Backup => "backup",
        Role::Client => "client",
    }
}

fn cell_line(room: &Room, node: NodeId, cell: &Cell) -> Html {
    let then = Action::Select(Some(Target::Cell(node, cell.sequence)));
    let value = cell.value.clone().unwrap_or_else(|| "—".into());
    html! {
        <button key={cell.sequence.to_string()} type="button" class="button bare" onclick={room.on(then)}>{ format!("{}: {value}, {}", cell.sequence, if cell.stage.is_empty() { "only votes" } else { cell.stage }) }</button>
    }
}

fn cell_state(room: &Room, node: NodeId, sequence: u64) -> Html {
    let view = &room.view;
    let portrait = view.lens.portrait(node);
    let found = portrait.log.iter().find(|cell| cell.sequence == sequence);
    let rows = found.map(|cell| {
        let row = |(name, votes): &(&'static str, Vec<(NodeId, u64)>)| {
            let each: Vec<String> = votes
                .iter()
                .map(|(who, which)| format!("{who} for {}", digest(*which)))
                .collect();
            html! { <><dt>{ format!("{name}, {}", votes.len()) }</dt><dd>{ each.join("; ") }</dd></> }
        };
        html! {
            <dl class="facts">
                <dt>{ "stage" }</dt><dd>{ cell.stage }</dd>
                <dt>{ "view" }</dt><dd>{ cell.view }</dd>
                <dt>{ "value" }</dt><dd>{ cell.value.clone().unwrap_or_else(|| "none accepted".into()) }</dd>
                <dt>{ "digest" }</dt><dd class="mono">{ cell.digest.map_or_else(|| "none".into(), digest) }</dd>
                { for cell.votes.iter().map(row) }
            </dl>
        }
    });
    html! {
        <>
            <h2 key="title">{ format!("Number {sequence} at {}", view.name(node).to_ascii_lowercase()) }</h2>
            <div key="menu" class="menu"><button type="button" class="button" onclick={room.on(Action::Select(Some(Target::Node(node))))}>{ view.name(node) }</button></div>
            <div key="rows">{ rows.unwrap_or_else(|| html! { <p class="lead">{ "No longer, or not yet, in its log: a stable checkpoint lets old entries go." }</p> }) }</div>
        </>
    }
}

fn message_state(room: &Room, message: MessageId, to: NodeId) -> Html {
    let view = &room.view;
    let contents = view.lens.contents(message);
    let flight = view
        .present
        .flights
        .iter()
        .find(|flight| flight.passage.message == message && flight.passage.to == to);
    let sent = sent_event(room, message);
    let title = flight.map_or_else(
        || format!("Message {}", message.0),
        |flight| {
            let kind = view.present.kinds.get(usize::from(flight.passage.kind));
            format!(
                "{} from {} to {to}",
                kind.map_or("message", |kind| kind.name),
                flight.passage.from
            )
        },
    );
    let lands = flight.map(|flight| {
        let lands = if flight.lands == quorumscope_core::time::Time::NEVER {
            "held back".into()
        } else {
            flight.lands.to_string()
        };
        format!("Sent at {}, arrives at {lands}.", flight.passage.sent)
    });
    let raw = contents.and_then(|contents| serde_json::to_string_pretty(&contents).ok());
    html! {
        <>
            <h2 key="title">{ crate::narration::capital(&title) }</h2>
            <p key="when" class="lead">{ lands.unwrap_or_else(|| "It is no longer under way.".into()) }</p>
            <div key="menu" class="menu"><button type="button" class="button" disabled={flight.is_none()} onclick={tamper(room)}>{ "Drop, delay or double it" }</button></div>
            <h3 key="contents">{ "What it says" }</h3>
            <pre key="raw" tabindex="0">{ raw.unwrap_or_else(|| "Its contents are gone with its last copy.".into()) }</pre>
            <div key="why">{ sent.map_or_else(|| html! {}, |event| chain(room, event)) }</div>
        </>
    }
}

/// Takes up the fault that is about one message.
fn tamper(room: &Room) -> Callback<MouseEvent> {
    let about_messages = quorumscope_core::faults::ALL
        .iter()
        .find(|fault| fault.knobs.iter().any(|knob| knob.name == "message"));
    let (act, name) = (room.act.clone(), about_messages.map(|fault| fault.name));
    Callback::from(move |_| {
        act.emit(Action::Choose(name));
        act.emit(Action::Open(Panel::Break));
    })
}

/// The event that sent a message.
fn sent_event(room: &Room, message: MessageId) -> Option<EventId> {
    room.view.lens.chronicle(|chronicle| {
        let so_far = (room.view.present.events as usize).min(chronicle.events.len());
        let recent = chronicle.events[..so_far].iter().rev().take(MESSAGE_DEPTH);
        let mut sent = recent
            .filter(|event| matches!(event.what, What::Sent { message: m, .. } if m == message));
        sent.next().map(|event| event.id)
    })
}

fn event_state(room: &Room, event: EventId) -> Html {
    let view = &room.view;
    let raw = view.lens.chronicle(|chronicle| {
        chronicle
            .event(event)
            .map(|event| format!("{:#}", trace_json::event(event, view.present.kinds)))
    });
    let line = view.lens.chronicle(|chronicle| {
        chronicle
            .event(event)
            .and_then(|event| view.cast().tell(event, Level::Paper))
    });
    let node = line.as_ref().map(|line| line.node);
    let (text, why) = line.map_or_else(Default::default, |line| {
        (line.text, line.why.unwrap_or_default())
    });
    html! {
        <>
            <h2 key="title">{ text }</h2>
            <p key="why" class="lead">{ why }</p>
            <div key="menu" class="menu">
                <button type="button" class="button" onclick={room.on(Action::GoTo(event))}>{ "Go there" }</button>
                { for node.map(|node| html! { <button type="button" class="button" onclick={room.on(Action::Select(Some(Target::Node(node))))}>{ view.name(node) }</button> }) }
            </div>
            <div key="chain">{ chain(room, event) }</div>
            <details key="raw"><summary>{ "As JSON" }</summary><pre tabindex="0">{ raw.unwrap_or_default() }</pre></details>
        </>
    }
}

/// Why something happened: each cause a step to walk to.
fn chain(room: &Room, event: EventId) -> Html {
    let view = &room.view;
    let lines = view.lens.chronicle(|chronicle| {
        let told = chronicle.why(event).take(MOST_CAUSES);
        told.filter_map(|event| view.cast().tell(event, Level::Paper))
            .collect::<Vec<_>>()
    });
    let link = |line: &crate::narration::Line| {
        let (act, id) = (room.act.clone(), line.id);
        let onclick = Callback::from(move |_: MouseEvent| {
            act.emit(Action::GoTo(id));
            act.emit(Action::Select(Some(Target::Event(id))));
        });
        html! {
            <li key={line.id.to_string()} class="log"><button type="button" class="entry cause" {onclick}><span>{ &line.text }<span class="why">{ format!("{:.1} ms", line.at.ms()) }</span></span></button></li>
        }
    };
    html! {
        <>
            <h3>{ "Why this happened, back to its beginning" }</h3>
            <ol class="chain">{ for lines.iter().map(link) }</ol>
        </>
    }
}
