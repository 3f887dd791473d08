//! Why something happened: each cause a step to walk to.

use super::super::Room;
use crate::page::actions::{Action, Look, Travel};
use crate::run::message_details::votes;
use crate::ui::{Level, Target};
use crate::words::narration::Line;
use quorumscope_core::trace::EventId;
use yew::prelude::*;

/// No more links of a chain of causes are shown.
const MOST_CAUSES: usize = 40;

/// The chain of causes of an event, itself first, back to where it began.
pub(super) fn chain(room: &Room, event: EventId) -> Html {
    let causes = room.view.reader.chronicle(|chronicle| {
        let told = chronicle.why(event).take(MOST_CAUSES);
        told.map(|event| event.id).collect::<Vec<_>>()
    });
    let votes = room
        .view
        .reader
        .chronicle(|chronicle| votes(chronicle, event));
    html! {
        <>
            <h3 key="why">{ "Why this happened, back to its beginning" }</h3>
            <div key="causes">{ events(room, &causes) }</div>
            <h3 key="together" hidden={votes.len() < 2}>{ format!("It took {} messages of one kind together", votes.len()) }</h3>
            <div key="votes" hidden={votes.len() < 2}>{ events(room, &votes) }</div>
        </>
    }
}

/// Events as a list of steps.
pub(super) fn events(room: &Room, ids: &[EventId]) -> Html {
    let view = &room.view;
    let lines = view.reader.chronicle(|chronicle| {
        let found = ids.iter().filter_map(|id| chronicle.event(*id));
        let told = found.filter_map(|event| {
            let narrator = view.narrator().among(chronicle);
            narrator.tell(event, Level::Paper)
        });
        told.collect::<Vec<_>>()
    });
    html! { <ol class="chain">{ for lines.iter().map(|line| step(room, line)) }</ol> }
}

fn step(room: &Room, line: &Line) -> Html {
    let (act, id) = (room.act.clone(), line.id);
    let onclick = Callback::from(move |_: MouseEvent| {
        act.emit(Action::Travel(Travel::GoTo(id)));
        act.emit(Action::Look(Look::Select(Some(Target::Event(id)))));
    });
    let when = format!("{:.1} ms", line.at.ms());
    html! {
        <li key={line.id.to_string()} class="log">
            <button type="button" class="entry cause" {onclick}>
                <span>{ &line.text }<span class="why">{ when }{ line.why.as_ref().map(|why| format!(" · {why}")) }</span></span>
            </button>
        </li>
    }
}
