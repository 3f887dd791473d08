//! What observers see of a replica as a request makes its way.

use super::super::Pbft;
use super::super::Timer;
use super::super::certificate::Committed;
use super::super::message::Msg;
use super::super::tests::{
    batch, change, execute, expire, hear, hear_change, image, label, op, propose, replica, seat,
    supply, tell, voters,
};
use super::*;
use crate::protocol::Protocol;
use crate::systems::pbft::Settings;

/// The name of a cell's stage.
fn stage(cell: &Cell) -> &'static str {
    spec::SPEC.stage(cell).map_or("", |stage| stage.name)
}

/// Phase, place, votes held and votes needed.
fn seen(replica: &Replica) -> (&'static str, u64, u32, u32) {
    let sketch = sketch(replica);
    let (held, needed) = sketch.votes.expect("a replica votes");
    (sketch.phase, sketch.slot, held, needed)
}

#[test]
fn a_sketch_counts_the_votes_for_the_next_step() {
    let mut backup = replica(1);
    let label = label(0, 1, &batch(1));
    assert_eq!(seen(&backup), ("idle", 0, 0, 2));
    hear(&mut backup, 3, &Msg::Commit(label));
    assert_eq!(seen(&backup), ("idle", 1, 0, 2));
    propose(&mut backup, 1, &batch(1));
    assert_eq!(seen(&backup), ("pre-prepared", 1, 1, 2));
    hear(&mut backup, 2, &Msg::Prepare(label));
    assert_eq!(seen(&backup), ("prepared", 1, 2, 3));
    hear(&mut backup, 2, &Msg::Commit(label));
    assert_eq!(seen(&backup), ("idle", 0, 0, 2), "executed: it waits for 2");
    assert_eq!(sketch(&backup).done, 1);
}

#[test]
fn what_is_committed_and_not_executed_shows_as_committed() {
    let mut backup = replica(1);
    execute(&mut backup, 2, &batch(2));
    let log = portrait(&backup).log;
    let stages: Vec<_> = log.iter().map(stage).collect();
    assert_eq!(stages, ["", "committed"]);
    assert_eq!(sketch(&backup).done, 0);
}

#[test]
fn during_a_view_change_a_sketch_counts_those_who_want_the_same_view() {
    let mut backup = replica(3);
    expire(&mut backup, Timer::View);
    assert_eq!(seen(&backup), ("view-change", 0, 1, 3));
    hear_change(&mut backup, &change(0, 1));
    hear_change(&mut backup, &change(2, 2));
    assert_eq!(seen(&backup), ("view-change", 0, 2, 3));
    assert_eq!(sketch(&backup).suspects, Some(NodeId(0)));
}

#[test]
fn a_portrait_shows_each_place_with_its_value_and_its_votes() {
    let mut backup = replica(1);
    let label = label(0, 1, &batch(1));
    execute(&mut backup, 1, &batch(1));
    propose(&mut backup, 2, &batch(2));
    let log = portrait(&backup).log;
    let votes = |ids: &[u16]| ids.iter().map(|id| (NodeId(*id), label.digest)).collect();
    let first = Cell {
        slot: 1,
        name: None,
        round: 0,
        stage: Some(spec::EXECUTED),
        digest: Some(label.digest),
        value: Some("c4#1".into()),
        votes: vec![
            ("prepare", votes(&[1, 2, 3])),
            ("commit", votes(&[0, 1, 2, 3])),
        ],
    };
    assert_eq!(log[0], first);
    assert_eq!((log[1].slot, stage(&log[1])), (2, "pre-prepared"));
    assert_eq!(log[1].value.as_deref(), Some("c4#2"));
}

#[test]
fn a_proposal_that_is_prepared_shows_as_prepared() {
    let mut backup = replica(1);
    propose(&mut backup, 1, &batch(1));
    assert_eq!(stage(&portrait(&backup).log[0]), "pre-prepared");
    hear(&mut backup, 2, &Msg::Prepare(label(0, 1, &batch(1))));
    assert_eq!(stage(&portrait(&backup).log[0]), "prepared");
}

#[test]
fn a_portrait_names_watermarks_quorum_and_what_is_held() {
    let mut backup = replica(3);
    tell(&mut backup, supply(&image(10)));
    hear(&mut backup, 4, &Msg::Request(op(11)));
    let facts = |replica: &Replica| -> Vec<_> {
        let facts = portrait(replica).facts;
        facts
            .into_iter()
            .map(|(name, value)| format!("{name}: {value}"))
            .collect()
    };
    let calm = facts(&backup);
    let marks = [
        "stable checkpoint: 10",
        "low watermark: 10",
        "high watermark: 30",
    ];
    assert_eq!(calm[..3], marks);
    assert_eq!(calm[3], format!("state: {:016x}", image(10).state));
    assert_eq!(calm[4], "quorum: 3 of 4");
    assert_eq!(calm.len(), 6, "{calm:?}");
    assert_eq!(portrait(&backup).waiting, ["c4#11"]);
    hear_change(&mut backup, &change(0, 1));
    hear(&mut backup, 2, &Msg::Prepare(label(1, 11, &batch(11))));
    let held = ["view changes held: 0 → view 1", "messages set aside: 1"];
    assert_eq!(facts(&backup)[6..], held);
}

#[test]
fn what_others_proved_shows_as_committed_though_it_was_never_proposed_here() {
    let mut backup = replica(1);
    let label = label(3, 2, &batch(2));
    let mut reply = supply(&image(0));
    reply.committed = vec![Committed::new(label, batch(2), &voters(&[0, 2, 3]))];
    tell(&mut backup, reply);
    let log = portrait(&backup).log;
    assert_eq!((stage(&log[1]), log[1].round), ("committed", 3));
    assert_eq!(log[1].value.as_deref(), Some("c4#2"));
}

#[test]
fn replicas_and_clients_have_their_own_portraits() {
    let seen = |id| Pbft::new(seat(id, Settings::default())).portrait();
    assert_eq!(seen(0).facts[0].0, spec::STABLE);
    assert_eq!(seen(4).facts[0].0, "takes for primary");
}
