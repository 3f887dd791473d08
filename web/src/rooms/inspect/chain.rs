//! Why something happened: each cause a step to walk to.

use super::super::Room;
use crate::actions::{Action, Level, Target};
use crate::narration::Line;
use quorumscope_core::chronicle::Chronicle;
use quorumscope_core::trace::{EventId, What};
use yew::prelude::*;

/// So many events back the other votes are looked for.
const DEPTH: usize = 60_000;
/// No more links of a chain of causes are shown.
const MOST_CAUSES: usize = 40;

/// The chain of causes of an event, itself first, back to where it began.
pub(super) fn chain(room: &Room, event: EventId) -> Html {
    let causes = room.view.lens.chronicle(|chronicle| {
        let told = chronicle.why(event).take(MOST_CAUSES);
        told.map(|event| event.id).collect::<Vec<_>>()
    });
    let votes = room
        .view
        .lens
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

/// The messages that a step at a node had collected: those that came there before the one that
/// caused it, of the same kind and about the same thing.
fn votes(chronicle: &Chronicle, event: EventId) -> Vec<EventId> {
    let last = chronicle.why(event).find_map(|cause| match cause.what {
        What::Delivered(passage) => Some((cause, passage)),
        _ => None,
    });
    let step = chronicle.event(event).map(|event| &event.what);
    let Some((last, passage)) =
        last.filter(|_| matches!(step, Some(What::Because(..) | What::Claimed(_))))
    else {
        return Vec::new();
    };
    let upto = &chronicle.events[..=last.id as usize];
    let before = upto
        .iter()
        .rev()
        .take(DEPTH)
        .filter(|other| other.node == last.node);
    let mut alike: Vec<EventId> = before
        .filter(|other| match other.what {
            What::Delivered(other) => (other.kind, other.label) == (passage.kind, passage.label),
            _ => false,
        })
        .map(|other| other.id)
        .collect();
    alike.reverse();
    alike
}

/// Events as a list of steps.
pub(super) fn events(room: &Room, ids: &[EventId]) -> Html {
    let view = &room.view;
    let lines = view.lens.chronicle(|chronicle| {
        let found = ids.iter().filter_map(|id| chronicle.event(*id));
        let told = found.filter_map(|event| view.cast().tell(event, Level::Paper));
        told.collect::<Vec<_>>()
    });
    html! { <ol class="chain">{ for lines.iter().map(|line| step(room, line)) }</ol> }
}

fn step(room: &Room, line: &Line) -> Html {
    let (act, id) = (room.act.clone(), line.id);
    let onclick = Callback::from(move |_: MouseEvent| {
        act.emit(Action::GoTo(id));
        act.emit(Action::Select(Some(Target::Event(id))));
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

#[cfg(test)]
mod tests {
    use super::*;
    use quorumscope_core::scenario::Scenario;
    use quorumscope_core::time::Time;
    use quorumscope_core::world;

    #[test]
    fn a_certificate_is_told_with_all_the_votes_in_it() {
        let mut run = world::open(&Scenario::default());
        run.record(true);
        run.run_until(Time(160_000), u64::MAX);
        let chronicle = run.chronicle();
        let committed = chronicle
            .events
            .iter()
            .find(|event| matches!(event.what, What::Because(rule, _) if rule.name == "committed"))
            .expect("somebody has committed");
        // Its own COMMIT is the third: it sends none to itself.
        assert_eq!(votes(chronicle, committed.id).len(), 2);
        assert!(votes(chronicle, committed.cause).is_empty());
    }
}
