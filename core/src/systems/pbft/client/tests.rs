//! Which answers a client believes, what it does in vain, and how observers see it.

use super::super::tests::{After, hand_client, op, seat, stamp};
use super::*;
use crate::systems::pbft::Settings;

fn client() -> Client {
    Client::new(seat(4, Settings::default()))
}

fn reply(client: &mut Client, from: u16, op: Op, result: u64) -> After {
    let msg = Msg::Reply {
        view: 0,
        op,
        result,
        tentative: false,
    };
    let from = stamp(from);
    hand_client(client, Input::Message { from, msg: &msg })
}

fn ask(client: &mut Client, op: Op) -> After {
    hand_client(client, Input::Request(op))
}

#[test]
fn f_plus_1_equal_answers_of_replicas_are_believed() {
    let mut client = client();
    ask(&mut client, op(1));
    assert!(reply(&mut client, 1, op(1), 7).is_nothing());
    assert!(reply(&mut client, 1, op(1), 7).is_nothing(), "twice one");
    assert!(reply(&mut client, 2, op(1), 8).is_nothing(), "another");
    assert!(reply(&mut client, 4, op(1), 7).is_nothing(), "no replica");
    let second = reply(&mut client, 3, op(1), 7);
    assert_eq!(second.rules(), ["accept-reply"]);
}

/// Two reads of one state have the same result.
#[test]
fn answers_to_one_request_say_nothing_about_the_next() {
    let mut client = client();
    ask(&mut client, op(1));
    ask(&mut client, op(2));
    reply(&mut client, 0, op(1), 7);
    let next = reply(&mut client, 1, op(1), 7);
    assert_eq!(next.rules(), ["accept-reply", "ask"]);
    assert!(reply(&mut client, 2, op(2), 7).is_nothing());
    assert!(reply(&mut client, 3, op(1), 7).is_nothing(), "too late");
    assert!(!reply(&mut client, 3, op(2), 7).is_nothing());
}

#[test]
fn a_restarted_client_asks_again_for_what_its_disk_remembers() {
    let mut client = client();
    assert!(hand_client(&mut client, Input::Start).is_nothing());
    ask(&mut client, op(1));
    let start = |kept| {
        let mut again = client.rebooted(kept);
        hand_client(&mut again, Input::Start).rules()
    };
    assert_eq!(start(Kept::Everything), ["ask-all"]);
    assert_eq!(start(Kept::Nothing), [""; 0]);
}

#[test]
fn a_client_is_seen_idle_waiting_and_retrying() {
    let mut client = client();
    let seen = |client: &Client| {
        let Sketch {
            leads,
            phase,
            slot,
            votes,
            done,
            ..
        } = client.sketch();
        let (held, needed) = votes.expect("a client counts answers");
        assert_eq!((leads, needed), (false, 2));
        (phase, slot, held, done)
    };
    assert_eq!(seen(&client), ("idle", 0, 0, 0));
    ask(&mut client, op(1));
    assert_eq!(seen(&client), ("waiting", 1, 0, 0));
    hand_client(&mut client, Input::Timer(Timer::Retry));
    assert_eq!(seen(&client), ("retrying", 1, 0, 0));
    reply(&mut client, 0, op(1), 7);
    assert_eq!(seen(&client), ("retrying", 1, 1, 0));
    reply(&mut client, 1, op(1), 7);
    assert_eq!(seen(&client), ("idle", 0, 0, 1));
    ask(&mut client, op(2));
    assert_eq!(seen(&client), ("waiting", 2, 0, 1));
}

#[test]
fn the_portrait_of_a_client_names_its_requests_and_who_gave_which_result() {
    let mut client = client();
    ask(&mut client, op(1));
    ask(&mut client, op(2));
    reply(&mut client, 2, op(1), 7);
    let portrait = client.portrait();
    assert_eq!(portrait.waiting, ["c4#1", "c4#2"]);
    let facts = [
        ("takes for primary", "0".to_owned()),
        ("result", "0000000000000007 from 2".to_owned()),
    ];
    assert_eq!(portrait.facts, facts);
}

/// The primary of view 1 is replica 1.
#[test]
fn a_client_sends_to_the_primary_of_the_view_that_f_plus_1_have_reached() {
    let mut client = client();
    ask(&mut client, op(1));
    for (from, view) in [(1, 1), (2, 9)] {
        let msg = Msg::Reply {
            view,
            op: op(1),
            result: 7,
            tentative: false,
        };
        let from = stamp(from);
        hand_client(&mut client, Input::Message { from, msg: &msg });
    }
    assert_eq!(client.sketch().round, 1);
    let after = ask(&mut client, op(2));
    let sent = after.effects().iter().find_map(|effect| match effect {
        crate::protocol::Effect::Send(crate::protocol::To::One(to), _) => Some(to.0),
        _ => None,
    });
    assert_eq!(sent, Some(1));
}

/// A read of a quorum then shares an honest replica with every write that was answered before.
#[test]
fn where_reads_are_not_ordered_every_answer_takes_a_quorum_of_replies() {
    for (read_only, reply_quorum, enough) in [
        (false, false, 2),
        (true, false, 2),
        (true, true, 3),
        (false, true, 3),
    ] {
        let settings = Settings {
            read_only,
            reply_quorum,
            ..Settings::default()
        };
        let mut client = Client::new(seat(4, settings));
        ask(&mut client, op(1));
        let heard = (0..4).take_while(|from| {
            reply(&mut client, *from, op(1), 7);
            client.current.is_some()
        });
        assert_eq!(heard.count() + 1, enough, "{read_only} {reply_quorum}");
    }
}
