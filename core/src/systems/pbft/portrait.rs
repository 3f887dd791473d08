//! A replica as observers see it.

use super::log::{Ballots, Slot, Stage};
use super::message::hex;
use super::replica::{Replica, primary};
use super::spec;
use crate::portrait::{Cell, Portrait, Sketch, value_name};
use crate::protocol::NodeId;

/// What a screen shows of it among others.
pub(super) fn sketch(replica: &Replica) -> Sketch {
    let working = replica.executed + 1;
    let slot = replica.log.get(working);
    let (phase, votes, needed) = progress(replica, slot);
    Sketch {
        leads: replica.is_primary(),
        phase,
        round: replica.view,
        slot: slot.map_or(0, |_| working),
        votes: Some((votes, needed)),
        done: replica.executed,
        state: replica.state,
        behind: replica.is_behind(),
        leader: Some(primary(replica.view, replica.seat.quorums.n)),
        suspects: suspects(replica),
        ..Sketch::default()
    }
}

/// The primary whose view it has left for the next one [4.4].
fn suspects(replica: &Replica) -> Option<NodeId> {
    let left = replica.view.checked_sub(1).filter(|_| !replica.active)?;
    Some(primary(left, replica.seat.quorums.n))
}

/// The phase, the matching votes held for the next one, and how many it takes.
fn progress(replica: &Replica, slot: Option<&Slot>) -> (&'static str, u32, u32) {
    let quorums = replica.seat.quorums;
    if !replica.active {
        let same = |view| view == replica.view;
        let votes = replica
            .changes
            .values()
            .filter(|change| same(change.body().view))
            .count();
        return ("view-change", votes as u32, quorums.quorum);
    }
    let Some(slot) = slot else {
        return ("idle", 0, quorums.prepares());
    };
    let digest = slot.digest().unwrap_or_default();
    match slot.stage {
        Stage::Empty => ("idle", 0, quorums.prepares()),
        Stage::PrePrepared => (
            "pre-prepared",
            slot.prepares.count(digest),
            quorums.prepares(),
        ),
        Stage::Prepared => ("prepared", slot.commits.count(digest), quorums.quorum),
        Stage::Committed => ("committed", slot.commits.count(digest), quorums.quorum),
    }
}

/// All that can be seen of it.
pub(super) fn portrait(replica: &Replica) -> Portrait {
    let quorums = replica.seat.quorums;
    let changes = replica.changes.values();
    let wanted: Vec<String> = changes
        .map(|change| format!("{} → view {}", change.by(), change.body().view))
        .collect();
    let mut facts = vec![
        (spec::STABLE, replica.log.low().to_string()),
        ("low watermark", replica.log.low().to_string()),
        ("high watermark", replica.log.high().to_string()),
        ("state", hex(replica.state)),
        ("quorum", format!("{} of {}", quorums.quorum, quorums.n)),
        ("patience", replica.patience().to_string()),
    ];
    if !wanted.is_empty() {
        facts.push(("view changes held", wanted.join(", ")));
    }
    if !replica.early.is_empty() {
        facts.push(("messages set aside", replica.early.len().to_string()));
    }
    Portrait {
        sketch: sketch(replica),
        log: replica
            .log
            .iter()
            .map(|(at, slot)| cell(replica, at, slot))
            .collect(),
        waiting: replica.waiting.iter().map(ToString::to_string).collect(),
        facts,
    }
}

fn cell(replica: &Replica, sequence: u64, slot: &Slot) -> Cell {
    let executed = sequence <= replica.executed;
    let stage = match slot.stage {
        _ if executed => Some(spec::EXECUTED),
        _ if slot.committed.is_some() => Some(spec::COMMITTED),
        Stage::Empty => None,
        Stage::PrePrepared => Some(spec::PRE_PREPARED),
        Stage::Prepared => Some(spec::PREPARED),
        Stage::Committed => Some(spec::COMMITTED),
    };
    let settled = slot.committed.as_ref();
    let accepted = slot
        .accepted
        .as_ref()
        .map(|(digest, batch)| (*digest, batch));
    let value = settled.map(|c| (c.label().digest, c.batch())).or(accepted);
    Cell {
        slot: sequence,
        name: None,
        round: settled.map_or(replica.view, |certificate| certificate.label().view),
        stage,
        digest: value.map(|(digest, _)| digest),
        value: value.map(|(_, batch)| value_name(batch)),
        votes: vec![
            ("prepare", votes(&slot.prepares)),
            ("commit", votes(&slot.commits)),
        ],
    }
}

fn votes(ballots: &Ballots) -> Vec<(NodeId, u64)> {
    let all = ballots.all();
    let each = all.flat_map(|(digest, voters)| voters.iter().map(|who| (who, *digest)));
    let mut votes: Vec<_> = each.collect();
    votes.sort_unstable();
    votes
}

#[cfg(test)]
mod tests;
