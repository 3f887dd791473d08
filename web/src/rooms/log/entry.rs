//! One line of the log.

use crate::browser::icons::{icon, kind_sign};
use crate::page::view::View;
use crate::ui::Target;
use crate::words::narration::{Line, Tone};
use quorumscope_core::protocol::Kind;
use quorumscope_core::trace::EventId;
use yew::prelude::*;

/// A line; the list hears its clicks, so that a line that stays costs little.
pub(super) fn entry(view: &View, line: &Line, newest: Option<EventId>, ahead: bool) -> Html {
    let class = classes!(
        "entry",
        (line.tone == Tone::Broken).then_some("bad"),
        (newest == Some(line.id)).then_some("fresh"),
        selected(view, line).then_some("selected"),
        lit(view, line).then_some("lit"),
        ahead.then_some("ahead"),
    );
    html! {
        <li key={line.id.to_string()}>
            <button type="button" {class} data-event={line.aim.to_string()}>
                <span class="when">{ format!("{:.1}", line.at.ms()) }</span>
                { sign(view.present.kinds, line.tone) }
                <span>{ &line.text }<span class="why" hidden={line.why.is_none()}>{ line.why.clone().unwrap_or_default() }</span></span>
            </button>
        </li>
    }
}

fn selected(view: &View, line: &Line) -> bool {
    let selected = |id| view.ui.selected == Some(Target::Event(id));
    line.members.iter().any(|member| selected(member.id))
}

/// Whether a line is about what is selected: its message, its cell.
fn lit(view: &View, line: &Line) -> bool {
    let focus = &view.focus;
    let within = |id: EventId| line.members.iter().any(|member| member.id == id);
    let events = [focus.event, focus.came].into_iter().flatten();
    if events.into_iter().any(|(id, _)| within(id)) {
        return true;
    }
    let sent = view.details.as_ref().and_then(|details| details.sent);
    let here = |node| line.nodes.contains(&node);
    sent.is_some_and(within) || focus.transit.is_none() && focus.node.is_some_and(here)
}

fn sign(kinds: &[Kind], tone: Tone) -> Html {
    match tone {
        Tone::Kind(kind) => {
            let letter = kinds.get(usize::from(kind)).map_or(' ', |k| k.letter);
            kind_sign(kind, letter)
        }
        Tone::Step => icon("step"),
        Tone::Good => icon("done"),
        Tone::Lost => icon("lost"),
        Tone::Timer => icon("clock"),
        Tone::Order => icon("order"),
        Tone::Broken => icon("broken"),
    }
}
