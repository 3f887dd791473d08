//! When a replica says how far it is, and who answers.

use super::super::Settings;
use super::super::tests::{
    batch, execute, expire, hand, hear, hear_new_view, replica_with, view_one,
};
use super::*;
use crate::protocol::Input;

fn telling(id: u16) -> Replica {
    replica_with(
        id,
        Settings {
            status: Span::from_ms(100),
            ..Settings::default()
        },
    )
}

fn status(executed: u64, view: u32) -> Msg {
    Msg::Status(Progress {
        executed,
        view,
        active: true,
    })
}

#[test]
fn it_says_how_far_it_is_every_period_if_that_is_set() {
    let mut backup = telling(1);
    assert!(
        hand(&mut backup, Input::Start)
            .sets(Timer::Status)
            .is_some()
    );
    let after = expire(&mut backup, Timer::Status);
    assert_eq!(after.kinds(), ["status"]);
    assert!(after.sets(Timer::Status).is_some());
    let mut silent = replica_with(1, Settings::default());
    assert!(hand(&mut silent, Input::Start).is_nothing());
}

#[test]
fn who_was_ahead_a_period_ago_supplies_what_is_missing() {
    let mut backup = telling(1);
    execute(&mut backup, 1, &batch(1));
    assert!(
        hear(&mut backup, 2, &status(0, 0)).is_nothing(),
        "it may be under way"
    );
    expire(&mut backup, Timer::Status);
    assert_eq!(hear(&mut backup, 2, &status(0, 0)).kinds(), ["state-reply"]);
    assert!(
        hear(&mut backup, 2, &status(1, 0)).is_nothing(),
        "nothing is missing"
    );
    assert!(hear(&mut backup, 4, &status(0, 0)).is_nothing(), "a client");
}

#[test]
fn who_takes_part_in_a_newer_view_proves_it() {
    let mut backup = telling(2);
    hear_new_view(&mut backup, &view_one());
    assert_eq!(hear(&mut backup, 0, &status(0, 0)).kinds(), ["state-reply"]);
    assert!(hear(&mut backup, 0, &status(0, 1)).is_nothing());
}
