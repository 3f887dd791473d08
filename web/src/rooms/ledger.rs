//! The ledger: nodes by slots, votes as marks, conflicts shouted.

mod page;

mod votes;

use super::Room;
use super::widgets::{ROW_REM, icon_button};
use crate::page::actions::{Action, Look};
use crate::run::present::Actor;
use crate::text::capital;
use crate::ui::{Panel, Target};
use page::{COLUMNS, Column, Page, Place, Strife, last_column, newest};
use quorumscope_core::protocol::NodeId;
use quorumscope_core::spec::Stage;
use yew::prelude::*;

/// The ledger.
pub fn ledger(room: &Room) -> Html {
    let page = Page::of(&room.view);
    let space = |rows: usize| format!("height:{}rem", rows as f32 * ROW_REM);
    let (before, after) = page.around;
    let many = before + after > 0;
    html! {
        <>
            { shout(&page) }
            <table class={classes!("ledger", many.then_some("many"))}>
                <thead><tr>
                    <th scope="col"><span class="visually-hidden">{ capital(room.view.present.cast.serving().0) }</span></th>
                    { for page.columns.iter().map(|column| head(room, column)) }
                </tr></thead>
                <tbody>
                    <tr key="before" aria-hidden="true" hidden={before == 0} style={space(before)}><td></td></tr>
                    { for page.rows.iter().map(|row| line(room, &page, row)) }
                    <tr key="after" aria-hidden="true" hidden={after == 0} style={space(after)}><td></td></tr>
                </tbody>
            </table>
        </>
    }
}

/// The first thing that is broken about the slots in sight, over the table.
fn shout(page: &Page<'_>) -> Html {
    let first = page.shouts.first().map(|says| capital(says));
    let more = page.shouts.len().saturating_sub(1);
    html! {
        <p class="shout" hidden={first.is_none()}>
            { first.unwrap_or_default() }<span hidden={more == 0}>{ format!(", and {more} more like it") }</span>{ "." }
        </p>
    }
}

/// Earlier and later slots, and the newest.
pub fn leaves(room: &Room) -> Html {
    let view = &room.view;
    let slots = view
        .present
        .spec
        .words
        .slot
        .map_or_else(String::new, |slot| format!("{slot}s"));
    let (last, newest) = (last_column(view), newest(view));
    let to = |last: u64| Action::Look(Look::Column(Some(last)));
    let earlier = to(last.saturating_sub(COLUMNS / 2));
    let later = match last + COLUMNS / 2 {
        later if later >= newest => Action::Look(Look::Column(None)),
        later => to(later),
    };
    let follows = view.ui.column.is_none() && last == newest;
    html! {
        <div class="zoom" role="group" aria-label={format!("{} of the ledger", capital(&slots))}>
            { icon_button("left", &format!("Earlier {slots}"), last <= COLUMNS, room.on(earlier)) }
            { icon_button("right", &format!("Later {slots}"), last >= newest, room.on(later)) }
            <button type="button" class="button bare" aria-pressed={follows.to_string()} onclick={room.on(Look::Column(None))}>{ "Newest" }</button>
        </div>
    }
}

fn head(room: &Room, column: &Column) -> Html {
    let lit = room.view.focus.sequence == Some(column.slot);
    let (class, says) = match column.strife {
        Strife::None => ("", ""),
        Strife::Proposals => ("differs", "two proposals"),
        Strife::Conflict => ("clash", "CONFLICT"),
    };
    html! {
        <th key={column.slot.to_string()} scope="col" class={classes!(class, lit.then_some("lit"))}>
            { column.name.clone().unwrap_or_else(|| format!("#{}", column.slot)) }<b hidden={says.is_empty()}>{ format!(" {says}") }</b>
        </th>
    }
}

fn line(room: &Room, page: &Page, row: &page::Row<'_>) -> Html {
    let focus = room.view.focus;
    let id = row.actor.id;
    let lit = focus.node == Some(id);
    let cells = page.columns.iter().map(|column| {
        let cell = row.get(column.slot);
        html! { <td key={column.slot.to_string()} class={(focus.sequence == Some(column.slot)).then_some("lit")}>{ cell.map(|place| one(room, row.actor, column, place)).unwrap_or_else(nothing) }</td> }
    });
    let select = Action::Look(Look::Select(Some(Target::Node(id))));
    html! {
        <tr key={id.0.to_string()} class={lit.then_some("lit")}>
            <th scope="row">
                <button type="button" class="cell" onclick={room.on(select)}>{ room.view.short(id) }<small>{ &row.state }</small></button>
            </th>
            { for cells }
        </tr>
    }
}

fn nothing() -> Html {
    html! { <span class="visually-hidden">{ "nothing" }</span> }
}

/// One node's place at one slot.
fn one(room: &Room, actor: &Actor, column: &Column, place: &Place) -> Html {
    let view = &room.view;
    let target = Target::Cell(actor.id, column.slot);
    let act = room.act.clone();
    let onclick = Callback::from(move |_: MouseEvent| {
        act.emit(Action::Look(Look::Select(Some(target))));
        act.emit(Action::Look(Look::Open(Panel::Inspect)));
    });
    let honest = actor.condition.honest || view.ui.through.is_some();
    let strife = match column.strife {
        Strife::Conflict if honest && place.firm() => Some("clash"),
        Strife::Proposals if honest => Some("differs"),
        _ => None,
    };
    let stage = place.stage.map_or("votes", |stage| stage.name);
    let kind = kind_of(place, view.present.spec.stages);
    let chosen = view.ui.selected == Some(target);
    let lit = touched(room, actor.id, column.slot).then_some("lit");
    html! {
        <button type="button" class={classes!("cell", kind, strife, lit)} aria-pressed={chosen.to_string()} title={says(place)} {onclick}>
            <span class="value">{ votes::sign(column, place.digest) }{ &place.value }<small>{ stage }</small></span>
            { for place.votes.iter().map(|(name, votes)| votes::row(name, votes, column)) }
            <span class="visually-hidden">{ format!(" {}", says(place)) }</span>
        </button>
    }
}

/// How a place looks: by how far the node is.
fn kind_of(place: &Place, stages: &[Stage]) -> &'static str {
    let Some(stage) = place.stage else {
        return "";
    };
    match stages.iter().position(|known| known == stage) {
        Some(at) if at + 1 == stages.len() => "finished",
        _ if stage.firm => "firm",
        Some(0) => "",
        _ => "open",
    }
}

/// Whether the message in focus is about this place.
fn touched(room: &Room, node: NodeId, slot: u64) -> bool {
    let focus = room.view.focus;
    focus.node == Some(node) && focus.sequence == Some(slot)
}

/// Its votes in words: how many of each kind, and how many of those for something else.
fn says(place: &Place) -> String {
    let row = |(name, votes): &(&'static str, page::Votes)| {
        let against = votes
            .iter()
            .filter(|(_, digest)| Some(*digest) != place.digest);
        match against.count() {
            0 => format!("{} {name} votes", votes.len()),
            _ if place.digest.is_none() => format!("{} {name} votes", votes.len()),
            against => format!(
                "{} {name} votes, {against} of them for something else",
                votes.len()
            ),
        }
    };
    let rows: Vec<String> = place.votes.iter().map(row).collect();
    rows.join("; ")
}
