//! When a read is answered, and from which state.

use super::super::message::Msg;
use super::super::tests::{batch, execute, expire, hear, label, op, others, propose, replica_with};
use super::super::{Settings, Timer};
use super::*;

fn tentative() -> Replica {
    replica_with(
        3,
        Settings {
            tentative: true,
            read_only: true,
            ..Settings::default()
        },
    )
}

fn read() -> Msg {
    Msg::Read(Op {
        read: true,
        ..op(2)
    })
}

fn prepare(backup: &mut Replica) {
    propose(backup, 1, &batch(1));
    for from in others(backup) {
        hear(backup, from, &Msg::Prepare(label(0, 1, &batch(1))));
    }
}

#[test]
fn a_read_of_what_is_committed_is_answered_at_once() {
    let mut backup = tentative();
    assert_eq!(hear(&mut backup, 4, &read()).kinds(), ["reply"]);
    execute(&mut backup, 1, &batch(1));
    assert_eq!(hear(&mut backup, 4, &read()).kinds(), ["reply"]);
}

/// It told the client the result of the write, so a read must not come before it.
#[test]
fn a_read_waits_until_what_the_tentative_state_reflects_has_committed() {
    let mut backup = tentative();
    prepare(&mut backup);
    assert!(hear(&mut backup, 4, &read()).kinds().is_empty());
    let committed = execute(&mut backup, 1, &batch(1));
    let state = backup.state;
    let replies = committed.messages().into_iter();
    let results: Vec<u64> = replies
        .filter_map(|msg| match msg {
            Msg::Reply { op, result, .. } if op.read => Some(*result),
            _ => None,
        })
        .collect();
    assert_eq!(results, [state]);
}

/// The certificate outlives the view, and so may the answer that others gave.
#[test]
fn a_read_waits_for_what_was_prepared_in_an_earlier_view_too() {
    let mut backup = tentative();
    prepare(&mut backup);
    expire(&mut backup, Timer::View);
    assert!(hear(&mut backup, 4, &read()).kinds().is_empty());
}
