//! What a traitor of pBFT says in place of the truth, and what it cannot.

use super::super::message::digest;
use super::super::tests::{
    batch, change, every_second, expire, hear, image, label, new_view, op, prepared, propose,
    replica, replica_with, stamp, supply,
};
use super::*;
use crate::protocol::{Message, NodeId, Stamp};

fn proposal() -> Msg {
    Msg::PrePrepare(label(0, 1, &batch(1)), batch(1))
}

fn votes() -> [Msg; 2] {
    let label = label(2, 5, &batch(1));
    [Msg::Prepare(label), Msg::Commit(label)]
}

#[test]
fn a_double_vote_is_the_true_one_and_one_for_another_digest_at_the_same_place() {
    let liar = replica(3);
    for vote in votes() {
        for bits in [0, 1, 2, 3, u64::MAX] {
            let said = lie(&liar, "double-vote", &vote, bits);
            let [genuine, other] = &said[..] else {
                panic!("{said:?}");
            };
            assert_eq!(genuine.label(), vote.label());
            assert_eq!(other.kind(), vote.kind());
            assert_ne!(other.label().digest, vote.label().digest);
            let place = |msg: &Msg| (msg.label().view, msg.label().sequence);
            assert_eq!(place(other), place(&vote));
        }
    }
    assert_eq!(lie(&liar, "double-vote", &proposal(), 1).len(), 1);
}

#[test]
fn whichever_digest_a_vote_has_there_is_another() {
    let liar = replica(3);
    for digest in (0..64).map(|bit| 1 << bit).chain([0, u64::MAX]) {
        let place = Label {
            digest,
            ..Label::default()
        };
        let other = alternative(&liar, "other-digest", &Msg::Commit(place));
        assert_ne!(other.expect("a vote has one").label().digest, digest);
    }
    assert!(alternative(&liar, "other-digest", &proposal()).is_none());
}

#[test]
fn a_coin_decides_which_of_two_proposals_comes_first() {
    let liar = replica(0);
    let digests = |bits| {
        let said = lie(&liar, "equivocate", &proposal(), bits);
        said.iter()
            .map(|msg| msg.label().digest)
            .collect::<Vec<_>>()
    };
    let (genuine, null) = (digest(&batch(1)), NULL);
    assert_eq!(digests(0), [genuine, null]);
    assert_eq!(digests(1), [null, genuine]);
    assert_eq!(digests(2), [genuine, null]);
}

#[test]
fn in_place_of_a_request_the_null_request_can_be_proposed_and_not_in_its_own_place() {
    let liar = replica(0);
    let null = alternative(&liar, "null-proposal", &proposal());
    let Some(Msg::PrePrepare(label, batch)) = null else {
        panic!("{null:?}");
    };
    assert_eq!((label.sequence, label.digest, batch.len()), (1, NULL, 0));
    let again = Msg::PrePrepare(label, batch);
    assert!(alternative(&liar, "null-proposal", &again).is_none());
}

#[test]
fn another_request_can_be_proposed_if_one_waits_and_is_genuine() {
    let mut liar = replica(0);
    assert!(alternative(&liar, "other-request", &proposal()).is_none());
    liar.waiting = vec![op(1), op(2)];
    let other = alternative(&liar, "other-request", &proposal());
    let Some(Msg::PrePrepare(place, other)) = other else {
        panic!("{other:?}");
    };
    assert_eq!(place, label(0, 1, &batch(2)));
    assert_eq!(other, batch(2));
}

#[test]
fn a_false_result_is_for_the_same_request() {
    let msg = Msg::Reply {
        view: 3,
        op: op(1),
        result: 7,
        tentative: true,
    };
    let [
        Msg::Reply {
            op: asked,
            result,
            view,
            tentative,
        },
    ] = &lie(&replica(1), "corrupt-reply", &msg, 0)[..]
    else {
        panic!("one reply");
    };
    assert_eq!((*asked, *view, *tentative), (op(1), 3, true));
    assert_ne!(*result, 7);
}

#[test]
fn a_lying_new_view_has_null_where_requests_must_carry_over() {
    let proposals = [Proposal {
        sequence: 1,
        digest: prepared(0, 1, 1).label().digest,
        batch: batch(1),
    }];
    let msg = Msg::NewView(new_view(1, 1, &[], &proposals));
    let [Msg::NewView(new)] = &lie(&replica(1), "lying-new-view", &msg, 0)[..] else {
        panic!("one NEW-VIEW");
    };
    assert_eq!(new.by(), NodeId(1), "in its own name");
    assert_eq!(new.body().proposals, [Proposal::null(1)]);
}

/// Whether a second face proposes null first, when it hears this.
fn tells(replica: &mut Replica, from: Stamp, msg: &Msg) -> bool {
    let mut out = Out::default();
    tell_another_story(replica, &Input::Message { from, msg }, &mut out);
    !out.is_empty()
}

#[test]
fn a_second_face_that_leads_tells_another_story_once_in_a_view_when_it_is_asked() {
    let (request, relay) = (Msg::Request(op(1)), Msg::Relay(op(1)));
    let mut leader = replica(0);
    assert!(!tells(&mut leader, stamp(2), &votes()[0]), "not asked");
    assert!(tells(&mut leader, stamp(2), &relay));
    assert!(!tells(&mut leader, stamp(4), &request), "once");
    assert!(!tells(&mut replica(1), stamp(4), &request), "a backup");
    let mut idle = replica(0);
    expire(&mut idle, super::super::Timer::View);
    idle.view = 4;
    assert!(!tells(&mut idle, stamp(4), &request), "not in its view");
    let mut full = replica_with(0, every_second());
    for number in 1..=4 {
        hear(&mut full, 4, &Msg::Request(op(number)));
    }
    assert!(!tells(&mut full, stamp(4), &request), "no place is left");
}

#[test]
fn what_is_no_lie_passes_as_it_is() {
    let mut backup = replica(1);
    propose(&mut backup, 1, &batch(1));
    for vote in votes() {
        let said = lie(&backup, "corrupt-reply", &vote, 1);
        assert_eq!((said.len(), said[0].label()), (1, vote.label()));
    }
}

#[test]
fn a_lying_checkpoint_is_for_another_state_and_the_same_for_all_who_lie() {
    let (sequence, digest) = (10, 7);
    let msg = Msg::Checkpoint { sequence, digest };
    let said = |liar, bits| {
        let said = lie(&replica(liar), "lying-checkpoint", &msg, bits);
        said[0].label()
    };
    assert_eq!(said(2, 0), said(3, 9));
    assert_ne!(said(2, 0).digest, 7);
}

#[test]
fn a_view_change_may_hide_what_was_prepared_or_name_a_later_view_in_the_liars_name() {
    let liar = replica(3);
    let body = ViewChange {
        prepared: vec![prepared(0, 1, 1)],
        ..change(3, 2).body().clone()
    };
    let msg = Msg::ViewChange(liar.seat.sign(body));
    let said = |lie_name, bits| {
        let said = lie(&liar, lie_name, &msg, bits);
        let [Msg::ViewChange(change)] = &said[..] else {
            panic!("{said:?}");
        };
        assert_eq!(change.by(), NodeId(3), "in its own name");
        (change.body().view, change.body().prepared.len())
    };
    assert_eq!(said("hidden-prepared", 0), (2, 0));
    assert_eq!(said("far-view", 40), (42, 1));
    assert_eq!(said("far-view", u64::MAX), (u32::MAX, 1));
}

#[test]
fn a_false_state_comes_with_the_true_proof_and_an_old_one_with_none() {
    let liar = replica(1);
    let msg = Msg::StateReply(Rc::new(supply(&image(2))));
    let said = |name| match &lie(&liar, name, &msg, 0)[..] {
        [Msg::StateReply(reply)] => reply.stable.clone(),
        said => panic!("{said:?}"),
    };
    let (proof, state) = said("wrong-state");
    let state = state.expect("a state goes with it");
    assert_eq!((proof.sequence(), proof.digest()), (2, image(2).digest()));
    assert_ne!(state.digest(), proof.digest());
    assert_eq!(said("old-state").0.sequence(), 0);
}
