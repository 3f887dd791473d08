//! Who counts as a replica or a client, and which messages belong to the present view.

use super::super::tests::{batch, expire, hear, label, op, propose, replica};
use super::*;

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
