//! What a broken promise leaves on the stage: a sign that stays, and goes there.

use super::super::Room;
use crate::browser::icons::icon;
use crate::page::actions::{Action, Look, Travel};
use crate::ui::Target;
use crate::words::narration::caption::gravest;
use yew::prelude::*;

/// The sign; nothing to be seen while all holds.
pub(super) fn scar(room: &Room) -> Html {
    let view = &room.view;
    let Some(broken) = gravest(&view.broken) else {
        return html! { <p class="scar" hidden=true></p> };
    };
    let (line, act) = (&broken.line, room.act.clone());
    let name = line.text.trim_end_matches(" is broken.");
    let when = format!(" at {:.0} ms", line.at.ms());
    let label = format!("{name} broke{when}: go there");
    let id = line.id;
    let onclick = Callback::from(move |_: MouseEvent| {
        act.emit(Action::Travel(Travel::GoTo(id)));
        act.emit(Action::Look(Look::Select(Some(Target::Event(id)))));
    });
    html! {
        <p class="scar">
            <button type="button" class="button" aria-label={label} title={line.why.clone()} {onclick}>
                { icon("broken") }<span>{ format!("{name} broke") }<span class="moment">{ when }</span></span>
            </button>
        </p>
    }
}
