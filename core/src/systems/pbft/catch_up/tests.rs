//! What counts as evidence of being behind, and what replicas give and take to catch up.

use super::super::certificate::{CheckpointProof, Committed};
use super::super::disk;
use super::super::portrait::portrait;
use super::super::tests::{
    After, batch, change, every_second, execute, expire, hand, hear, hear_new_view, image, label,
    new_view, op, others, propose, replica, replica_with, supply, tell, view_one, voters,
};
use super::*;
use crate::protocol::{Input, Kept};
use crate::systems::pbft::Settings;

fn prepare(view: u32) -> Msg {
    Msg::Prepare(label(view, 1, &batch(1)))
}

/// How many messages a replica has set aside, as observers see it.
fn aside(replica: &Replica) -> String {
    let facts = portrait(replica).facts;
    let fact = facts.iter().find(|fact| fact.0 == "messages set aside");
    fact.map_or_else(String::new, |fact| fact.1.clone())
}

#[test]
fn messages_of_views_to_come_are_set_aside_and_those_of_views_gone_are_not() {
    let mut backup = replica(3);
    expire(&mut backup, Timer::View);
    hear(&mut backup, 2, &prepare(0));
    hear(&mut backup, 4, &prepare(1));
    assert_eq!(aside(&backup), "");
    hear(&mut backup, 2, &prepare(1));
    assert_eq!(aside(&backup), "1");
    hear(&mut backup, 2, &prepare(2));
    assert_eq!(aside(&backup), "2");
}

/// The pre-prepare, the PREPARE and the COMMIT for each place in the window.
#[test]
fn no_sender_can_have_more_set_aside_than_three_windows_full() {
    let mut backup = replica_with(3, every_second());
    for _ in 0..20 {
        hear(&mut backup, 2, &prepare(1));
    }
    assert_eq!(aside(&backup), "12");
    hear(&mut backup, 1, &prepare(1));
    assert_eq!(aside(&backup), "13", "others still have room");
}

#[test]
fn what_was_set_aside_counts_once_the_view_is_entered() {
    let mut backup = replica(3);
    let label = label(1, 1, &batch(1));
    hear(&mut backup, 1, &Msg::PrePrepare(label, batch(1)));
    let after = hear_new_view(&mut backup, &view_one());
    assert_eq!(after.kinds(), ["prepare"]);
}

#[test]
fn f_plus_1_at_work_in_a_later_view_mean_behind() {
    let mut backup = replica(3);
    assert_eq!(hear(&mut backup, 2, &prepare(1)).sets(Timer::CatchUp), None);
    let again = hear(&mut backup, 2, &Msg::Commit(label(2, 1, &batch(1))));
    assert_eq!(again.sets(Timer::CatchUp), None, "one may lie");
    let proposal = Msg::PrePrepare(label(1, 1, &batch(1)), batch(1));
    let second = hear(&mut backup, 1, &proposal);
    assert!(second.sets(Timer::CatchUp).is_some());
    assert_eq!(
        expire(&mut backup, Timer::CatchUp).kinds(),
        ["state-request"]
    );
}

#[test]
fn who_waits_for_a_view_in_which_others_work_is_not_behind_for_that() {
    let mut backup = replica(3);
    expire(&mut backup, Timer::View);
    for from in [1, 2] {
        hear(&mut backup, from, &prepare(1));
    }
    assert!(!backup.is_behind());
}

/// What another replica answers to a request for state.
fn answer(replica: &mut Replica, executed: u64, view: u32, active: bool) -> Rc<StateReply> {
    let request = Msg::StateRequest(Progress {
        executed,
        view,
        active,
    });
    let after = hear(replica, 2, &request);
    let [Msg::StateReply(reply)] = after.messages()[..] else {
        panic!("{:?}", after.kinds());
    };
    reply.clone()
}

#[test]
fn a_replica_gives_what_the_other_lacks_and_no_more() {
    let mut backup = replica_with(1, every_second());
    for sequence in 1..=3 {
        execute(&mut backup, sequence, &batch(sequence as u32));
    }
    let mine = *backup.records.first().expect("there is a client");
    assert_eq!(mine.number, 3);
    let mut given = |executed| {
        let reply = answer(&mut backup, executed, 0, true);
        let committed = reply.committed.iter().map(|c| c.label().sequence);
        (committed.collect::<Vec<_>>(), reply.stable.1.is_some())
    };
    assert_eq!(given(0), (vec![1, 2, 3], false), "nothing is stable");
    assert_eq!(given(2), (vec![3], false));
    assert_eq!(given(3), (vec![], false));
    let mut stable = replica_with(1, every_second());
    tell(&mut stable, supply(&image(2)));
    assert!(answer(&mut stable, 1, 0, true).stable.1.is_some());
    let reply = answer(&mut stable, 2, 0, true);
    assert!(reply.stable.1.is_none(), "it has that state");
    assert_eq!(reply.stable.0.sequence(), 2);
}

#[test]
fn the_new_view_is_given_to_those_who_are_not_in_it() {
    let mut backup = replica(3);
    hear_new_view(&mut backup, &view_one());
    let mut given = |view, active| answer(&mut backup, 0, view, active).new_view.is_some();
    assert!(given(0, true) && given(0, false));
    assert!(given(1, false), "it waits for this view");
    assert!(!given(1, true), "it is there");
    assert!(!given(2, true) && !given(2, false), "it is further");
    expire(&mut backup, Timer::View);
    assert!(answer(&mut backup, 0, 0, true).new_view.is_none());
}

/// What becomes of a replica for which 2 and 3 wait when it is told this.
fn told(reply: StateReply) -> (Replica, After) {
    let mut backup = replica_with(1, every_second());
    for number in [3, 2] {
        let relayed = Msg::Relay(op(number));
        hear(&mut backup, 2, &relayed);
    }
    let after = tell(&mut backup, reply);
    (backup, after)
}

#[test]
fn a_state_that_a_quorum_vouches_for_is_taken_over_with_what_it_answers() {
    let (backup, after) = told(supply(&image(2)));
    assert_eq!((backup.executed, backup.log.low()), (2, 2));
    assert_eq!(backup.state, image(2).state);
    assert_eq!(portrait(&backup).waiting, ["c4#3"], "2 is in the state");
    let claims = |effect: &crate::protocol::Effect<_>| {
        matches!(
            effect,
            crate::protocol::Effect::Claim(Claim::TookOver { .. })
        )
    };
    assert!(after.effects().iter().any(claims));
}

#[test]
fn a_state_is_not_taken_over_without_a_quorum_or_if_it_is_another() {
    let few = CheckpointProof::new(2, image(2).digest(), &voters(&[0, 2]));
    let mut unproved = supply(&image(2));
    unproved.stable.0 = few;
    let mut other = (*image(2)).clone();
    other.state += 1;
    let mut exchanged = supply(&image(2));
    exchanged.stable.1 = Some(Rc::new(other));
    let mut missing = supply(&image(2));
    missing.stable.1 = None;
    for (reply, refuses) in [(unproved, false), (exchanged, true), (missing, false)] {
        let (backup, after) = told(reply);
        assert_eq!((backup.executed, backup.log.low()), (0, 0));
        assert_eq!(after.rules().contains(&"refuse-state"), refuses);
    }
}

#[test]
fn committed_certificates_are_executed_if_they_prove_what_they_say() {
    let certificate = |sequence: u64, ids: &[u16]| {
        let batch = batch(sequence as u32);
        Committed::new(label(0, sequence, &batch), batch, &voters(ids))
    };
    let mut backup = replica(1);
    let mut reply = supply(&image(0));
    reply.committed = vec![certificate(1, &[0, 2, 3]), certificate(2, &[0, 2])];
    tell(&mut backup, reply);
    assert_eq!(backup.executed, 1);
}

#[test]
fn a_restarted_replica_asks_everyone_and_repeats_its_view_change_if_it_waits_for_a_view() {
    let mut backup = replica(3);
    let started = |replica: &Replica| {
        let mut again = disk::rebooted(replica, Kept::Everything);
        hand(&mut again, Input::Start).kinds()
    };
    assert_eq!(started(&backup), ["state-request"]);
    expire(&mut backup, Timer::View);
    assert_eq!(started(&backup), ["state-request", "view-change"]);
}

#[test]
fn who_hears_that_others_have_more_asks_each_of_them_in_turn() {
    let mut backup = replica(1);
    let commit = Msg::Commit(label(0, 1, &batch(1)));
    for from in others(&backup) {
        hear(&mut backup, from, &commit);
    }
    let asked: Vec<u16> = (0..4)
        .map(|_| {
            let after = expire(&mut backup, Timer::CatchUp);
            let to = after.effects().iter().find_map(|effect| match effect {
                crate::protocol::Effect::Send(crate::protocol::To::One(to), _) => Some(to.0),
                _ => None,
            });
            assert!(after.sets(Timer::CatchUp).is_some(), "and again later");
            to.expect("it asks one")
        })
        .collect();
    assert_eq!(asked, [2, 3, 0, 2]);
}

#[test]
fn a_replica_that_lacks_nothing_asks_nobody() {
    let mut backup = replica_with(3, Settings::default());
    assert!(expire(&mut backup, Timer::CatchUp).is_nothing());
    propose(&mut backup, 1, &batch(1));
    let view_two = new_view(2, 2, &[change(0, 2), change(1, 2), change(2, 2)], &[]);
    hear_new_view(&mut backup, &view_two);
    assert!(!backup.is_behind());
}
