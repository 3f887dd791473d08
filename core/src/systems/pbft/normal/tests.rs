//! What a replica does with one message of the normal case, and what it refuses.

use super::super::portrait::portrait;
use super::super::tests::{
    batch, execute, expire, hear, hear_new_view, label, op, others, propose, replica, replica_with,
    view_one,
};
use super::super::{Timer, replica::Replica};
use super::*;
use crate::protocol::{Effect, NodeId};
use crate::systems::pbft::Settings;
use std::collections::BTreeSet;
use std::rc::Rc;

/// What a replica executed, by the numbers of the requests.
fn executed(effects: &[Effect<Pbft>]) -> Vec<u32> {
    let ops = effects.iter().filter_map(|effect| match effect {
        Effect::Claim(Claim::Applied { ops, .. }) => Some(ops),
        _ => None,
    });
    ops.flat_map(|ops| ops.iter().map(|op| op.number)).collect()
}

#[test]
fn only_the_last_request_of_a_client_is_answered_again_and_only_to_itself() {
    let mut backup = replica(1);
    execute(&mut backup, 1, &batch(1));
    execute(&mut backup, 2, &batch(2));
    assert!(hear(&mut backup, 4, &Msg::Request(op(1))).is_nothing());
    assert!(hear(&mut backup, 2, &Msg::Relay(op(2))).is_nothing());
    let again = hear(&mut backup, 4, &Msg::Request(op(2)));
    assert_eq!(again.rules(), ["resend-reply"]);
}

#[test]
fn a_newer_request_of_a_client_takes_the_place_of_an_older_one() {
    let mut backup = replica(1);
    hear(&mut backup, 4, &Msg::Request(op(1)));
    hear(&mut backup, 4, &Msg::Request(op(3)));
    assert_eq!(portrait(&backup).waiting, ["c4#3"]);
    hear(&mut backup, 2, &Msg::Relay(op(2)));
    assert!(portrait(&backup).waiting.contains(&"c4#3".to_owned()));
}

#[test]
fn only_the_primary_proposes_and_only_what_its_digest_says() {
    let mut backup = replica(1);
    let label = label(0, 1, &batch(1));
    let proposal = Msg::PrePrepare(label, batch(1));
    assert!(hear(&mut backup, 2, &proposal).is_nothing());
    let other = Msg::PrePrepare(label, batch(2));
    assert!(hear(&mut backup, 0, &other).is_nothing());
    let after = hear(&mut backup, 0, &proposal);
    assert_eq!(after.rules(), ["pre-prepared"]);
    assert_eq!(after.kinds(), ["prepare"]);
}

#[test]
fn a_second_proposal_for_one_place_is_a_conflict_unless_it_is_the_same() {
    let mut backup = replica(1);
    propose(&mut backup, 1, &batch(1));
    assert!(propose(&mut backup, 1, &batch(1)).is_nothing());
    let other = propose(&mut backup, 1, &batch(2));
    assert_eq!(other.rules(), ["conflict"]);
    assert!(other.kinds().is_empty());
}

/// Of four, a backup needs its own PREPARE and that of one more backup.
#[test]
fn a_prepare_of_the_primary_counts_for_nothing() {
    let mut backup = replica(1);
    let label = label(0, 1, &batch(1));
    propose(&mut backup, 1, &batch(1));
    assert!(hear(&mut backup, 0, &Msg::Prepare(label)).is_nothing());
    let after = hear(&mut backup, 2, &Msg::Prepare(label));
    assert_eq!(after.rules(), ["prepared"]);
}

#[test]
fn commits_for_another_digest_commit_nothing() {
    let mut backup = replica(1);
    let (mine, other) = (label(0, 1, &batch(1)), label(0, 1, &batch(2)));
    propose(&mut backup, 1, &batch(1));
    hear(&mut backup, 2, &Msg::Prepare(mine));
    for from in others(&backup) {
        let after = hear(&mut backup, from, &Msg::Commit(other));
        assert!(!after.rules().contains(&"committed"));
    }
    assert_eq!(backup.executed, 0);
}

#[test]
fn q_commits_for_what_was_never_proposed_here_mean_behind() {
    let mut backup = replica(1);
    let commit = Msg::Commit(label(0, 1, &batch(1)));
    let timers = others(&backup).map(|from| {
        let after = hear(&mut backup, from, &commit);
        after.sets(Timer::CatchUp).is_some()
    });
    assert_eq!(timers, [false, false, true]);
}

#[test]
fn f_plus_1_commits_for_another_digest_mean_behind() {
    let mut backup = replica(1);
    propose(&mut backup, 1, &batch(1));
    let other = Msg::Commit(label(0, 1, &batch(2)));
    let one = hear(&mut backup, 2, &other);
    assert_eq!(one.sets(Timer::CatchUp), None);
    let two = hear(&mut backup, 3, &other);
    assert!(two.sets(Timer::CatchUp).is_some());
}

#[test]
fn a_proposed_request_waits_once_and_an_executed_one_no_more() {
    let mut backup = replica(3);
    hear(&mut backup, 4, &Msg::Request(op(1)));
    propose(&mut backup, 1, &batch(1));
    assert_eq!(portrait(&backup).waiting, ["c4#1"]);
    let mut again = replica(3);
    execute(&mut again, 1, &batch(1));
    let after = propose(&mut again, 2, &batch(1));
    assert_eq!(after.kinds(), ["prepare"]);
    assert_eq!(after.sets(Timer::View), None, "nothing is left to wait for");
    assert!(portrait(&again).waiting.is_empty());
}

/// Backup 1 of view 0 executes one batch at 2, after one request at 1.
fn executes(ops: &[u32]) -> Vec<u32> {
    let mut backup = replica(1);
    execute(&mut backup, 1, &batch(1));
    let ops: Vec<Op> = ops.iter().map(|number| op(*number)).collect();
    executed(execute(&mut backup, 2, &ops.into()).effects())
}

#[test]
fn in_one_batch_too_each_request_is_executed_once_and_in_order() {
    assert_eq!(executes(&[2, 3]), [2, 3]);
    assert_eq!(executes(&[2, 2]), [2]);
    assert_eq!(executes(&[3, 2]), [3]);
    assert_eq!(executes(&[1, 2]), [2], "executed before");
    assert_eq!(executes(&[1]), [0; 0]);
}

#[test]
fn results_tell_every_history_from_every_other() {
    let states: Vec<u64> = (0..64).map(|bit| 1 << bit).chain([0, u64::MAX]).collect();
    let next: BTreeSet<u64> = states.iter().map(|state| after(*state, op(1))).collect();
    assert_eq!(next.len(), states.len());
    let ops: BTreeSet<u64> = (1..100).map(|number| after(1, op(number))).collect();
    assert_eq!(ops.len(), 99);
}

fn tentative() -> Replica {
    let settings = Settings {
        tentative: true,
        ..Settings::default()
    };
    replica_with(1, settings)
}

#[test]
fn what_was_not_answered_tentatively_is_answered_when_it_is_executed() {
    let mut backup = tentative();
    let (first, second) = (label(0, 1, &batch(1)), label(0, 2, &batch(2)));
    propose(&mut backup, 2, &batch(2));
    let early = hear(&mut backup, 2, &Msg::Prepare(second));
    assert_eq!(early.kinds(), ["commit"], "1 is not executed");
    propose(&mut backup, 1, &batch(1));
    let next = hear(&mut backup, 2, &Msg::Prepare(first));
    assert_eq!(next.kinds(), ["commit", "reply"]);
    for from in [2, 3] {
        hear(&mut backup, from, &Msg::Commit(second));
    }
    hear(&mut backup, 2, &Msg::Commit(first));
    let both = hear(&mut backup, 3, &Msg::Commit(first));
    assert_eq!(executed(both.effects()), [1, 2]);
    assert_eq!(both.kinds(), ["reply"], "for 2 alone");
}

#[test]
fn a_replica_that_gave_up_its_view_neither_proposes_nor_relays() {
    let mut backup = replica(3);
    expire(&mut backup, Timer::View);
    let request = hear(&mut backup, 4, &Msg::Request(op(1)));
    assert!(request.kinds().is_empty());
    let enters = hear_new_view(&mut backup, &view_one());
    assert!(enters.sets(Timer::View).is_some(), "the request waits");
}

#[test]
fn a_client_speaks_for_itself_alone() {
    let mut backup = replica(1);
    assert!(hear(&mut backup, 2, &Msg::Request(op(1))).is_nothing());
    let foreign = Op {
        client: NodeId(9),
        ..op(1)
    };
    let batch: Batch = Rc::new([foreign]);
    execute(&mut backup, 1, &batch);
    assert_eq!(backup.executed, 1, "it stands, and does nothing");
    assert_eq!(backup.state, 0);
}
