//! What a NEW-VIEW must be to be followed, and what entering a view takes over.

use super::super::certificate::{CheckpointProof, Prepared};
use super::super::message::{NULL, digest};
use super::super::portrait::portrait;
use super::super::tests::{
    batch, every_second, execute, expire, hear, hear_change, hear_new_view, image, new_view, op,
    prepared, proof, replica, replica_with, seat, supply, tell, view_one,
};
use super::super::tests::{change as changed, others};
use super::*;
use crate::protocol::Voters;
use crate::systems::pbft::Settings;

fn change(by: u16, stable: u64, prepared: Vec<Prepared>) -> Signed<ViewChange> {
    let stable = CheckpointProof::new(stable, 7, &Voters::default());
    seat(by, Settings::default()).sign(ViewChange {
        view: 9,
        stable,
        prepared,
    })
}

#[test]
fn the_certificate_of_the_highest_view_carries_over_whoever_comes_first() {
    let (old, new) = (prepared(3, 1, 1), prepared(5, 1, 2));
    for pair in [[old.clone(), new.clone()], [new, old]] {
        let [a, b] = pair.map(|certificate| vec![certificate]);
        let (low, proposals) = carried_over(&[change(0, 0, a), change(1, 0, b)]);
        assert_eq!((low, proposals.len()), (0, 1));
        assert_eq!(proposals[0].batch, batch(2));
    }
}

/// Only more than f traitors can sign both. All must choose the same, whichever it is.
#[test]
fn of_two_certificates_of_one_view_that_contradict_each_other_the_first_carries_over() {
    let (one, other) = (prepared(3, 1, 1), prepared(3, 1, 2));
    let changes = [change(0, 0, vec![one]), change(1, 0, vec![other])];
    let (_, proposals) = carried_over(&changes);
    assert_eq!((proposals.len(), &proposals[0].batch), (1, &batch(1)));
}

#[test]
fn gaps_are_null_and_what_is_stable_anywhere_is_left_out() {
    let early = prepared(0, 10, 1);
    let late = prepared(0, 13, 2);
    let changes = [change(0, 0, vec![early]), change(1, 11, vec![late])];
    let (low, proposals) = carried_over(&changes);
    let digests: Vec<_> = proposals.iter().map(|p| (p.sequence, p.digest)).collect();
    assert_eq!(
        (low, digests),
        (11, vec![(12, NULL), (13, digest(&batch(2)))])
    );
}

#[test]
fn a_replica_enters_the_view_that_q_view_changes_ask_for() {
    let mut backup = replica(3);
    let after = hear_new_view(&mut backup, &view_one());
    assert_eq!(after.rules()[0], "enter");
    assert_eq!((backup.view, backup.active), (1, true));
    assert!(hear_new_view(&mut backup, &view_one()).is_nothing(), "once");
}

#[test]
fn no_view_is_entered_that_is_older_or_whose_primary_did_not_open_it() {
    let mut backup = replica(3);
    let changes = [changed(0, 1), changed(1, 1), changed(2, 1)];
    let other = new_view(2, 1, &changes, &[]);
    assert!(hear_new_view(&mut backup, &other).is_nothing());
    let own = new_view(3, 3, &changes, &[]);
    assert!(hear_new_view(&mut backup, &own).is_nothing());
    for _ in 0..2 {
        expire(&mut backup, Timer::View);
    }
    assert!(hear_new_view(&mut backup, &view_one()).is_nothing());
    assert_eq!(backup.view, 2);
}

/// Each V here has one thing wrong with it.
#[test]
fn a_new_view_must_follow_from_q_valid_view_changes_of_its_own() {
    let (a, b, c) = (changed(0, 1), changed(1, 1), changed(2, 1));
    let unproved = seat(2, Settings::default()).sign(ViewChange {
        view: 1,
        stable: CheckpointProof::default(),
        prepared: vec![prepared(1, 1, 1)],
    });
    let wrong = [
        vec![a.clone(), b.clone()],
        vec![a.clone(), b.clone(), b.clone()],
        vec![a.clone(), b.clone(), c.clone(), c],
        vec![a.clone(), b.clone(), changed(4, 1)],
        vec![a.clone(), b.clone(), changed(2, 2)],
        vec![a.clone(), b.clone(), unproved],
    ];
    for changes in wrong {
        let mut backup = replica(3);
        let after = hear_new_view(&mut backup, &new_view(1, 1, &changes, &[]));
        assert_eq!(after.rules(), ["reject-view"], "{changes:?}");
        assert_eq!(backup.view, 0);
    }
    let added = new_view(1, 1, &[a, b, changed(2, 1)], &[Proposal::null(1)]);
    let after = hear_new_view(&mut replica(3), &added);
    assert_eq!(after.rules(), ["reject-view"]);
}

#[test]
fn view_changes_for_later_views_still_count_and_earlier_ones_are_forgotten() {
    let mut backup = replica(3);
    expire(&mut backup, Timer::View);
    hear_change(&mut backup, &changed(0, 2));
    hear_new_view(&mut backup, &view_one());
    let facts = portrait(&backup).facts;
    let held = facts.iter().find(|fact| fact.0 == "view changes held");
    assert_eq!(held.map(|fact| fact.1.as_str()), Some("0 → view 2"));
    hear_change(&mut backup, &changed(2, 2));
    assert_eq!(backup.view, 2, "f + 1 want it");
}

/// View 1, where replica 0 proves a stable checkpoint.
fn view_one_with(stable: CheckpointProof) -> Signed<NewView> {
    let proved = seat(0, Settings::default()).sign(ViewChange {
        view: 1,
        stable,
        prepared: Vec::new(),
    });
    new_view(1, 1, &[proved, changed(1, 1), changed(2, 1)], &[])
}

#[test]
fn a_checkpoint_that_a_view_change_proves_is_stable_here_if_its_state_is_here() {
    let mut backup = replica_with(3, every_second());
    for sequence in 1..=2 {
        execute(&mut backup, sequence, &batch(sequence as u32));
    }
    let mut out = Out::default();
    backup.restate_checkpoints(&mut out);
    let Some(crate::protocol::Effect::Send(_, Msg::Checkpoint { digest, .. })) =
        out.effects().last()
    else {
        panic!("it has a checkpoint at 2");
    };
    let quorum = super::super::tests::voters(&others(&backup));
    let stable = CheckpointProof::new(2, *digest, &quorum);
    let after = hear_new_view(&mut backup, &view_one_with(stable));
    assert_eq!(backup.log.low(), 2);
    assert!(!backup.is_behind());
    assert!(!after.kinds().contains(&"checkpoint"));
}

#[test]
fn a_checkpoint_that_a_view_change_proves_is_asked_for_if_its_state_is_not_here() {
    let mut backup = replica_with(3, every_second());
    let after = hear_new_view(&mut backup, &view_one_with(proof(&image(2))));
    assert!(after.sets(Timer::CatchUp).is_some());
    let asks = expire(&mut backup, Timer::CatchUp);
    assert_eq!(asks.kinds(), ["state-request"]);
}

/// The window of a replica without the state is that of the others, so it backs what carries
/// over; it executes once the state is here, and says meanwhile what it can prove.
#[test]
fn who_enters_a_view_behind_the_checkpoint_takes_part_in_it() {
    let mut backup = replica_with(3, every_second());
    let proved = seat(0, Settings::default()).sign(ViewChange {
        view: 1,
        stable: proof(&image(2)),
        prepared: vec![prepared(0, 5, 5)],
    });
    let changes = [proved, changed(1, 1), changed(2, 1)];
    let (low, carried) = carried_over(&changes);
    assert_eq!((low, carried.len()), (2, 3));
    let after = hear_new_view(&mut backup, &new_view(1, 1, &changes, &carried));
    assert_eq!((backup.log.low(), backup.executed), (2, 0));
    assert_eq!(after.kinds(), ["prepare", "prepare", "prepare"]);
    let gives_up = expire(&mut backup, Timer::View);
    let [Msg::ViewChange(change)] = gives_up.messages()[..] else {
        panic!("it holds a request that waits");
    };
    assert_eq!(change.body().stable.sequence(), 2);
    tell(&mut backup, supply(&image(2)));
    assert_eq!(backup.executed, 2);
    assert_eq!(backup.checkpoints.stable.0.sequence(), 2);
}

/// It alone may know of requests that it was to propose, and would blame its successor.
#[test]
fn a_primary_that_was_replaced_passes_on_what_still_waits() {
    let mut primary = replica(0);
    hear(&mut primary, 4, &Msg::Request(op(1)));
    let after = hear_new_view(&mut primary, &view_one());
    assert_eq!(after.kinds(), ["relay"]);
    let mut backup = replica(2);
    hear(&mut backup, 4, &Msg::Request(op(1)));
    assert!(hear_new_view(&mut backup, &view_one()).kinds().is_empty());
}

#[test]
fn in_a_new_view_a_replica_states_its_unstable_checkpoints_once_more() {
    let mut backup = replica_with(3, every_second());
    for sequence in 1..=2 {
        execute(&mut backup, sequence, &batch(sequence as u32));
    }
    let after = hear_new_view(&mut backup, &view_one());
    assert_eq!(after.kinds(), ["checkpoint"]);
}

#[test]
fn a_primary_does_not_take_its_own_new_view_from_others() {
    let mut primary = replica(1);
    expire(&mut primary, Timer::View);
    let mut reply = supply(&image(0));
    reply.new_view = Some(view_one());
    tell(&mut primary, reply);
    assert!(
        !primary.active,
        "it may have proposed there what it has lost"
    );
}
