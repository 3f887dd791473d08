//! What a replica comes back with, by what its disk kept.

use super::super::message::Msg;
use super::super::portrait::portrait;
use super::super::tests::{
    batch, change, every_second, execute, expire, hear, hear_change, image, op, propose, replica,
    replica_with, seat, supply, tell,
};
use super::*;
use crate::quorum::Quorums;
use crate::systems::pbft::{SPEC, Seat, Settings};

#[test]
fn alone_there_is_nobody_to_wait_for_after_a_restart() {
    let alone = Seat::among(0, 1, Settings::default());
    let alone = Replica::new(alone);
    assert!(!rebooted(&alone, Kept::Everything).is_behind());
    assert!(rebooted(&replica(0), Kept::Everything).is_behind());
}

#[test]
fn a_primary_that_comes_back_with_its_checkpoint_proposes_behind_it() {
    let mut primary = replica_with(0, every_second());
    tell(&mut primary, supply(&image(2)));
    let mut again = rebooted(&primary, Kept::Image("checkpoint"));
    assert_eq!((again.executed, again.log.low()), (2, 2));
    let after = hear(&mut again, 4, &Msg::Request(op(3)));
    let [Msg::PrePrepare(label, _)] = after.messages()[..] else {
        panic!("{:?}", after.kinds());
    };
    assert_eq!(label.sequence, 3);
}

#[test]
fn its_stable_checkpoint_comes_back_with_its_proof() {
    let mut backup = replica_with(1, every_second());
    tell(&mut backup, supply(&image(2)));
    for kept in [Kept::Everything, Kept::Image("checkpoint"), Kept::AllBut(9)] {
        let again = rebooted(&backup, kept);
        let (proof, image) = &again.checkpoints.stable;
        assert_eq!((proof.sequence(), image.sequence), (2, 2), "{kept:?}");
        assert!(proof.valid(Quorums::byzantine(4)), "{kept:?}");
    }
}

#[test]
fn at_a_checkpoint_a_replica_is_in_the_view_that_it_was_in_there() {
    let mut backup = replica(3);
    for _ in 0..2 {
        expire(&mut backup, super::super::Timer::View);
    }
    let again = rebooted(&backup, Kept::Image("checkpoint"));
    assert_eq!((again.view, again.active), (0, true));
    let whole = rebooted(&backup, Kept::Everything);
    assert_eq!((whole.view, whole.active), (2, false));
}

#[test]
fn requests_and_what_others_said_were_in_memory_only() {
    let mut backup = replica(3);
    hear(&mut backup, 4, &Msg::Request(op(1)));
    expire(&mut backup, super::super::Timer::View);
    hear_change(&mut backup, &change(0, 1));
    let again = portrait(&rebooted(&backup, Kept::Everything));
    assert!(again.waiting.is_empty());
    let held = again.facts.iter().find(|f| f.0 == "view changes held");
    assert_eq!(held.map(|fact| fact.1.as_str()), Some("3 → view 1"));
    let stale = portrait(&rebooted(&backup, Kept::AllBut(1)));
    assert_eq!(stale.sketch.round, 0);
    assert!(stale.facts.iter().all(|f| f.0 != "view changes held"));
}

#[test]
fn the_last_writes_are_taken_back_newest_first() {
    let mut backup = replica(1);
    execute(&mut backup, 1, &batch(1));
    propose(&mut backup, 2, &batch(2));
    let name = |cell: &_| SPEC.stage(cell).map_or("", |stage| stage.name);
    let stage = |lost| {
        let again = rebooted(&backup, Kept::AllBut(lost));
        let log = portrait(&again).log;
        let stages: Vec<_> = log.iter().map(name).collect();
        (again.executed, stages)
    };
    assert_eq!(stage(0), (1, vec!["executed", "pre-prepared"]));
    assert_eq!(stage(1), (1, vec!["executed", ""]));
    assert_eq!(stage(2), (0, vec!["committed", ""]));
    assert_eq!(stage(3), (0, vec!["prepared", ""]));
    assert_eq!(stage(4), (0, vec!["pre-prepared", ""]));
    assert_eq!(stage(5), (0, vec!["", ""]));
    assert_eq!(stage(99), (0, vec!["", ""]));
}

#[test]
fn an_empty_disk_is_a_replica_that_never_was() {
    let mut backup = replica(1);
    execute(&mut backup, 1, &batch(1));
    let again = rebooted(&backup, Kept::Nothing);
    assert_eq!((again.executed, again.state, again.view), (0, 0, 0));
    assert_eq!(again.seat.id(), seat(1, Settings::default()).id());
}
