//! What counts as a checkpoint, and what becomes of the window.

use super::super::Timer;
use super::super::tests::{
    batch, every_second, execute, hand, hear, image, label, op, proof, propose, replica_with,
    stamp, supply, tell,
};
use super::*;
use crate::protocol::Input;
use std::collections::BTreeSet;

/// A backup that takes a checkpoint at every second sequence number.
fn backup() -> Replica {
    replica_with(1, every_second())
}

fn state(replica: &mut Replica, from: u16, sequence: u64, digest: u64) -> bool {
    let after = hear(replica, from, &Msg::Checkpoint { sequence, digest });
    after.sets(Timer::CatchUp).is_some()
}

/// The backup's own checkpoint digest at a sequence number that is not stable.
fn own(replica: &Replica, sequence: u64) -> u64 {
    let mut own = replica.checkpoints.own.iter();
    let found = own.find(|image| image.sequence == sequence);
    found.expect("it has taken one").digest()
}

#[test]
fn images_that_differ_in_anything_differ_in_their_digests() {
    let image = |sequence, state, number, result| Image {
        sequence,
        state,
        records: vec![Record { number, result }],
    };
    let bits = || (0..64).map(|bit| 1u64 << bit);
    let images: Vec<Image> = std::iter::once(image(0, 5, 0, 0))
        .chain(bits().map(|bit| image(0, bit, 0, 0)))
        .chain((0..32).map(|bit| image(0, 5, 1 << bit, 0)))
        .chain(bits().map(|bit| image(0, 5, 0, bit)))
        .collect();
    let digests: BTreeSet<u64> = images.iter().map(Image::digest).collect();
    assert_eq!(digests.len(), images.len());
    let sequences: BTreeSet<u64> = bits().map(|bit| image(bit, 3, 0, 0).digest()).collect();
    assert_eq!(sequences.len(), 64);
}

#[test]
fn two_clients_records_count_in_their_order() {
    let (early, late) = (
        Record::default(),
        Record {
            number: 1,
            result: 9,
        },
    );
    let image = |records: [Record; 2]| Image {
        sequence: 2,
        state: 5,
        records: records.to_vec(),
    };
    assert_ne!(image([early, late]).digest(), image([late, early]).digest());
}

#[test]
fn a_checkpoint_beyond_the_next_one_means_behind_once_f_plus_1_state_it() {
    let mut replica = backup();
    assert!(!state(&mut replica, 2, 4, 7), "one may lie");
    assert!(!state(&mut replica, 2, 4, 7), "twice the same one");
    assert!(!state(&mut replica, 3, 4, 8), "not the same state");
    assert!(state(&mut replica, 0, 4, 7));
}

#[test]
fn beyond_the_window_f_plus_1_must_state_the_same_too() {
    let mut replica = backup();
    assert!(!state(&mut replica, 2, 8, 7), "one may lie");
    assert!(!state(&mut replica, 3, 8, 8), "not the same state");
    assert!(!state(&mut replica, 0, 10, 7), "not the same place");
    assert!(state(&mut replica, 3, 10, 7), "the newest of each counts");
}

#[test]
fn who_is_a_checkpoint_late_does_not_ask_yet() {
    let mut replica = backup();
    assert!(!state(&mut replica, 2, 2, 7));
    assert!(!state(&mut replica, 3, 2, 7), "it may get there by itself");
    assert!(state(&mut replica, 0, 2, 7), "but a quorum is there");
}

/// One COMMIT, or f + 1 for what it accepted itself, are no sign that others are done.
#[test]
fn nor_does_it_ask_for_commits_that_come_in_their_time() {
    let mut replica = backup();
    state(&mut replica, 2, 2, 7);
    state(&mut replica, 3, 2, 7);
    propose(&mut replica, 1, &batch(1));
    let commit = Msg::Commit(label(0, 1, &batch(1)));
    for from in [0, 2] {
        let after = hear(&mut replica, from, &commit);
        assert_eq!(after.sets(Timer::CatchUp), None);
    }
}

#[test]
fn who_has_reached_what_others_state_is_not_behind() {
    let mut replica = backup();
    state(&mut replica, 2, 2, 7);
    state(&mut replica, 3, 2, 7);
    execute(&mut replica, 1, &batch(1));
    assert!(replica.is_behind());
    execute(&mut replica, 2, &batch(2));
    assert!(!replica.is_behind());
}

#[test]
fn only_replicas_state_checkpoints_and_only_at_multiples_of_k() {
    let mut replica = backup();
    assert!(!state(&mut replica, 4, 4, 7), "a client");
    assert!(!state(&mut replica, 2, 4, 7));
    assert!(!state(&mut replica, 0, 3, 7), "not a multiple of K");
    assert!(!state(&mut replica, 2, 3, 7));
    assert!(!replica.is_behind());
}

#[test]
fn a_stable_checkpoint_moves_the_window_and_leaves_the_later_ones() {
    let mut replica = backup();
    for sequence in 1..=4 {
        execute(&mut replica, sequence, &batch(sequence as u32));
    }
    let (first, second) = (own(&replica, 2), own(&replica, 4));
    state(&mut replica, 2, 8, 7);
    state(&mut replica, 2, 4, second);
    state(&mut replica, 2, 2, first);
    state(&mut replica, 3, 2, first);
    assert_eq!(replica.log.low(), 2);
    let mut out = Out::default();
    replica.restate_checkpoints(&mut out);
    let restated = out.effects().len();
    assert_eq!(restated, 2, "a rule and a message: for 4 alone");
    assert!(state(&mut replica, 3, 8, 7), "the vote for 8 still counts");
    state(&mut replica, 3, 4, second);
    assert_eq!(replica.log.low(), 4, "and so did the one for 4");
}

#[test]
fn what_was_stated_beyond_the_window_is_no_evidence_once_it_is_reached() {
    let mut checkpoints = Checkpoints::new(image(0));
    checkpoints.beyond.insert(NodeId(2), (8, 7));
    checkpoints.beyond.insert(NodeId(3), (8, 7));
    assert!(checkpoints.vouched_beyond(7, 2));
    assert!(!checkpoints.vouched_beyond(8, 2));
}

#[test]
fn a_primary_that_took_over_a_state_proposes_behind_it() {
    let mut primary = replica_with(0, every_second());
    tell(&mut primary, supply(&image(6)));
    let after = hear(&mut primary, 4, &Msg::Request(op(7)));
    let [Msg::PrePrepare(label, _)] = after.messages()[..] else {
        panic!("{:?}", after.kinds());
    };
    assert_eq!(label.sequence, 7);
}

#[test]
fn proof_from_others_makes_its_own_checkpoint_stable_if_it_is_the_same() {
    let mut replica = backup();
    for sequence in 1..=2 {
        execute(&mut replica, sequence, &batch(sequence as u32));
    }
    tell(&mut replica, supply(&image(2)));
    assert_eq!(replica.log.low(), 0, "its own state is another one");
    let mine = replica.checkpoints.own[0].clone();
    tell(&mut replica, supply(&mine));
    assert_eq!(replica.log.low(), 2);
}

#[test]
fn on_disk_are_the_stable_checkpoint_with_its_proof_and_own_ones_as_far_as_executed() {
    let mut checkpoints = Checkpoints::new(image(0));
    checkpoints.stable = (proof(&image(2)), image(2));
    checkpoints.settle(proof(&image(2)));
    checkpoints.own = vec![image(4), image(6)];
    let kept = checkpoints.keeping_own(4, stamp(1));
    assert_eq!(kept.stable.0.sequence(), 2);
    let own: Vec<u64> = kept.own.iter().map(|image| image.sequence).collect();
    assert_eq!(own, [4]);
    assert_eq!(kept.votes[&4].count(image(4).digest()), 1);
}

#[test]
fn a_replica_states_its_checkpoint_at_every_kth_sequence_number_only() {
    let mut replica = backup();
    let first = execute(&mut replica, 1, &batch(1));
    assert!(!first.kinds().contains(&"checkpoint"));
    let second = execute(&mut replica, 2, &batch(2));
    assert!(second.kinds().contains(&"checkpoint"));
    assert!(hand(&mut replica, Input::Start).is_nothing());
}
