//! The ledger: replicas by sequence numbers, votes as marks, conflicts shouted.

use super::Room;
use crate::actions::{Action, Panel, Target};
use crate::view::Actor;
use quorumscope_core::protocol::{Cell, NodeId, value_name};
use yew::prelude::*;

/// So many sequence numbers are shown, the newest of them.
const COLUMNS: u64 = 12;
/// So many replicas are shown.
const ROWS: usize = 64;

/// No more votes than this have marks of their own.
const MOST_VOTES: usize = 40;

/// A replica's places by sequence number.
#[derive(Default)]
struct Row(Vec<(u64, Place)>);

impl Row {
    fn get(&self, sequence: u64) -> Option<&Place> {
        let found = self.0.iter().find(|(at, _)| *at == sequence);
        found.map(|(_, place)| place)
    }

    fn set(&mut self, sequence: u64, place: Place) {
        self.0.retain(|(at, _)| *at != sequence);
        self.0.push((sequence, place));
    }
}

/// One place of the table.
struct Place {
    stage: &'static str,
    value: String,
    digest: Option<u64>,
    votes: Vec<(NodeId, u64)>,
    needed: u32,
}

/// The ledger.
pub fn ledger(room: &Room) -> Html {
    let view = &room.view;
    let replicas: Vec<&Actor> = view
        .present
        .actors
        .iter()
        .filter(|actor| !actor.client)
        .take(ROWS)
        .collect();
    let rows: Vec<Row> = replicas
        .iter()
        .map(|actor| places(room, actor.id))
        .collect();
    let last = rows
        .iter()
        .flat_map(|row| row.0.iter().map(|(at, _)| *at))
        .max()
        .unwrap_or(1)
        .max(4);
    let columns: Vec<u64> = (last.saturating_sub(COLUMNS - 1).max(1)..=last).collect();
    let clashes: Vec<bool> = columns
        .iter()
        .map(|sequence| clash(&replicas, &rows, *sequence))
        .collect();
    let head = |(sequence, clash): (&u64, &bool)| {
        html! { <th key={sequence.to_string()} scope="col">{ format!("#{sequence}") }{ if *clash { " conflict" } else { "" } }</th> }
    };
    let row = |(actor, row): (&&Actor, &Row)| {
        let each = columns.iter().zip(&clashes).map(|(sequence, clash)| {
            html! { <td key={sequence.to_string()}>{ cell(room, actor.id, *sequence, row.get(*sequence), *clash && actor.condition.honest) }</td> }
        });
        html! { <tr key={actor.id.0.to_string()}><th scope="row">{ view.name(actor.id) }</th>{ for each }</tr> }
    };
    html! {
        <table class="ledger">
            <thead><tr><th scope="col"><span class="visually-hidden">{ "Replica" }</span></th>{ for columns.iter().zip(&clashes).map(head) }</tr></thead>
            <tbody>{ for replicas.iter().zip(&rows).map(row) }</tbody>
        </table>
    }
}

/// What a replica has at each number: its log, and before that what it executed.
fn places(room: &Room, node: NodeId) -> Row {
    let view = &room.view;
    let mut found = Row::default();
    view.lens.chronicle(|chronicle| {
        let executed = chronicle
            .executed
            .get(node.index())
            .map_or(&[] as &[_], Vec::as_slice);
        let so_far = executed.iter().filter(|entry| entry.at <= view.present.now);
        for entry in so_far.rev().take(COLUMNS as usize) {
            let place = Place {
                stage: "executed",
                value: value_name(&entry.ops),
                digest: Some(entry.digest),
                votes: Vec::new(),
                needed: 0,
            };
            found.set(entry.sequence, place);
        }
    });
    for cell in view.lens.portrait(node).log {
        found.set(cell.sequence, place(cell, view.quorums.quorum));
    }
    found
}

fn place(cell: Cell, quorum: u32) -> Place {
    let row = if cell.stage == "pre-prepared" || cell.stage.is_empty() {
        0
    } else {
        1
    };
    let votes = cell.votes.into_iter().nth(row).map(|(_, votes)| votes);
    Place {
        stage: cell.stage,
        value: cell.value.unwrap_or_else(|| "…".into()),
        digest: cell.digest,
        votes: votes.unwrap_or_default(),
        needed: quorum,
    }
}

/// Whether two honest replicas have settled on different values.
fn clash(replicas: &[&Actor], rows: &[Row], sequence: u64) -> bool {
    let settled = replicas.iter().zip(rows).filter_map(|(actor, row)| {
        let place = row.get(sequence)?;
        let firm = matches!(place.stage, "executed" | "committed");
        (actor.condition.honest && firm).then_some(place.digest?)
    });
    let mut digests: Vec<u64> = settled.collect();
    digests.dedup();
    digests.len() > 1
}

fn cell(room: &Room, node: NodeId, sequence: u64, place: Option<&Place>, clash: bool) -> Html {
    let target = Target::Cell(node, sequence);
    let act = room.act.clone();
    let onclick = Callback::from(move |_: MouseEvent| {
        act.emit(Action::Select(Some(target)));
        act.emit(Action::Open(Panel::Inspect));
    });
    let Some(place) = place else {
        return html! { <span class="visually-hidden">{ "nothing" }</span> };
    };
    let firm = matches!(place.stage, "executed" | "committed");
    let class = classes!("cell", place.stage, (clash && firm).then_some("clash"));
    let votes = |class, agree| {
        let fits = |(_, digest): &&(NodeId, u64)| (Some(*digest) == place.digest) == agree;
        let count = place.votes.iter().filter(fits).count().min(MOST_VOTES);
        html! { <i key={class} {class} style={format!("width:{}px", count * 8)}></i> }
    };
    let says = format!(
        "{}, {}: {} of {} votes",
        place.value,
        place.stage,
        place.votes.len(),
        place.needed
    );
    html! {
        <button type="button" {class} aria-pressed={(room.view.ui.selected == Some(target)).to_string()} title={says} {onclick}>
            { format!("{} {}", &place.value, if place.stage.is_empty() { "votes" } else { place.stage }) }
            <span class="votes" aria-hidden="true">{ votes("for", true) }{ votes("against", false) }</span>
        </button>
    }
}
