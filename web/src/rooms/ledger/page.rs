//! What the ledger shows: which nodes and slots, and what stands at each.

use crate::page::view::View;
use crate::run::present::Actor;
use quorumscope_core::protocol::{Cell, NodeId, value_name};
use quorumscope_core::spec::{Spec, Stage};

/// How many slots are shown at once.
pub(in crate::rooms) const COLUMNS: u64 = 12;
/// Up to this many nodes, all have a row in the page.
const FEW: usize = 16;
/// Of more nodes, how many have a row, those in sight among them.
const ROWS: usize = 18;

/// Who voted, and for which digest.
pub(super) type Votes = Vec<(NodeId, u64)>;

/// What is shown of the run's ledger.
pub(super) struct Page<'a> {
    pub(super) columns: Vec<Column>,
    pub(super) rows: Vec<Row<'a>>,
    /// How many nodes have no row before these, and after them.
    pub(super) around: (usize, usize),
    /// Broken promises about a slot in sight, in words.
    pub(super) shouts: Vec<String>,
}

/// One slot.
pub(super) struct Column {
    pub(super) slot: u64,
    /// What it is called, if not by its number.
    pub(super) name: Option<String>,
    /// All digests that anybody accepted or voted for there, in the order of nodes.
    pub(super) digests: Vec<u64>,
    pub(super) strife: Strife,
}

/// Whether honest nodes differ about a slot.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Strife {
    /// They do not.
    None,
    /// They accepted different proposals; nothing is decided by that.
    Proposals,
    /// They have settled on different values.
    Conflict,
}

/// One node, and what it has at each slot.
pub(super) struct Row<'a> {
    pub(super) actor: &'a Actor,
    /// A word on it, where one is due.
    pub(super) state: String,
    places: Vec<(u64, Place)>,
}

/// One place of the table.
pub(super) struct Place {
    /// How far the node is; none while it accepted nothing.
    pub(super) stage: Option<&'static Stage>,
    pub(super) name: Option<String>,
    pub(super) value: String,
    pub(super) digest: Option<u64>,
    pub(super) votes: Vec<(&'static str, Votes)>,
}

impl Place {
    /// Whether the node has settled on it.
    pub(super) fn firm(&self) -> bool {
        self.stage.is_some_and(|stage| stage.firm)
    }
}

impl Row<'_> {
    pub(super) fn get(&self, slot: u64) -> Option<&Place> {
        let found = self.places.iter().find(|(at, _)| *at == slot);
        found.map(|(_, place)| place)
    }

    fn set(&mut self, slot: u64, place: Place) {
        self.places.retain(|(at, _)| *at != slot);
        self.places.push((slot, place));
    }
}

impl<'a> Page<'a> {
    pub(super) fn of(view: &'a View) -> Self {
        let servers = &view.present.actors[..view.present.servers()];
        let last = last_column(view);
        let first = last.saturating_sub(COLUMNS - 1).max(1);
        let (top, shown) = in_sight(servers, view.ui.row);
        let rows: Vec<Row<'a>> = shown
            .iter()
            .map(|actor| row(view, actor, first, last))
            .collect();
        let broken = broken(view, first, last);
        let conflict = |slot| broken.iter().any(|(at, _)| *at == slot);
        let columns = (first..=last).map(|slot| {
            let mut column = column(&rows, slot);
            if conflict(slot) {
                column.strife = Strife::Conflict;
            }
            column
        });
        Self {
            columns: columns.collect(),
            around: (top, servers.len() - top - rows.len()),
            shouts: broken.into_iter().map(|(_, says)| says).collect(),
            rows,
        }
    }
}

/// The nodes that have rows, of those the first is this far down.
fn in_sight(servers: &[Actor], row: usize) -> (usize, &[Actor]) {
    if servers.len() <= FEW {
        return (0, servers);
    }
    let top = row
        .saturating_sub(2)
        .min(servers.len().saturating_sub(ROWS));
    let end = (top + ROWS).min(servers.len());
    (top, &servers[top..end])
}

/// What is broken about these slots between honest nodes, wherever their rows are.
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

/// The newest slot that anything is known about.
pub(in crate::rooms) fn newest(view: &View) -> u64 {
    let servers = view.present.actors.iter().filter(|actor| !actor.client);
    let sketches = servers.map(|actor| actor.sketch);
    let newest = sketches
        .map(|sketch| sketch.slot.max(sketch.done + 1))
        .max();
    newest.unwrap_or(1).max(4)
}

/// The last slot that is shown: the one that was turned to, or one by which the selected one is seen, or the newest.
pub(in crate::rooms) fn last_column(view: &View) -> u64 {
    let newest = newest(view);
    let first = newest.saturating_sub(COLUMNS - 1);
    let selected = view.focus.sequence.filter(|slot| *slot < first);
    let wanted = view.ui.column.or(selected.map(|slot| slot + COLUMNS / 2));
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
    let spec = view.present.spec;
    view.reader.chronicle(|chronicle| {
        let executed = chronicle.executed.get(actor.id.index());
        let executed = executed.map_or(&[] as &[_], Vec::as_slice);
        let so_far = executed.partition_point(|entry| entry.at <= view.present.now);
        let shown = executed[..so_far].iter().rev();
        for entry in shown.take_while(|entry| entry.sequence >= first) {
            // What it lost and executed anew stands there twice: the newest counts.
            if entry.sequence <= last && row.get(entry.sequence).is_none() {
                let place = Place {
                    stage: spec.stages.last(),
                    name: None,
                    value: value_name(&entry.ops),
                    digest: Some(entry.digest),
                    votes: Vec::new(),
                };
                row.set(entry.sequence, place);
            }
        }
    });
    for cell in view.reader.portrait(actor.id).log {
        if (first..=last).contains(&cell.slot) {
            row.set(cell.slot, place(spec, cell));
        }
    }
    row
}

/// A word on a node: its round, and what sets it apart.
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
    let round = view.present.spec.words.round;
    let at = round.map(|round| format!("{round} {}", actor.sketch.round));
    let at = at.unwrap_or_default();
    [at.as_str(), apart].join(" ").trim().to_string()
}

fn place(spec: &Spec, cell: Cell) -> Place {
    let stage = spec.stage(&cell);
    let votes = cell.votes.into_iter();
    Place {
        stage,
        name: cell.name,
        value: cell.value.unwrap_or_else(|| "…".into()),
        digest: cell.digest,
        votes: votes.filter(|(_, votes)| !votes.is_empty()).collect(),
    }
}

fn column(rows: &[Row<'_>], slot: u64) -> Column {
    let mut digests: Vec<u64> = Vec::new();
    let mut note = |digest: u64| {
        if !digests.contains(&digest) {
            digests.push(digest);
        }
    };
    let (mut settled, mut accepted) = (Vec::new(), Vec::new());
    for (row, place) in rows.iter().filter_map(|row| Some((row, row.get(slot)?))) {
        let Some(digest) = place.digest else { continue };
        note(digest);
        if row.actor.condition.honest {
            accepted.push(digest);
            if place.firm() {
                settled.push(digest);
            }
        }
    }
    for place in rows.iter().filter_map(|row| row.get(slot)) {
        let votes = place.votes.iter().flat_map(|(_, votes)| votes);
        votes.for_each(|(_, digest)| note(*digest));
    }
    let differ = |digests: &[u64]| digests.iter().any(|digest| *digest != digests[0]);
    let strife = match () {
        () if differ(&settled) => Strife::Conflict,
        () if differ(&accepted) => Strife::Proposals,
        () => Strife::None,
    };
    let mut places = rows.iter().filter_map(|row| row.get(slot));
    Column {
        slot,
        name: places.find_map(|place| place.name.clone()),
        digests,
        strife,
    }
}
