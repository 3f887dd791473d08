//! Which VIEW-CHANGEs count, and when a replica joins or waits.

use super::super::certificate::CheckpointProof;
use super::super::tests::{
    batch, change, every_second, expire, hear_change, image, label, prepared, proof, replica,
    replica_with, seat, voters,
};
use super::*;
use crate::systems::pbft::Settings;

/// A VIEW-CHANGE to view 3 with a stable checkpoint at 2 and one certificate.
fn with(certificate: Prepared) -> ViewChange {
    ViewChange {
        view: 3,
        stable: proof(&image(2)),
        prepared: vec![prepared(0, 4, 4), certificate],
    }
}

#[test]
fn every_certificate_of_a_view_change_must_hold() {
    let replica = replica_with(1, every_second());
    let valid = |certificate| replica.valid_change(&with(certificate));
    assert!(valid(prepared(2, 3, 3)));
    assert!(valid(prepared(2, 6, 6)), "the end of the window");
    assert!(!valid(prepared(2, 7, 7)), "beyond the window");
    assert!(!valid(prepared(2, 2, 2)), "stable already");
    assert!(
        !valid(prepared(3, 3, 3)),
        "of the view that is yet to begin"
    );
    let few = Prepared::new(label(2, 3, &batch(3)), batch(3), &voters(&[0]));
    assert!(!valid(few), "a PREPARE too few");
}

#[test]
fn the_stable_checkpoint_of_a_view_change_must_be_proved() {
    let replica = replica_with(1, every_second());
    let mut change = with(prepared(2, 3, 3));
    let (digest, few) = (image(2).digest(), voters(&[0, 2]));
    change.stable = CheckpointProof::new(2, digest, &few);
    assert!(!replica.valid_change(&change));
}

/// Its certificate has a PREPARE too few.
fn unproved(by: u16) -> Signed<ViewChange> {
    let few = Prepared::new(label(0, 1, &batch(1)), batch(1), &voters(&[2]));
    let body = ViewChange {
        view: 1,
        stable: CheckpointProof::default(),
        prepared: vec![few],
    };
    seat(by, Settings::default()).sign(body)
}

#[test]
fn f_plus_1_valid_view_changes_of_replicas_make_one_join() {
    let mut backup = replica(3);
    for refused in [unproved(1), unproved(2), change(4, 1), change(3, 1)] {
        assert!(hear_change(&mut backup, &refused).is_nothing());
    }
    assert!(hear_change(&mut backup, &change(2, 1)).is_nothing());
    let after = hear_change(&mut backup, &change(0, 1));
    assert_eq!(after.rules()[0], "join");
    assert_eq!((backup.view, backup.active), (1, false));
}

#[test]
fn it_joins_the_smallest_of_the_views_that_others_want() {
    let mut backup = replica(3);
    hear_change(&mut backup, &change(0, 7));
    hear_change(&mut backup, &change(2, 5));
    assert_eq!(backup.view, 5);
}

#[test]
fn its_own_view_change_heard_again_counts_once() {
    let mut backup = replica(3);
    expire(&mut backup, Timer::View);
    hear_change(&mut backup, &change(3, 2));
    hear_change(&mut backup, &change(0, 2));
    assert_eq!(backup.view, 1, "one other is not f + 1");
}

#[test]
fn the_new_primarys_time_runs_once_q_gave_up_whoever_went_further() {
    let mut backup = replica(3);
    expire(&mut backup, Timer::View);
    let one = hear_change(&mut backup, &change(0, 1));
    assert_eq!(one.sets(Timer::View), None, "two of three");
    let further = hear_change(&mut backup, &change(2, 2));
    assert!(further.sets(Timer::View).is_some());
}

#[test]
fn an_older_view_change_of_a_replica_does_not_replace_its_newer_one() {
    let mut backup = replica(3);
    expire(&mut backup, Timer::View);
    hear_change(&mut backup, &change(0, 2));
    hear_change(&mut backup, &change(0, 1));
    assert_eq!(backup.changes[&NodeId(0)].body().view, 2);
}

/// The NEW-VIEW went to everybody: who asks for the first time now may just have been slow.
#[test]
fn the_new_primary_answers_a_view_change_that_is_repeated_and_not_a_late_one() {
    let mut primary = replica(1);
    for by in [0, 2] {
        hear_change(&mut primary, &change(by, 1));
    }
    assert!(primary.active, "it opened view 1");
    assert!(hear_change(&mut primary, &change(3, 1)).is_nothing());
    let again = hear_change(&mut primary, &change(3, 1));
    assert_eq!(again.kinds(), ["new-view"]);
    let within = hear_change(&mut primary, &change(2, 1));
    assert_eq!(
        within.kinds(),
        ["new-view"],
        "its VIEW-CHANGE is in the NEW-VIEW"
    );
}
