//! What the ledger shows: which replicas and numbers, and what stands at each.

use crate::page::view::View;
use crate::run::present::Actor;
use quorumscope_core::protocol::{Cell, NodeId, value_name};

/// So many sequence numbers are shown at once.
pub(in crate::rooms) const COLUMNS: u64 = 12;
/// So many replicas have all their rows in the page.
const FEW: usize = 16;
/// Of more, so many have rows, those in sight among them.
const ROWS: usize = 18;

/// Who voted, and for which digest.
pub(super) type Cast = Vec<(NodeId, u64)>;

/// What is shown of the run's ledger.
pub(super) struct Page<'a> {
    pub(super) columns: Vec<Column>,
    pub(super) rows: Vec<Row<'a>>,
    /// How many replicas have no row before these, and after them.
    pub(super) around: (usize, usize),
    /// Broken promises about a number in sight, in words.
    pub(super) shouts: Vec<String>,
}

/// One sequence number.
pub(super) struct Column {
    pub(super) sequence: u64,
    /// All digests that anybody accepted or voted for there, in the order of replicas.
    pub(super) digests: Vec<u64>,
    pub(super) strife: Strife,
}

/// Whether honest replicas differ about a number.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Strife {
    /// They do not.
    None,
    /// They accepted different proposals; nothing is decided by that.
    Proposals,
    /// They have settled on different values.
    Conflict,
}

/// One replica, and what it has at each number.
pub(super) struct Row<'a> {
    pub(super) actor: &'a Actor,
    /// A word on it, where one is due.
    pub(super) state: String,
    places: Vec<(u64, Place)>,
}

/// One place of the table.
pub(super) struct Place {
    pub(super) stage: &'static str,
    pub(super) value: String,
    pub(super) digest: Option<u64>,
    pub(super) votes: Vec<(&'static str, Cast)>,
}

impl Place {
    /// Whether the replica has settled on it.
    pub(super) fn firm(&self) -> bool {
        matches!(self.stage, "executed" | "committed")
    }
}

impl Row<'_> {
    pub(super) fn get(&self, sequence: u64) -> Option<&Place> {
        let found = self.places.iter().find(|(at, _)| *at == sequence);
        found.map(|(_, place)| place)
    }

    fn set(&mut self, sequence: u64, place: Place) {
        self.places.retain(|(at, _)| *at != sequence);
        self.places.push((sequence, place));
    }
}

impl<'a> Page<'a> {
    pub(super) fn of(view: &'a View) -> Self {
        let replicas = &view.present.actors[..view.present.replicas];
        let last = last_column(view);
        let first = last.saturating_sub(COLUMNS - 1).max(1);
        let (top, shown) = in_sight(replicas, view.ui.row);
        let rows: Vec<Row<'a>> = shown
            .iter()
            .map(|actor| row(view, actor, first, last))
            .collect();
        let broken = broken(view, first, last);
        let conflict = |sequence| broken.iter().any(|(at, _)| *at == sequence);
        let columns = (first..=last).map(|sequence| {
            let mut column = column(&rows, sequence);
            if conflict(sequence) {
                column.strife = Strife::Conflict;
            }
            column
        });
        Self {
            columns: columns.collect(),
            around: (top, replicas.len() - top - rows.len()),
            shouts: broken.into_iter().map(|(_, says)| says).collect(),
            rows,
        }
    }
}

/// The replicas that have rows, of those the first is this far down.
fn in_sight(replicas: &[Actor], row: usize) -> (usize, &[Actor]) {
    if replicas.len() <= FEW {
        return (0, replicas);
    }
    let top = row
        .saturating_sub(2)
        .min(replicas.len().saturating_sub(ROWS));
    let end = (top + ROWS).min(replicas.len());
    (top, &replicas[top..end])
}

/// What is broken about these numbers between honest replicas, wherever their rows are.
fn broken(view: &View, first: u64, last: u64) -> Vec<(u64, String)> {
    if view.ui.through.is_some() {
        return Vec::new();
    }
    let promises = view.present.promises.iter();
    let witnesses = promises.flat_map(|promise| &promise.witnesses);
    let between = witnesses.filter(|witness| witness.nodes.len() > 1);
    let mut found: Vec<(u64, String)> = between
        .filter(|witness| (first..=last).contains(&witness.sequence))
        .map(|witness| (witness.sequence, witness.says.clone()))
        .collect();
    found.sort();
    found
}

/// The newest number that anything is known about.
pub(in crate::rooms) fn newest(view: &View) -> u64 {
    let replicas = view.present.actors.iter().filter(|actor| !actor.client);
    let newest = replicas.map(|actor| actor.sketch.executed + 1).max();
    newest.unwrap_or(1).max(4)
}

/// The last number that is shown: the one that was turned to, or one by which the selected one is seen, or the newest.
pub(in crate::rooms) fn last_column(view: &View) -> u64 {
    let newest = newest(view);
    let first = newest.saturating_sub(COLUMNS - 1);
    let selected = view.focus.sequence.filter(|sequence| *sequence < first);
    let wanted = view
        .ui
        .column
        .or(selected.map(|sequence| sequence + COLUMNS / 2));
    wanted.unwrap_or(newest).clamp(COLUMNS.min(newest), newest)
}

fn row<'a>(view: &View, actor: &'a Actor, first: u64, last: u64) -> Row<'a> {
    let mut row = Row {
        actor,
        state: String::new(),
        places: Vec::new(),
    };
    if view.ui.through.is_some_and(|node| node != actor.id) {
        row.state = "not seen".into();
        return row;
    }
    row.state = state(view, actor);
    view.lens.chronicle(|chronicle| {
        let executed = chronicle.executed.get(actor.id.index());
        let executed = executed.map_or(&[] as &[_], Vec::as_slice);
        let so_far = executed.partition_point(|entry| entry.at <= view.present.now);
        let shown = executed[..so_far].iter().rev();
        for entry in shown.take_while(|entry| entry.sequence >= first) {
            // What it lost and executed anew stands there twice: the newest counts.
            if entry.sequence <= last && row.get(entry.sequence).is_none() {
                let place = Place {
                    stage: "executed",
                    value: value_name(&entry.ops),
                    digest: Some(entry.digest),
                    votes: Vec::new(),
                };
                row.set(entry.sequence, place);
            }
        }
    });
    for cell in view.lens.portrait(actor.id).log {
        if (first..=last).contains(&cell.sequence) {
            row.set(cell.sequence, place(cell));
        }
    }
    row
}

/// A word on a replica: its view, and what sets it apart.
fn state(view: &View, actor: &Actor) -> String {
    let condition = actor.condition;
    let traitor = !condition.honest && view.ui.through.is_none();
    let apart = match () {
        () if !condition.up => "crashed",
        () if traitor => "traitor",
        () if condition.stale => "stale",
        () if actor.sketch.behind => "behind",
        () => "",
    };
    let at = format!("view {}", actor.sketch.view);
    [at.as_str(), apart].join(" ").trim().to_string()
}

fn place(cell: Cell) -> Place {
    let cast = cell.votes.into_iter();
    Place {
        stage: cell.stage,
        value: cell.value.unwrap_or_else(|| "…".into()),
        digest: cell.digest,
        votes: cast.filter(|(_, cast)| !cast.is_empty()).collect(),
    }
}

fn column(rows: &[Row<'_>], sequence: u64) -> Column {
    let mut digests: Vec<u64> = Vec::new();
    let mut note = |digest: u64| {
        if !digests.contains(&digest) {
            digests.push(digest);
        }
    };
    let (mut settled, mut accepted) = (Vec::new(), Vec::new());
    for (row, place) in rows
        .iter()
        .filter_map(|row| Some((row, row.get(sequence)?)))
    {
        let Some(digest) = place.digest else { continue };
        note(digest);
        if row.actor.condition.honest {
            accepted.push(digest);
            if place.firm() {
                settled.push(digest);
            }
        }
    }
    for place in rows.iter().filter_map(|row| row.get(sequence)) {
        let votes = place.votes.iter().flat_map(|(_, cast)| cast);
        votes.for_each(|(_, digest)| note(*digest));
    }
    let differ = |digests: &[u64]| digests.iter().any(|digest| *digest != digests[0]);
    let strife = match () {
        () if differ(&settled) => Strife::Conflict,
        () if differ(&accepted) => Strife::Proposals,
        () => Strife::None,
    };
    Column {
        sequence,
        digests,
        strife,
    }
}
