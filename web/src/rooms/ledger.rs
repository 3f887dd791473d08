//! The ledger: replicas by sequence numbers, votes as marks, conflicts shouted.

mod page;

mod votes;

use super::Room;
use super::widgets::icon_button;
use crate::actions::{Action, Panel, Target};
use crate::view::Actor;
use page::{COLUMNS, Column, Page, Place, Strife, last_column, newest};
use quorumscope_core::protocol::NodeId;
use yew::prelude::*;

/// The ledger.
pub fn ledger(room: &Room) -> Html {
    let page = Page::of(&room.view);
    let more = page.unshown;
    let says = format!("and {more} more replicas; click a replica on the stage to see its log.");
    html! {
        <>
            <table class="ledger">
                <thead><tr>
                    <th scope="col"><span class="visually-hidden">{ "Replica" }</span></th>
                    { for page.columns.iter().map(|column| head(room, column)) }
                </tr></thead>
                <tbody>{ for page.rows.iter().map(|row| line(room, &page, row)) }</tbody>
            </table>
            <p class="lead" hidden={more == 0}>{ says }</p>
        </>
    }
}

/// Earlier and later numbers, and the newest.
pub fn leaves(room: &Room) -> Html {
    let view = &room.view;
    let (last, newest) = (last_column(view), newest(view));
    let to = |last: u64| Action::Column(Some(last));
    let earlier = to(last.saturating_sub(COLUMNS / 2));
    let later = match last + COLUMNS / 2 {
        later if later >= newest => Action::Column(None),
        later => to(later),
    };
    let follows = view.ui.column.is_none() && last == newest;
    html! {
        <div class="zoom" role="group" aria-label="Numbers of the ledger">
            { icon_button("left", "Earlier numbers", last <= COLUMNS, room.on(earlier)) }
            { icon_button("right", "Later numbers", last >= newest, room.on(later)) }
            <button type="button" class="button bare" aria-pressed={follows.to_string()} onclick={room.on(Action::Column(None))}>{ "Newest" }</button>
        </div>
    }
}

fn head(room: &Room, column: &Column) -> Html {
    let lit = room.view.focus.sequence == Some(column.sequence);
    let (class, says) = match column.strife {
        Strife::None => ("", ""),
        Strife::Proposals => ("differs", "two proposals"),
        Strife::Conflict => ("clash", "CONFLICT"),
    };
    html! {
        <th key={column.sequence.to_string()} scope="col" class={classes!(class, lit.then_some("lit"))}>
            { format!("#{}", column.sequence) }<b hidden={says.is_empty()}>{ format!(" {says}") }</b>
        </th>
    }
}

fn line(room: &Room, page: &Page, row: &page::Row<'_>) -> Html {
    let focus = room.view.focus;
    let id = row.actor.id;
    let lit = focus.node == Some(id);
    let cells = page.columns.iter().map(|column| {
        let cell = row.get(column.sequence);
        html! { <td key={column.sequence.to_string()} class={(focus.sequence == Some(column.sequence)).then_some("lit")}>{ cell.map(|place| one(room, row.actor, column, place)).unwrap_or_else(nothing) }</td> }
    });
    let select = Action::Select(Some(Target::Node(id)));
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

/// One replica's place at one number.
fn one(room: &Room, actor: &Actor, column: &Column, place: &Place) -> Html {
    let view = &room.view;
    let target = Target::Cell(actor.id, column.sequence);
    let act = room.act.clone();
    let onclick = Callback::from(move |_: MouseEvent| {
        act.emit(Action::Select(Some(target)));
        act.emit(Action::Open(Panel::Inspect));
    });
    let honest = actor.condition.honest || view.ui.through.is_some();
    let strife = match column.strife {
        Strife::Conflict if honest && place.firm() => Some("clash"),
        Strife::Proposals if honest => Some("differs"),
        _ => None,
    };
    let stage = if place.stage.is_empty() {
        "votes"
    } else {
        place.stage
    };
    let chosen = view.ui.selected == Some(target);
    let lit = touched(room, actor.id, column.sequence).then_some("lit");
    html! {
        <button type="button" class={classes!("cell", stage, strife, lit)} aria-pressed={chosen.to_string()} aria-label={says(room, actor.id, column, place)} {onclick}>
            <span class="value">{ votes::sign(column, place.digest) }{ &place.value }<small>{ stage }</small></span>
            { for place.votes.iter().map(|(name, cast)| votes::row(name, cast, column)) }
        </button>
    }
}

/// Whether the message in focus is about this place.
fn touched(room: &Room, node: NodeId, sequence: u64) -> bool {
    let focus = room.view.focus;
    focus.node == Some(node) && focus.sequence == Some(sequence)
}

/// The same in words.
fn says(room: &Room, node: NodeId, column: &Column, place: &Place) -> String {
    let counts: Vec<String> = place
        .votes
        .iter()
        .map(|(name, cast)| format!("{} {name} votes", cast.len()))
        .collect();
    let stage = match place.stage {
        "" => "nothing accepted",
        stage => stage,
    };
    let who = room.view.name(node);
    format!(
        "{who}, number {}: {}, {stage}, {}",
        column.sequence,
        place.value,
        counts.join(", ")
    )
}
