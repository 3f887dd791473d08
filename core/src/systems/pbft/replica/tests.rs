//! Who counts as a replica or a client, and which messages belong to the present view.

use super::super::message::Batch;
use super::super::tests::{
    batch, every_second, execute, expire, hear, image, label, op, propose, replica,
    replica_serving, replica_with, supply, tell,
};
use super::*;
use std::rc::Rc;

#[test]
fn votes_of_clients_count_for_nothing() {
    let mut backup = replica(1);
    let label = label(0, 1, &batch(1));
    propose(&mut backup, 1, &batch(1));
    assert!(hear(&mut backup, 4, &Msg::Prepare(label)).is_nothing());
    assert!(!hear(&mut backup, 2, &Msg::Prepare(label)).is_nothing());
    hear(&mut backup, 4, &Msg::Commit(label));
    hear(&mut backup, 2, &Msg::Commit(label));
    assert_eq!(backup.executed, 0);
    hear(&mut backup, 3, &Msg::Commit(label));
    assert_eq!(backup.executed, 1);
}

#[test]
fn requests_of_nobody_known_are_ignored() {
    let mut backup = replica(1);
    for client in [0, 3, 5] {
        let op = Op {
            client: NodeId(client),
            ..op(1)
        };
        assert!(hear(&mut backup, client, &Msg::Request(op)).is_nothing());
        assert!(hear(&mut backup, client, &Msg::Read(op)).is_nothing());
    }
    assert!(!hear(&mut backup, 4, &Msg::Request(op(1))).is_nothing());
}

/// No honest replica accepts anything of a view that it has not entered.
#[test]
fn a_proposal_for_a_view_not_entered_yet_is_not_backed() {
    let mut backup = replica(3);
    let proposal = Msg::PrePrepare(label(1, 1, &batch(1)), batch(1));
    assert!(hear(&mut backup, 1, &proposal).kinds().is_empty());
    expire(&mut backup, Timer::View);
    assert!(hear(&mut backup, 1, &proposal).kinds().is_empty());
}

/// The primary of view 0 is that of view 4 too.
#[test]
fn a_proposal_of_another_view_of_the_same_primary_is_not_backed() {
    let mut backup = replica(3);
    let proposal = Msg::PrePrepare(label(4, 1, &batch(1)), batch(1));
    assert!(hear(&mut backup, 0, &proposal).kinds().is_empty());
}

/// A request of another client than the usual one.
fn of(client: u16) -> Op {
    Op {
        client: NodeId(client),
        ..op(1)
    }
}

fn serving_three() -> Replica {
    replica_serving(3, 3)
}

#[test]
fn the_timer_belongs_to_one_request_and_executing_others_leaves_it_alone() {
    let mut backup = serving_three();
    assert!(
        hear(&mut backup, 5, &Msg::Request(of(5)))
            .sets(Timer::View)
            .is_some()
    );
    let other = Rc::new([of(4)]);
    let after = execute(&mut backup, 1, &(other as Batch));
    assert_eq!(backup.executed, 1);
    assert!(after.sets(Timer::View).is_none());
    let gives_up = expire(&mut backup, Timer::View);
    assert_eq!(gives_up.rules()[0], "suspect");
}

#[test]
fn once_it_is_executed_the_timer_starts_anew_for_what_has_waited_longest() {
    let mut backup = serving_three();
    for client in [5, 6, 4] {
        hear(&mut backup, client, &Msg::Request(of(client)));
    }
    let first: Batch = Rc::new([of(5)]);
    assert!(execute(&mut backup, 1, &first).sets(Timer::View).is_some());
    assert_eq!(backup.timed, Some(of(6)));
}

/// Whom a primary serves first that serves in turn has waited here too; once for each client.
#[test]
fn a_line_that_moves_is_no_neglect_until_each_client_has_had_its_turn() {
    let mut backup = serving_three();
    for client in [5, 6] {
        hear(&mut backup, client, &Msg::Request(of(client)));
    }
    for turn in 0..3 {
        backup.line_moves = true;
        let after = expire(&mut backup, Timer::View);
        assert_eq!(after.rules(), ["in-line"], "turn {turn}");
    }
    backup.line_moves = true;
    assert_eq!(expire(&mut backup, Timer::View).rules()[0], "suspect");
}

#[test]
fn who_has_not_waited_here_was_not_in_line() {
    let mut backup = serving_three();
    hear(&mut backup, 5, &Msg::Request(of(5)));
    let fresh: Batch = Rc::new([of(4)]);
    propose(&mut backup, 1, &fresh);
    assert!(!backup.line_moves);
    hear(&mut backup, 6, &Msg::Request(of(6)));
    let queued: Batch = Rc::new([of(6)]);
    propose(&mut backup, 2, &queued);
    assert!(backup.line_moves);
}

/// It counts once the window reaches it, as if it had come then.
#[test]
fn what_comes_from_beyond_the_window_is_kept_within_a_bound() {
    let mut backup = replica_with(3, every_second());
    let early = |sequence| Msg::PrePrepare(label(0, sequence, &batch(1)), batch(1));
    assert!(hear(&mut backup, 0, &early(5)).kinds().is_empty());
    hear(&mut backup, 0, &early(9));
    assert_eq!(backup.early.len(), 1, "one window further, and no more");
    let after = tell(&mut backup, supply(&image(2)));
    assert!(after.kinds().contains(&"prepare"));
    assert!(backup.early.is_empty());
}
